"""The one clock of the program. The calendar may be simulated; the machine's time never is.

The calendar decides schedules, windows, expiry, quiet hours, periods and the dates people see. Polls, time-outs,
pacing, retries, leases and watchdogs go by the machine.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

FASTEST = 1_000_000
SHORTEST_INTERVAL = 0.05  # seconds: the fastest rhythm that a tick is asked to keep


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware datetime."""
    return round(moment.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


class Clock(Protocol):
    @property
    def simulated(self) -> bool: ...

    def now(self) -> datetime:
        """The calendar, aware, in UTC."""

    def now_ms(self) -> int:
        """The calendar in milliseconds since 1970."""

    def machine_ms(self) -> int:
        """The machine's time in milliseconds since 1970."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""

    def interval(self, seconds: float) -> float:
        """How many real seconds a tick waits that is wanted every so many calendar seconds."""


class SystemClock:
    simulated = False

    def now(self) -> datetime:
        return datetime.now(UTC)

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def machine_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    def interval(self, seconds: float) -> float:
        return seconds


@dataclass(slots=True)
class SimulatedClock(SystemClock):
    """A calendar that stands at `start` when it is made and runs `rate` times as fast."""

    start: datetime
    rate: float
    _began: float = field(default_factory=time.monotonic)
    simulated = True

    @classmethod
    def parse(cls, text: str) -> SimulatedClock:
        """`2027-03-27T06:00:00Z*600`. Raises ValueError with what is wrong."""
        moment, _, rate = text.partition("*")
        start = datetime.fromisoformat(moment)
        if start.tzinfo is None:
            raise ValueError("the moment needs a zone, for example a Z at its end")
        if not 0 < float(rate or 1) <= FASTEST:
            raise ValueError(f"the speed must be above 0 and at most {FASTEST}")
        return cls(start.astimezone(UTC), float(rate or 1))

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.monotonic() - self._began) * self.rate)

    def now_ms(self) -> int:
        return to_ms(self.now())

    def interval(self, seconds: float) -> float:
        return max(SHORTEST_INTERVAL, seconds / self.rate)

    def set(self, moment: datetime) -> None:
        """Jump there, and run on from it."""
        self.start += moment - self.now()


@dataclass(slots=True)
class ManualClock:
    """For tests: it moves when told to, calendar and machine together."""

    moment: datetime
    simulated: bool = False
    _elapsed: float = 1000.0

    def now(self) -> datetime:
        return self.moment

    def now_ms(self) -> int:
        return to_ms(self.moment)

    def machine_ms(self) -> int:
        return to_ms(self.moment)

    def monotonic(self) -> float:
        return self._elapsed

    def interval(self, seconds: float) -> float:
        return seconds

    def advance(self, **by: float) -> None:
        step = timedelta(**by)
        self.moment += step
        self._elapsed += step.total_seconds()

    def set(self, moment: datetime) -> None:
        self.advance(seconds=(moment - self.moment).total_seconds())
