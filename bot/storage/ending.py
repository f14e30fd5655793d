"""The end of a child's care: every right ends at one moment, by which it can be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Kind, Right
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.people import PERSON
from bot.storage.rights import Part
from bot.storage.schema import access, child, notice, person, schedule

_CARES = sa.and_(access.c.child_id == bindparam("child"), access.c.right == Right.CARE.value)
_SEATS = (
    sa.select(*PERSON)
    .distinct()
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(_CARES, person.c.removed_at.is_(None))
    .order_by(person.c.id)
)
_TREATED = (
    access.update()
    .where(
        access.c.child_id == bindparam("child"),
        access.c.right == Right.TREAT.value,
        sa.or_(stands(access), access.c.suspended_at.is_not(None)),
    )
    .values(until_at=bindparam("now"), suspended_at=None)
    .returning(access.c.person_id)
)
_ENDED_BY = (  # whose case it was when it ended then
    sa.select(child.c.id, child.c.name)
    .select_from(access.join(child, child.c.id == access.c.child_id).join(person, person.c.id == access.c.person_id))
    .where(
        child.c.id == bindparam("child"),
        access.c.person_id == bindparam("therapist"),
        access.c.right == Right.TREAT.value,
        access.c.part == Part.LEAD.value,
        access.c.until_at == bindparam("at"),
        person.c.removed_at.is_(None),
    )
)
_GIVE_BACK = (
    access.update()
    .where(
        access.c.child_id == bindparam("child"),
        access.c.until_at == bindparam("at"),
        sa.or_(access.c.ends_at.is_(None), access.c.ends_at > bindparam("now")),
    )
    .values(until_at=access.c.ends_at)
)
_BACK = (
    person.update()
    .where(
        person.c.kind == Kind.CAREGIVER.value,
        person.c.removed_at == bindparam("at"),
        person.c.id.in_(sa.select(access.c.person_id).where(_CARES)),
    )
    .values(removed_at=None)
    .returning(*PERSON)
)
_PLANS = (
    schedule.update()
    .where(schedule.c.person_id == bindparam("person"), schedule.c.ended_at == bindparam("at"))
    .values(ended_at=None)
    .returning(schedule.c.id)
)
_UNTELL = notice.delete().where(
    notice.c.person_id == bindparam("person"), notice.c.child_id.is_(None), notice.c.message_id.is_(None)
)


async def seats(tx: Tx, child_id: int) -> list[Row]:
    """The caregivers' seats of a child, those that rest or were never taken, too."""
    return await tx.rows(_SEATS, {"child": child_id})


async def treated(tx: Tx, child_id: int, now: int) -> list[int]:
    """Nobody treats the child any more; returns who did."""
    return [row["person_id"] for row in await tx.rows(_TREATED, {"child": child_id, "now": now})]


async def ended_by(tx: Tx, therapist: int, child_id: int, at: int) -> Row | None:
    """The child, if its care ended at that moment and was this therapist's own."""
    return await tx.row(_ENDED_BY, {"therapist": therapist, "child": child_id, "at": at})


async def back(tx: Tx, child_id: int, at: int, now: int) -> list[Row]:
    """Rights and seats that ended at that moment stand again; returns the caregivers'."""
    values = {"child": child_id, "at": at, "now": now}
    await tx.run(_GIVE_BACK, values)
    return await tx.rows(_BACK, values)


async def plans(tx: Tx, person_id: int, at: int) -> list[int]:
    """What they were asked until that moment is not ended any more; it is not planned yet."""
    return [row["id"] for row in await tx.rows(_PLANS, {"person": person_id, "at": at})]


async def untell(tx: Tx, person_id: int) -> bool:
    """Whether they had not been told of the end yet; then they need not be."""
    return bool(await tx.run(_UNTELL, {"person": person_id}))
