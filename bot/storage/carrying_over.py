"""Who was put out, suspended or given less since a backup, and what is held: whole tables, for `restore`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import access, child, legal_hold, person

_SEATS = sa.select(
    person.c.id,
    person.c.kind,
    person.c.account_id,
    person.c.created_at,
    person.c.removed_at,
    person.c.suspended_at,
    person.c.admin,
).order_by(person.c.id)
_RIGHTS = sa.select(access).order_by(access.c.id)
_HOLDS = (
    sa.select(legal_hold.c.child_id, child.c.created_at, legal_hold.c.reason)
    .select_from(legal_hold.join(child, child.c.id == legal_hold.c.child_id))
    .where(legal_hold.c.until_at.is_(None))
    .order_by(legal_hold.c.id)
)
_CHILDREN = sa.select(child.c.id, child.c.created_at).order_by(child.c.id)
_NARROW = (
    access.update()
    .where(access.c.id == bindparam("access"))
    .values(until_at=bindparam("until"), ends_at=bindparam("ends"), preset=bindparam("to_preset"))
)


async def seats(tx: Tx) -> list[Row]:
    """Rows of id, kind, account_id, created_at, removed_at, suspended_at, admin."""
    return await tx.rows(_SEATS)


async def rights(tx: Tx) -> list[Row]:
    return await tx.rows(_RIGHTS)


async def holds(tx: Tx) -> list[Row]:
    """Those that stand: rows of child_id, created_at (the child's), reason."""
    return await tx.rows(_HOLDS)


async def children(tx: Tx) -> set[tuple[int, int]]:
    """(id, created_at) of each."""
    return {(row["id"], row["created_at"]) for row in await tx.rows(_CHILDREN)}


async def narrow(tx: Tx, access_id: int, now_is: Row) -> None:
    """That right ends and allows what the other row says."""
    values = {"until": now_is["until_at"], "ends": now_is["ends_at"], "to_preset": now_is["preset"]}
    await tx.run(_NARROW, {"access": access_id, **values})
