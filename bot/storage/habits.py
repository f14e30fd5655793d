"""When check-ins of one plan were answered, and when another hour was last proposed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import answer, check_in, person, schedule

_PLAN_OF = (
    sa.select(schedule.c.id, schedule.c.time, schedule.c.hour_asked_at, person.c.timezone)
    .select_from(
        check_in.join(schedule, schedule.c.id == check_in.c.schedule_id).join(
            person, person.c.id == schedule.c.person_id
        )
    )
    .where(
        check_in.c.id == bindparam("check_in"),
        person.c.account_id == bindparam("account"),
        schedule.c.ended_at.is_(None),
    )
)
_FIRST = sa.select(sa.func.min(answer.c.answered_at)).where(answer.c.check_in_id == check_in.c.id).scalar_subquery()
_ANSWERED = (
    sa.select(_FIRST.label("answered_at"))
    .where(
        check_in.c.schedule_id == bindparam("schedule"),
        check_in.c.slot == bindparam("at_slot"),
        check_in.c.state == "done",
        check_in.c.finished_at < check_in.c.closes_at,
    )
    .order_by(check_in.c.local_date.desc())
    .limit(bindparam("most"))
)
_ASKED = schedule.update().where(schedule.c.id == bindparam("schedule")).values(hour_asked_at=bindparam("at"))


async def plan_of(tx: Tx, account: int, check_in_id: int) -> Row | None:
    """The plan of a check-in of that account: id, time, hour_asked_at, timezone."""
    return await tx.row(_PLAN_OF, {"account": account, "check_in": check_in_id})


async def answered(tx: Tx, schedule_id: int, slot: str, most: int) -> list[Row]:
    """When the newest check-ins of that slot were answered in time: (answered_at) in ms."""
    return await tx.rows(_ANSWERED, {"schedule": schedule_id, "at_slot": slot, "most": most})


async def hour_asked(tx: Tx, schedule_id: int, at: int) -> None:
    await tx.run(_ASKED, {"schedule": schedule_id, "at": at})
