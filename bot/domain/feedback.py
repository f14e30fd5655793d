"""A word after each visit: whoever was asked to come is asked the same evening, unless the therapist took that away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain import anchors, forms, schedule
from bot.storage import people, schedules
from bot.storage.database import Row, Tx

EVENING, EARLIEST = "19:30", "17:00"


async def plan(tx: Tx, child: int, asked: Sequence[int], now: int) -> None:
    """For each of these seats; whoever has, or once had, a plan for it keeps what the therapist made of it."""
    for seat in asked:
        person = await people.seat(tx, seat)
        if person is None or await _has_been_planned(tx, seat, child):
            continue
        today = date.fromisoformat(schedule.local_now(now, person.timezone)[0])
        hour, joined = _evening(await schedule.of_person(tx, seat)), person.joined_at is not None
        await schedule.add(tx, seat, child, anchors.AFTER, f"{anchors.VISIT} 0", hour, today, now, active=joined)


async def _has_been_planned(tx: Tx, seat: int, child: int) -> bool:
    keys = await schedules.ever(tx, seat, child)
    return any([(await forms.newest(tx, key)).family == anchors.AFTER for key in keys])


def _evening(plans: Sequence[Row]) -> str:
    """The hour at which they are asked anyway, where that is one of the evening."""
    return next((one["time"] for one in plans if one["time"] >= EARLIEST), EVENING)
