"""Days on which a family wishes to be left alone, and the month in which it fasts. Dates are data: ``library/feasts``.

Stored with a person are ``feasts``, the keys that were chosen with a space between them, and ``fast``: "" or the local
HH:MM from which on questions may come while they fast, with the family's own dates behind it where the moon was seen
on another day: ``20:30 2027-02-09 2027-03-09``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.library import parsed

LIBRARY = Path(__file__).parents[1] / "library" / "feasts.yaml"
NEAR = timedelta(days=60)  # the family's own dates take the place of known ones that begin so near

Span = tuple[date, date]


class Feast(BaseModel):
    """So many ``days``, from each of the ``first`` ones on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: Annotated[int, Field(ge=1, le=14)]
    first: tuple[date, ...] = Field(min_length=1)

    def spans(self) -> list[Span]:
        return [(first, first + timedelta(days=self.days - 1)) for first in self.first]


class Calendar(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    ramadan: tuple[Span, ...]
    feasts: Mapping[Annotated[str, Field(pattern=r"^[a-z_]{3,20}$")], Feast]


@dataclass(frozen=True, slots=True)
class Fast:
    """``hour`` is a local HH:MM; ``own`` the family's dates of one year, both included."""

    hour: str
    own: Span | None = None

    def stored(self) -> str:
        return " ".join([self.hour, *(day.isoformat() for day in self.own or ())])


@cache
def load() -> Calendar:
    return Calendar.model_validate(parsed(LIBRARY.read_text("utf-8")))


@lru_cache(maxsize=4096)  # an evening's families share a few dates
def on(day: date, chosen: str) -> str | None:
    """The key of the feast that this local date belongs to, among those that were chosen."""
    return next((key for key in chosen.split() if _falls(key, day)), None)


def _falls(key: str, day: date) -> bool:
    feast = load().feasts.get(key)
    return feast is not None and any(first <= day <= last for first, last in feast.spans())


def coming(key: str, today: date) -> Span | None:
    """The next days of that feast, or those of now; None where the calendar ends."""
    feast = load().feasts.get(key)
    return None if feast is None else _coming(feast.spans(), today)


def _coming(spans: list[Span], today: date) -> Span | None:
    return min((span for span in spans if span[1] >= today), default=None)


def toggled(chosen: str, key: str) -> str | None:
    """The keys with that one turned, in the calendar's order; None where there is no such feast."""
    known = list(load().feasts)
    if key not in known:
        return None
    return " ".join(one for one in known if (one in chosen.split()) != (one == key))


def read_fast(stored: str) -> Fast | None:
    hour, *days = stored.split() or [""]
    if not hour:
        return None
    own = [date.fromisoformat(day) for day in days]
    return Fast(hour, (own[0], own[1]) if own else None)


@lru_cache(maxsize=4096)
def fasting(day: date, stored: str) -> str:
    """The hour from which on questions may come on that local date; "" where there is no fast on it."""
    fast = read_fast(stored)
    if fast is None or not any(first <= day <= last for first, last in _months(fast)):
        return ""
    return fast.hour


def month(stored: str, today: date) -> Span | None:
    """The next month of fasting, or that of now, whether or not it is kept."""
    return _coming(_months(read_fast(stored)), today)


def _months(fast: Fast | None) -> list[Span]:
    known = list(load().ramadan)
    own = None if fast is None else fast.own
    if own is None:
        return known
    return sorted([own, *(span for span in known if abs(span[0] - own[0]) > NEAR)])


def moved(stored: str, today: date, days: int) -> str:
    """The next month of fasting begins and ends so many days later; "" where nobody fasts."""
    fast, span = read_fast(stored), month(stored, today)
    if fast is None or span is None:
        return stored
    step = timedelta(days=days)
    return Fast(fast.hour, (span[0] + step, span[1] + step)).stored()
