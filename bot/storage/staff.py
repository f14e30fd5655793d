"""The therapists' seats, for those who run the installation."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.people import PERSON
from bot.storage.schema import access, due, invitation, person, schedule

_SEAT = sa.and_(person.c.kind == "therapist", person.c.removed_at.is_(None))
_OF_PERSON: sa.BindParameter[int] = bindparam("person")

_ALL = (
    sa.select(
        person.c.id,
        person.c.name,
        person.c.language,
        person.c.timezone,
        person.c.joined_at,
        person.c.admin,
        sa.func.count(access.c.id).label("families"),
    )
    .select_from(
        person.outerjoin(
            access,
            (access.c.person_id == person.c.id) & (access.c.right == "treat") & stands(access),
        )
    )
    .where(_SEAT)
    .group_by(person.c.id, person.c.name, person.c.language, person.c.timezone, person.c.joined_at, person.c.admin)
    .order_by(person.c.id)
)
_ADMIN = person.update().where(_SEAT, person.c.id == _OF_PERSON).values(admin=bindparam("to_admin"))
_HERE = (
    sa.select(*PERSON)
    .where(_SEAT, person.c.suspended_at.is_(None), person.c.account_id.is_not(None))
    .order_by(person.c.id)
    .execution_options(apart=True)
)
_ADMINS = _HERE.where(person.c.admin == 1)
_LEAVE = person.update().where(_SEAT, person.c.id == _OF_PERSON).values(removed_at=bindparam("at"))
_CUT = (
    access.update()
    .where(access.c.person_id == _OF_PERSON, access.c.until_at.is_(None) | (access.c.until_at > bindparam("at")))
    .values(until_at=bindparam("at"))
)
_END = (
    schedule.update()
    .where(schedule.c.person_id == _OF_PERSON, schedule.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
_UNPLAN = due.delete().where(
    due.c.opened == 0, due.c.schedule_id.in_(sa.select(schedule.c.id).where(schedule.c.person_id == _OF_PERSON))
)
_CANCEL = (
    invitation.update()
    .where(invitation.c.person_id == _OF_PERSON, invitation.c.used_at.is_(None), invitation.c.cancelled_at.is_(None))
    .values(cancelled_at=bindparam("at"))
)


async def therapists(tx: Tx, now: int) -> list[Row]:
    """Rows of id, name, language, timezone, joined_at, admin, families."""
    return await tx.rows(_ALL, {"now": now})


async def set_admin(tx: Tx, person_id: int, *, on: bool) -> bool:
    """False where there is no such therapist."""
    return bool(await tx.run(_ADMIN, {"person": person_id, "to_admin": int(on)}))


async def admins(tx: Tx) -> list[Row]:
    """The therapists' seats that arrange the clinic, too, and have a chat."""
    return await tx.rows(_ADMINS)


async def here(tx: Tx) -> list[Row]:
    """The therapists' seats that have a chat."""
    return await tx.rows(_HERE)


async def leave(tx: Tx, person_id: int, now: int) -> bool:
    """Close the seat with its rights, schedule and code. False where there is no such therapist."""
    values = {"person": person_id, "at": now}
    if not await tx.run(_LEAVE, values):
        return False
    for statement in (_CUT, _END, _UNPLAN, _CANCEL):
        await tx.run(statement, values)
    return True
