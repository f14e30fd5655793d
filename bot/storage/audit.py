"""The audit: only ever added to, each row sealed to the one before by a hash. No statement here changes or removes one.

There is one writer at a time on both engines, so that numbers and hashes follow one another without a gap.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, bindparam

from bot.storage import counters
from bot.storage.database import Row, Tx
from bot.storage.schema import audit

BEGINNING = "0" * 64
_COUNTER = "audit"  # how many there are, so that a missing end is seen
_PAGE = 1000
_HASHED = ("id", "at", "actor_kind", "actor_id", "kind", "child_id", "person_id")

_LAST = sa.select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
_ADD = audit.insert().values({**{name: bindparam(f"a_{name}") for name in _HASHED}, "hash": bindparam("a_hash")})
_LATELY = (
    sa.select(audit.c.id)
    .where(
        audit.c.actor_id == bindparam("actor"),
        audit.c.kind == bindparam("what"),
        audit.c.at > bindparam("since"),
        sa.func.coalesce(audit.c.child_id, 0) == bindparam("child", type_=BigInteger()),
        sa.func.coalesce(audit.c.person_id, 0) == bindparam("person", type_=BigInteger()),
    )
    .limit(1)
)
_SINCE = sa.select(audit.c.id).where(audit.c.id > bindparam("after"), audit.c.kind == bindparam("what")).limit(1)
_AFTER = sa.select(audit).where(audit.c.id > bindparam("after")).order_by(audit.c.id).limit(_PAGE)


def hashed(before: str, row: Row) -> str:
    """Of a row and the hash of the one before; 64 hex digits."""
    told = "|".join("" if row[name] is None else str(row[name]) for name in _HASHED)
    return hashlib.sha256(f"{before}\n{told}".encode()).hexdigest()


async def add(
    tx: Tx, at: int, kind: str, actor: int | None, what: str, child: int | None = None, person: int | None = None
) -> None:
    last = await tx.row(_LAST)
    number, before = (1, BEGINNING) if last is None else (last["id"] + 1, last["hash"])
    row: dict[str, Any] = dict(zip(_HASHED, (number, at, kind, actor, what, child, person), strict=True))
    await tx.run(_ADD, {**{f"a_{name}": value for name, value in row.items()}, "a_hash": hashed(before, row)})
    await counters.put(tx, _COUNTER, number)


async def has_lately(tx: Tx, actor: int | None, what: str, child: int | None, person: int | None, since: int) -> bool:
    """Whether the same stands there already, later than `since`."""
    values = {"actor": actor, "what": what, "child": child or 0, "person": person or 0, "since": since}
    return await tx.row(_LATELY, values) is not None


async def follow(tx: Tx, rows: Sequence[Row]) -> int | None:
    """Add those of another copy of this list that come after its end, as they are; returns how many there were.

    None, and nothing is added, where they do not follow: it is another list.
    """
    last = await tx.row(_LAST)
    number, before = (0, BEGINNING) if last is None else (last["id"], last["hash"])
    new = [row for row in rows if row["id"] > number]
    if new and (new[0]["id"] != number + 1 or new[0]["hash"] != hashed(before, new[0])):
        return None
    await tx.run_many(_ADD, [{f"a_{name}": row[name] for name in (*_HASHED, "hash")} for row in new])
    if new:
        await counters.put(tx, _COUNTER, new[-1]["id"])
    return len(new)


async def after(tx: Tx, number: int) -> list[Row]:
    """All that come later than that entry, oldest first."""
    return [row async for row in every(tx, number)]


async def newest(tx: Tx) -> int:
    """The number of the last entry; 0: there is none."""
    last = await tx.row(_LAST)
    return 0 if last is None else int(last["id"])


async def is_after(tx: Tx, number: int, what: str) -> bool:
    """Whether one of that kind follows that entry."""
    return await tx.row(_SINCE, {"after": number, "what": what}) is not None


async def every(tx: Tx, after: int = -(2**62)) -> AsyncIterator[Row]:
    """Oldest first; those with a greater number than `after`."""
    while rows := await tx.rows(_AFTER, {"after": after}):
        for row in rows:
            yield row
        after = rows[-1]["id"]


async def count(tx: Tx) -> int:
    """How many there should be."""
    return await counters.get(tx, _COUNTER) or 0
