"""Plans that have run for weeks, and what came of them: asked, answered, opened in a digest."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schedules import REVIEW_AFTER
from bot.storage.schema import access, check_in, child, digest, look, person, schedule

_CARES = sa.exists().where(
    access.c.person_id == schedule.c.person_id,
    access.c.child_id == schedule.c.child_id,
    access.c.right == Right.CARE.value,
    stands(access),
    may(access, May.GIVE),
)
_DUE = (
    sa.select(
        schedule.c.id,
        schedule.c.person_id,
        schedule.c.child_id,
        schedule.c.template,
        child.c.name.label("child_name"),
        person.c.name,
        person.c.role,
        sa.select(sa.func.min(check_in.c.sent_at))
        .where(check_in.c.schedule_id == schedule.c.id)
        .scalar_subquery()
        .label("first_at"),
    )
    .select_from(schedule.join(person).join(child, child.c.id == schedule.c.child_id))
    .where(
        sa.func.coalesce(schedule.c.review_at, schedule.c.created_at + sa.literal_column(str(REVIEW_AFTER)))
        <= bindparam("now"),
        schedule.c.ended_at.is_(None),
        schedule.c.ends_on.is_(None),  # what ends by itself is reviewed by nobody
        person.c.joined_at.is_not(None),
        person.c.removed_at.is_(None),
        _CARES,
    )
    .order_by(schedule.c.id)
    .limit(bindparam("most"))
)
_AT = schedule.update().where(schedule.c.id == bindparam("schedule")).values(review_at=bindparam("at"))
_ASKED = sa.select(
    sa.func.count().label("asked"),
    sa.func.count(sa.case((check_in.c.state.in_(["done", "partial"]), 1))).label("answered"),
).where(
    check_in.c.schedule_id == bindparam("schedule"),
    check_in.c.sent_at.is_not(None),
    check_in.c.due_at >= bindparam("since"),
    check_in.c.state.not_in(["excused", "open"]),
)
_OPENED = (
    sa.select(sa.func.count(digest.c.id).label("digests"), sa.func.count(look.c.digest_id).label("opened"))
    .select_from(digest.outerjoin(look, (look.c.digest_id == digest.c.id) & (look.c.child_id == bindparam("child"))))
    .where(digest.c.person_id == bindparam("therapist"), digest.c.made_at >= bindparam("since"))
)


async def due(tx: Tx, now: int, most: int) -> list[Row]:
    """Standing plans of families, with caregiver and child; ``first_at``: when the first of them was asked."""
    return await tx.rows(_DUE, {"now": now, "most": most})


async def review_at(tx: Tx, schedule_id: int, at: int) -> None:
    await tx.run(_AT, {"schedule": schedule_id, "at": at})


async def asked(tx: Tx, schedule_id: int, since: int) -> tuple[int, int]:
    """How often that plan asked since then, and how often it was answered; days of rest are not counted."""
    row = await tx.row(_ASKED, {"schedule": schedule_id, "since": since})
    return (0, 0) if row is None else (int(row["asked"]), int(row["answered"]))


async def opened(tx: Tx, therapist: int, child_id: int, since: int) -> tuple[int, int]:
    """How many digests this therapist got since then, and in how many they opened that child."""
    row = await tx.row(_OPENED, {"therapist": therapist, "child": child_id, "since": since})
    return (0, 0) if row is None else (int(row["digests"]), int(row["opened"]))
