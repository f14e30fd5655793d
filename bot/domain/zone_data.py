"""New zone data: a country has changed its clocks, and what was planned by the old ones is put right.

The local date and hour that a family knows stay; the instant moves. Looked at whenever the program starts: zone data
comes with a new version of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.domain import occurrences, schedule
from bot.storage import moments
from bot.storage.database import Row, Tx


@dataclass(frozen=True, slots=True)
class Moved:
    """``to`` has another instant for the date and hour; in ``gone`` that date or hour is none any more."""

    to: tuple[dict[str, Any], ...]
    gone: tuple[dict[str, Any], ...]

    def __bool__(self) -> bool:
        return bool(self.to or self.gone)


def compare(planned: Sequence[Row]) -> Moved:
    """Rows of `moments.planned` against the clocks of now."""
    to, gone = [], []
    for row in planned:
        instant = occurrences.due_instant(date.fromisoformat(row["local_date"]), row["slot"], ZoneInfo(row["timezone"]))
        group = {
            "zone": row["timezone"],
            "date": row["local_date"],
            "at_slot": row["slot"],
            "was": row["due_at"],
        }
        if instant is None:
            gone.append(group)
        elif to_ms(instant) != row["due_at"]:
            to.append({**group, "to_ms": to_ms(instant)})
    return Moved(tuple(to), tuple(gone))


async def put_right(tx: Tx, moved: Moved, now: int) -> None:
    """An instant that is over by the new clocks is due at once; for a date that is gone the next one is planned."""
    for group in moved.gone:
        for schedule_id in await moments.schedules_at(tx, group):
            await schedule.change(tx, schedule_id, now=now)
    if moved.to:
        await moments.move(tx, moved.to)
