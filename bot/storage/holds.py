"""Legal holds: a child of whom nothing is erased until a human takes the hold away."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.schema import access, child, legal_hold

HELD = sa.select(legal_hold.c.child_id).where(legal_hold.c.until_at.is_(None))  # the children under one
_ADD = (
    legal_hold.insert()
    .from_select(
        ["child_id", "reason", "from_at"],
        sa.select(
            child.c.id, bindparam("reason", type_=legal_hold.c.reason.type), bindparam("at", type_=sa.BigInteger)
        ).where(child.c.id == bindparam("child"), child.c.id.not_in(HELD)),
    )
    .returning(legal_hold.c.id)
)
_END = (
    legal_hold.update()
    .where(legal_hold.c.child_id == bindparam("child"), legal_hold.c.until_at.is_(None))
    .values(until_at=bindparam("at"))
)
_EVERY = sa.select(legal_hold).order_by(legal_hold.c.id)
_OF_CHILD = sa.select(legal_hold).where(legal_hold.c.child_id == bindparam("child"), legal_hold.c.until_at.is_(None))
_OF_PERSON = (
    sa.select(access.c.child_id)
    .where(access.c.person_id == bindparam("person"), access.c.right == Right.CARE.value, access.c.child_id.in_(HELD))
    .limit(1)
)


async def add(tx: Tx, child_id: int, reason: str, at: int) -> bool:
    """False where there is no such child, or it is under one already."""
    return await tx.row(_ADD, {"child": child_id, "reason": reason, "at": at}) is not None


async def end(tx: Tx, child_id: int, at: int) -> bool:
    """False where it is under none."""
    return await tx.run(_END, {"child": child_id, "at": at}) > 0


async def every(tx: Tx) -> list[Row]:
    """Those that ended too, oldest first."""
    return await tx.rows(_EVERY)


async def of_child(tx: Tx, child_id: int) -> Row | None:
    return await tx.row(_OF_CHILD, {"child": child_id})


async def of_person(tx: Tx, person_id: int) -> bool:
    """Whether a child that this seat cares or cared for is under one."""
    return await tx.row(_OF_PERSON, {"person": person_id}) is not None
