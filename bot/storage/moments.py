"""Moments that are planned and not yet reached, as the zone data of their time had them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import due, person, schedule

_PLANNED = (
    sa.select(person.c.timezone, due.c.local_date, due.c.slot, due.c.due_at)
    .distinct()
    .select_from(
        due.join(schedule, schedule.c.id == due.c.schedule_id).join(person, person.c.id == schedule.c.person_id)
    )
    .where(due.c.opened == 0)
    .execution_options(apart=True)
)
_IN_ZONE = (
    sa.select(schedule.c.id)
    .select_from(schedule.join(person, person.c.id == schedule.c.person_id))
    .where(person.c.timezone == bindparam("zone"))
)
_THESE = sa.and_(
    due.c.opened == 0,
    due.c.due_at == bindparam("was"),
    due.c.local_date == bindparam("date"),
    due.c.slot == bindparam("at_slot"),
    due.c.schedule_id.in_(_IN_ZONE),
)
_MOVE = due.update().where(_THESE).values(due_at=bindparam("to_ms"))
_SCHEDULES = sa.select(due.c.schedule_id).where(_THESE)


async def planned(tx: Tx) -> list[Row]:
    """Each (timezone, local_date, slot, due_at) once, for however many people."""
    return await tx.rows(_PLANNED)


async def move(tx: Tx, groups: Sequence[dict[str, Any]]) -> None:
    """Each of (zone, date, at_slot, was, to_ms): the same date and hour, at another instant."""
    await tx.run_many(_MOVE, groups)


async def schedules_at(tx: Tx, group: dict[str, Any]) -> list[int]:
    """Of (zone, date, at_slot, was)."""
    return [row["schedule_id"] for row in await tx.rows(_SCHEDULES, group)]
