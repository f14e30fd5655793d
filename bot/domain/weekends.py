"""Which days are free: by the country that a person's clock stands in (CLDR), or as the person says.

Days are digits, Monday is 0: "56" is Saturday and Sunday.
"""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError

from bot.domain import zones

WORK = "work"  # stored as a plan's days: those that are not free, whatever the family's weekend is
USUAL, WEEK = "56", "0123456"


@cache
def of_zone(zone: str) -> str:
    """The weekend of the country that an IANA zone lies in; Saturday and Sunday where none is known."""
    try:
        found = Locale.parse(f"und_{zones.country(zone) or '001'}", resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return USUAL
    first, last = found.weekend_start, found.weekend_end
    return "".join(sorted(str((first + step) % 7) for step in range((last - first) % 7 + 1)))


def days_off(stored: str, zone: str) -> str:
    """What the person chose, else the country's."""
    return stored or of_zone(zone)


def working(stored: str, zone: str) -> str:
    """The days that are not free."""
    off = days_off(stored, zone)
    return "".join(day for day in WEEK if day not in off)


def resolved(days: str, stored: str, zone: str) -> str:
    """A plan's days as `bot.domain.rhythms` reads them."""
    return working(stored, zone) if days == WORK else days
