"""What caregivers are to be told of goals, and when. A row waits while ``tell_at`` is set."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.checkins import THERAPIST_NAME
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schema import access, account, child, goal, goal_notice, person

_CARES = sa.and_(
    access.c.person_id == goal_notice.c.person_id,
    access.c.child_id == goal.c.child_id,
    access.c.right == Right.CARE.value,
    stands(access),
    sa.or_(may(access, May.BOTH), sa.and_(may(access, May.SEE), goal_notice.c.kind != "proposal")),
)
_DUE = (
    sa.select(
        goal_notice.c.id,
        goal_notice.c.goal_id,
        goal_notice.c.person_id,
        goal_notice.c.kind,
        child.c.id.label("child_id"),
        child.c.name.label("child_name"),
        child.c.gender,
        person.c.language,
        person.c.address,
        person.c.timezone,
        person.c.quiet_from,
        person.c.quiet_until,
        person.c.account_id,
        THERAPIST_NAME,
    )
    .select_from(
        goal_notice.join(goal, goal.c.id == goal_notice.c.goal_id)
        .join(child, child.c.id == goal.c.child_id)
        .join(person, person.c.id == goal_notice.c.person_id)
        .join(account, account.c.id == person.c.account_id)
        .join(access, _CARES)
    )
    .where(
        goal_notice.c.tell_at <= bindparam("now"),
        person.c.removed_at.is_(None),
        account.c.stopped_at.is_(None),
        account.c.blocked_at.is_(None),
    )
    .order_by(goal_notice.c.tell_at, goal_notice.c.id)
    .limit(bindparam("most"))
)
_LATER = goal_notice.update().where(goal_notice.c.id == bindparam("notice")).values(tell_at=bindparam("to_at"))
_MOVE = goal_notice.update().where(goal_notice.c.id == bindparam("notice")).values(goal_id=bindparam("to_goal"))
_TOLD = (
    goal_notice.update()
    .where(goal_notice.c.id == bindparam("notice"))
    .values(tell_at=None, told_at=bindparam("at"), message_id=bindparam("message"))
)
_NOBODY = goal_notice.update().where(goal_notice.c.tell_at <= bindparam("before")).values(tell_at=None)
_TOLD_BEFORE = (
    sa.select(goal_notice.c.goal_id, sa.func.max(goal_notice.c.told_at).label("at"), sa.func.count().label("times"))
    .where(
        goal_notice.c.person_id == bindparam("person"),
        goal_notice.c.kind == bindparam("kind"),
        goal_notice.c.told_at.is_not(None),
    )
    .group_by(goal_notice.c.goal_id)
)
_STOP = (
    goal_notice.update()
    .where(
        goal_notice.c.person_id == bindparam("person"),
        goal_notice.c.kind == bindparam("of_kind"),
        goal_notice.c.tell_at.is_not(None),
    )
    .values(tell_at=None)
)


async def due(tx: Tx, now: int, most: int) -> list[Row]:
    """Of caregivers who may be told: with the child, the hours and the way to reach them."""
    return await tx.rows(_DUE, {"now": now, "most": most})


async def later(tx: Tx, notice: int, at: int | None) -> None:
    """None: not at all."""
    await tx.run(_LATER, {"notice": notice, "to_at": at})


async def move(tx: Tx, notice: int, goal_id: int) -> None:
    """It speaks of another goal of theirs."""
    await tx.run(_MOVE, {"notice": notice, "to_goal": goal_id})


async def told(tx: Tx, notice: int, message: int, at: int) -> None:
    await tx.run(_TOLD, {"notice": notice, "message": message, "at": at})


async def nobody_to_tell(tx: Tx, before: int) -> None:
    """What is left was for people who take no messages."""
    await tx.run(_NOBODY, {"before": before})


async def told_before(tx: Tx, person: int, kind: str) -> dict[int, Row]:
    """By goal: when this caregiver was last told of it (``at``, in ms), and how many times."""
    rows = await tx.rows(_TOLD_BEFORE, {"person": person, "kind": kind})
    return {row["goal_id"]: row for row in rows}


async def stop(tx: Tx, person: int, kind: str) -> None:
    await tx.run(_STOP, {"person": person, "of_kind": kind})
