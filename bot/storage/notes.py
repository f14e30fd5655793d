"""What a caregiver sends unasked, and what waits for a consent before it may be kept."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schema import access, held, note, person

_CARES = sa.and_(
    access.c.person_id == note.c.person_id,
    access.c.child_id == note.c.child_id,
    access.c.right == Right.CARE.value,
    stands(access),
    may(access, May.GIVE),
)
_ADD = (
    note.insert()
    .values(
        child_id=bindparam("child"),
        person_id=bindparam("person"),
        kind=bindparam("kind"),
        text=bindparam("text"),
        media_kind=bindparam("media_kind"),
        media_file_id=bindparam("media_file_id"),
        media_seconds=bindparam("media_seconds"),
        album=bindparam("album"),
        sure=bindparam("sure"),
        message_id=bindparam("message"),
        recorded_at=bindparam("at"),
    )
    .returning(note.c.id)
)
_OWN = (
    sa.select(note)
    .select_from(note.join(person, person.c.id == note.c.person_id).join(access, _CARES))
    .where(note.c.id == bindparam("note"), person.c.account_id == bindparam("account"), person.c.removed_at.is_(None))
)
_TAG = note.update().where(note.c.id == bindparam("note")).values(kind=bindparam("to_kind"))
_GIVE = (
    note.update()
    .where(sa.or_(note.c.id == bindparam("note"), note.c.message_id == bindparam("message")))
    .values(child_id=bindparam("child"), person_id=bindparam("person"), sure=1)
)
_HOLD = (
    held.insert()
    .values(
        account_id=bindparam("account"),
        purpose=bindparam("purpose"),
        payload=bindparam("payload"),
        message_id=bindparam("message"),
        arrived_at=bindparam("at"),
        drop_at=bindparam("drop_at"),
    )
    .returning(held.c.id)
)
_HELD = (
    sa.select(held)
    .where(held.c.account_id == bindparam("account"), held.c.purpose == bindparam("purpose"))
    .order_by(held.c.id)
)
_REHOLD = held.update().where(held.c.id == bindparam("held")).values(payload=bindparam("to_payload"))
_RELEASE = held.delete().where(held.c.id == bindparam("held"))
_OVERDUE = sa.select(held).where(held.c.drop_at <= bindparam("now")).order_by(held.c.drop_at).limit(bindparam("most"))


async def add(tx: Tx, values: dict[str, Any]) -> int:
    """Values: child, person, kind, text, media_*, album, sure, message, at. Returns the note's id."""
    row = await tx.row(_ADD, values)
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def own(tx: Tx, account: int, note_id: int, now: int) -> Row | None:
    """A note of this account, for a child it still cares for."""
    return await tx.row(_OWN, {"account": account, "note": note_id, "now": now})


async def tag(tx: Tx, note_id: int, kind: str) -> None:
    await tx.run(_TAG, {"note": note_id, "to_kind": kind})


async def give(tx: Tx, note_id: int, message: int, child_id: int, person_id: int) -> None:
    """The parent said for whom it is; the other pictures of its album go with it."""
    await tx.run(_GIVE, {"note": note_id, "message": message, "child": child_id, "person": person_id})


async def hold(tx: Tx, account: int, purpose: str, payload: str, message: int, at: int, drop_at: int) -> int:
    values = {"account": account, "purpose": purpose, "payload": payload, "message": message}
    row = await tx.row(_HOLD, {**values, "at": at, "drop_at": drop_at})
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def held_for(tx: Tx, account: int, purpose: str) -> list[Row]:
    return await tx.rows(_HELD, {"account": account, "purpose": purpose})


async def rehold(tx: Tx, held_id: int, payload: str) -> None:
    """The message that waits was edited."""
    await tx.run(_REHOLD, {"held": held_id, "to_payload": payload})


async def release(tx: Tx, held_id: int) -> None:
    await tx.run(_RELEASE, {"held": held_id})


async def overdue(tx: Tx, now: int, most: int) -> list[Row]:
    return await tx.rows(_OVERDUE, {"now": now, "most": most})
