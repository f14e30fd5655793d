"""When a schedule comes due: pure functions over ``zoneinfo``. Every moment in and out is aware.

A day in the forms here is a digit, Monday is 0: "01234" is Monday to Friday. A slot is a local "HH:MM".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from bot.domain import rhythms
from bot.domain.rhythms import Rhythm

WEEK = "0123456"

_MINUTE = timedelta(minutes=1)
_LONGEST = 400  # days to look at: the rarest rhythm falls once in two months, and a zone may skip that date


class BadDays(ValueError):
    """Not a list of weekdays."""


@lru_cache(maxsize=8192)  # an evening's check-ins share a few hours and zones
def due_instant(local_date: date, slot: str, zone: tzinfo) -> datetime | None:
    """The first instant of ``slot`` on ``local_date``, in UTC.

    In an overlap the first of the two; in a gap the first minute after it that is still on that date. None where the
    date has no such minute, or the zone skipped the date.
    """
    wanted = datetime.combine(local_date, time.fromisoformat(slot))
    instant = _first(wanted, zone)
    if instant is not None:
        return instant
    after = _end_of_gap(wanted, zone)
    return after if after.astimezone(zone).date() == local_date else None


def _first(wanted: datetime, zone: tzinfo) -> datetime | None:
    """The first instant at which the zone's clock shows ``wanted``; None in a gap."""
    instants = (wanted.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = [instant for instant in instants if instant.astimezone(zone).replace(tzinfo=None) == wanted]
    return min(shown, default=None)


def _end_of_gap(wanted: datetime, zone: tzinfo) -> datetime:
    """The first minute whose local time is past ``wanted``, which lies in a gap: its clock jumps there."""
    # fold 1 reads the wall clock with the offset after the jump, fold 0 with the one before: the jump is between.
    low = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    high = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while high - low > _MINUTE:
        middle = low + (high - low) // 2 // _MINUTE * _MINUTE
        if middle.astimezone(zone).replace(tzinfo=None) > wanted:
            high = middle
        else:
            low = middle
    return high


def next_occurrence(
    days: str, slot: str, zone: tzinfo, after: datetime, not_before: date | None = None
) -> tuple[date, str, datetime] | None:
    """`next_of` for plain weekdays and a fixed slot."""
    return next_of(rhythms.read(days, date.min), lambda _day: slot, zone, after, not_before)


def next_of(
    rhythm: Rhythm, slot_on: Callable[[date], str], zone: tzinfo, after: datetime, not_before: date | None = None
) -> tuple[date, str, datetime] | None:
    """The first (local date, slot, due instant) strictly after ``after``, on a date of the rhythm, from ``not_before``.

    None where there is none to come.
    """
    today = after.astimezone(zone).date()
    first = max(today, not_before or today)
    for day in (first + timedelta(days=ahead) for ahead in range(_LONGEST)):
        if rhythm.last is not None and day > rhythm.last:
            return None
        slot = slot_on(day)
        due_at = due_instant(day, slot, zone) if rhythm.falls(day) else None
        if due_at is not None and due_at > after:
            return day, slot, due_at
    return None


def slot_within(window: str, seed: str) -> str:
    """A minute of "17:00-19:00", the same one whenever it is asked for with this seed; a plain "19:30" is itself."""
    begin, dash, end = window.partition("-")
    if not dash:
        return window
    low, high = _minutes(begin), _minutes(end)
    digest = hashlib.blake2s(seed.encode(), digest_size=8).digest()
    minute = low + int.from_bytes(digest, "big") % (high - low + 1)
    return f"{minute // 60:02}:{minute % 60:02}"


def _minutes(slot: str) -> int:
    return int(slot[:2]) * 60 + int(slot[3:])


def parse_days(text: str) -> str:
    """``daily``, ``mon-fri``, ``mon wed sun``, ``mo,we``: the digits in order. Raises ``BadDays``."""
    words = re.sub(r"\s*[-–]\s*", "-", text.strip().lower())
    if words in ("daily", "every day"):
        return WEEK
    found: set[str] = set()
    for part in re.split(r"[\s,;+/]+", words):
        ends = [_day(word) for word in part.split("-")]
        if len(ends) > 2:  # noqa: PLR2004 - from and to
            raise BadDays(text)
        length = (ends[-1] - ends[0]) % len(WEEK)
        found |= {str((ends[0] + step) % len(WEEK)) for step in range(length + 1)}
    return "".join(sorted(found))


def _day(word: str) -> int:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    fitting = [number for number, name in enumerate(names) if len(word) > 1 and name.startswith(word)]
    if len(fitting) != 1:
        raise BadDays(word)
    return fitting[0]
