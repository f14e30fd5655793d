"""When somebody may be told something: outside their quiet hours."""

from __future__ import annotations

from bot.domain import schedule
from bot.storage.database import Row

_MINUTE, _DAY = 60_000, 86_400_000


def awake(row: Row, at: int) -> int:
    """That moment, or the first after it outside the quiet hours of that person's row."""
    return _first(row, at, quiet=False)


def asleep(row: Row, at: int) -> int:
    """When the quiet hours begin next; a day later where there are none."""
    return _first(row, at, quiet=True)


def _first(row: Row, at: int, *, quiet: bool) -> int:
    """To the minute, at most a day on: the next change from quiet to waking or back."""
    moment = at
    while moment < at + _DAY:
        _, clock = schedule.local_now(moment, row["timezone"])
        if schedule.in_quiet(clock, row["quiet_from"], row["quiet_until"]) is quiet:
            return moment
        moment += _MINUTE - moment % _MINUTE
    return moment
