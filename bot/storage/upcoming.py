"""What the calendar will do next: the moments at which a tick finds something to do. For a clock that can jump."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Tx
from bot.storage.schema import (
    absence,
    access,
    alert,
    attendance,
    booking,
    check_in,
    due,
    goal_notice,
    held,
    home_step_news,
    link_side,
    message,
    notice,
    person,
    schedule,
    travel,
)

_AFTER: sa.BindParameter[int] = bindparam("after")
_DUE = sa.select(sa.func.min(due.c.due_at).label("at")).where(due.c.opened == 0, due.c.due_at > _AFTER)
_CLOSES = sa.select(sa.func.min(check_in.c.closes_at).label("at")).where(
    check_in.c.state == "open", check_in.c.closes_at > _AFTER
)
_NUDGES = sa.select(sa.func.min(check_in.c.nudge_at).label("at")).where(check_in.c.nudge_at > _AFTER)
_DROPS = sa.select(sa.func.min(held.c.drop_at).label("at")).where(held.c.drop_at > _AFTER)
_TELLS = sa.select(sa.func.min(schedule.c.tell_at).label("at")).where(schedule.c.tell_at > _AFTER)
_NEWS = sa.select(sa.func.min(home_step_news.c.tell_at).label("at")).where(home_step_news.c.tell_at > _AFTER)
_BOOKED = sa.select(sa.func.min(booking.c.due_at).label("at")).where(booking.c.opened == 0, booking.c.due_at > _AFTER)
_NOTICES = sa.select(sa.func.min(notice.c.at).label("at")).where(notice.c.at > _AFTER)
_GOALS = sa.select(sa.func.min(goal_notice.c.tell_at).label("at")).where(goal_notice.c.tell_at > _AFTER)
_MESSAGES = sa.select(sa.func.min(message.c.send_at).label("at")).where(message.c.send_at > _AFTER)
_TELLS_OF_VISITS, _REMINDS, _REPORTS = (
    sa.select(sa.func.min(column).label("at")).where(column > _AFTER)
    for column in (attendance.c.tell_at, attendance.c.remind_at, attendance.c.report_at)
)
_TELLS_OF_SHARING = sa.select(sa.func.min(link_side.c.tell_at).label("at")).where(link_side.c.tell_at > _AFTER)
_IS_HOME = sa.select(sa.func.min(person.c.home_at).label("at")).where(person.c.home_at > _AFTER)
_COMES_HOME = sa.select(sa.func.min(travel.c.back_at).label("at")).where(travel.c.back_at > _AFTER)
_ESCALATES = sa.select(sa.func.min(alert.c.escalate_at).label("at")).where(alert.c.escalate_at > _AFTER)
_ENDS = sa.select(sa.func.min(access.c.until_at).label("at")).where(access.c.until_at > _AFTER)
_LEAVES = sa.select(sa.func.min(absence.c.from_at).label("at")).where(absence.c.from_at > _AFTER)
_ALL = (
    *(_DUE, _CLOSES, _NUDGES, _DROPS, _TELLS, _NEWS, _BOOKED, _NOTICES, _GOALS, _MESSAGES),
    *(_TELLS_OF_VISITS, _REMINDS, _REPORTS, _TELLS_OF_SHARING, _COMES_HOME, _IS_HOME, _ESCALATES, _ENDS, _LEAVES),
)
_ASKS = (
    sa.select(sa.func.min(due.c.due_at).label("at"))
    .select_from(due.join(schedule))
    # a schedule without a child is a therapist's digest
    .where(due.c.opened == 0, due.c.due_at > _AFTER, schedule.c.child_id.is_not(None))
)


async def next_moment(tx: Tx, after: int) -> int | None:
    """The calendar's time in ms at which the next thing falls due, is shown once more, ends or is dropped."""
    found = [await _at(tx, statement, after) for statement in _ALL]
    return min((at for at in found if at is not None), default=None)


async def next_question(tx: Tx, after: int) -> int | None:
    """The same for the next question to a family."""
    return await _at(tx, _ASKS, after)


async def _at(tx: Tx, statement: Any, after: int) -> int | None:
    row = await tx.row(statement, {"after": after})
    return None if row is None or row["at"] is None else int(row["at"])
