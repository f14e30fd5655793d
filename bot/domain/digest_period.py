"""The days that a digest speaks of: the seven local days before its moment, by the therapist's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms, to_ms

DAYS = 7
WEEKEND = frozenset({5, 6})  # Monday is 0
OLD, HIDDEN = 14, 60  # days after which data are called old, and are not shown any more
LATE_DAYS = 3  # how long before the first day a check-in may lie that was answered within the period


@dataclass(frozen=True, slots=True)
class Period:
    """``first`` and ``last`` are local dates, both included; ``until`` is the moment (ms) up to which data are read."""

    first: date
    last: date
    until: int
    timezone: str
    weekend: frozenset[int] = WEEKEND

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range(DAYS))

    @property
    def from_at(self) -> int:
        """The first instant of the first day, in milliseconds."""
        return to_ms(datetime.combine(self.first, time(), ZoneInfo(self.timezone)))

    @property
    def today(self) -> date:
        return self.local_date(self.until)

    def local_date(self, at: int) -> date:
        """The therapist's date at a moment (ms)."""
        return local_date(at, self.timezone)

    def days_since(self, at: int) -> int:
        """Nights between a moment and the moment of reading: 1 since yesterday evening."""
        return (self.today - self.local_date(at)).days


def local_date(at: int, timezone: str) -> date:
    return from_ms(at).astimezone(ZoneInfo(timezone)).date()


def before(moment_date: date, timezone: str, until: int) -> Period:
    """The seven days before the local date of a digest."""
    return Period(moment_date - timedelta(days=DAYS), moment_date - timedelta(days=1), until, timezone)
