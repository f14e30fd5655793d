"""Who is on call, and the way to reach them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.people import PERSON
from bot.storage.schema import on_call, person

_ALL = (
    sa.select(
        *PERSON,
        person.c.email,
        on_call.c.id.label("shift"),
        on_call.c.days,
        on_call.c.from_time,
        on_call.c.until_time,
        on_call.c.place,
    )
    .select_from(on_call.join(person, person.c.id == on_call.c.person_id))
    .where(person.c.removed_at.is_(None), person.c.suspended_at.is_(None), person.c.kind == "therapist")
    .order_by(on_call.c.place, on_call.c.id)
)
_ADD = on_call.insert().values(
    person_id=bindparam("person"),
    days=bindparam("on_days"),
    from_time=bindparam("starts"),
    until_time=bindparam("ends"),
    place=bindparam("in_place"),
)
_CLEAR = on_call.delete().where(on_call.c.person_id == bindparam("person"))
_DROP = on_call.delete().where(on_call.c.person_id == bindparam("person"), on_call.c.id == bindparam("shift"))
_admin = person.alias("admin")
_DROP_ANY = on_call.delete().where(
    on_call.c.id == bindparam("shift"),
    sa.exists().where(
        _admin.c.id == bindparam("admin"),
        _admin.c.admin == 1,
        _admin.c.removed_at.is_(None),
        _admin.c.suspended_at.is_(None),
    ),
)
_THERAPIST = sa.select(person.c.id).where(
    person.c.id == bindparam("person"), person.c.kind == "therapist", person.c.removed_at.is_(None)
)
_MAIL = (
    person.update()
    .where(person.c.id == bindparam("person_id"), person.c.kind == "therapist", person.c.removed_at.is_(None))
    .values(email=bindparam("to"))
)
_EMAIL = sa.select(person.c.email).where(
    person.c.id == bindparam("person"), person.c.removed_at.is_(None), person.c.suspended_at.is_(None)
)


async def everyone(tx: Tx) -> list[Row]:
    """Each shift with its person, in the order in which they are asked."""
    return await tx.rows(_ALL)


async def add(tx: Tx, person_id: int, days: str, starts: str, ends: str, place: int) -> None:
    values = {"person": person_id, "on_days": days, "starts": starts, "ends": ends, "in_place": place}
    await tx.run(_ADD, values)


async def clear(tx: Tx, person_id: int) -> None:
    await tx.run(_CLEAR, {"person": person_id})


async def drop(tx: Tx, person_id: int, shift: int) -> None:
    await tx.run(_DROP, {"person": person_id, "shift": shift})


async def drop_any(tx: Tx, admin: int, shift: int) -> bool:
    """Anybody's, for an admin. False where there is none, or they are no admin."""
    return bool(await tx.run(_DROP_ANY, {"admin": admin, "shift": shift}))


async def is_therapist(tx: Tx, person_id: int) -> bool:
    return await tx.row(_THERAPIST, {"person": person_id}) is not None


async def set_email(tx: Tx, person_id: int, email: str) -> bool:
    """False where there is no such therapist."""
    return bool(await tx.run(_MAIL, {"person_id": person_id, "to": email}))


async def email(tx: Tx, person_id: int) -> str:
    row = await tx.row(_EMAIL, {"person": person_id})
    return "" if row is None else str(row["email"])
