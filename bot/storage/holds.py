"""Legal holds: a child of whom nothing is erased until a human takes the hold away."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.people import HELD_BY
from bot.storage.schema import access, child, legal_hold, person

HELD = sa.select(legal_hold.c.child_id).where(legal_hold.c.until_at.is_(None))  # the children under one
_ACCOUNT = sa.func.coalesce(person.c.account_id, person.c.suspended_account)
CARERS = (  # the accounts of those who care or cared for one
    sa.select(_ACCOUNT)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(access.c.child_id.in_(HELD), access.c.right == Right.CARE.value, _ACCOUNT.is_not(None))
)
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
_OF_ACCOUNT = (
    sa.select(person.c.id, person.c.name, person.c.role, child.c.id.label("child_id"), child.c.name.label("child_name"))
    .select_from(access.join(person, person.c.id == access.c.person_id).join(child, child.c.id == access.c.child_id))
    .where(
        HELD_BY,
        access.c.right == Right.CARE.value,
        access.c.child_id.in_(HELD),
    )
    .order_by(access.c.id)
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


async def of_account(tx: Tx, account: int) -> list[Row]:
    """Seats that this account has or had, of children under one: rows of id, name, role, child_id, child_name."""
    return await tx.rows(_OF_ACCOUNT, {"account": account})
