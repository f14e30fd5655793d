"""Named numbers: the trace that a stranger leaves, and the last sign of life."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Tx
from bot.storage.schema import counter

BACKUP_HOOK = "backup_hook"  # 1: the newest backup was handed on, 0: that failed
LAST_BACKUP = "last_backup_ms"  # of the machine: when the newest daily one was made
HANDED_ON = "backup_handed_on"  # the day of it, counted from the year 1

_PUT = sa.text(
    "INSERT INTO counter (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value"
)
_COUNT = sa.text(
    "INSERT INTO counter (name, value) VALUES (:name, 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1"
)
_GET = sa.select(counter.c.value).where(counter.c.name == bindparam("name"))


async def put(tx: Tx, name: str, value: int) -> None:
    await tx.run(_PUT, {"name": name, "value": value})


async def count(tx: Tx, name: str) -> None:
    """One more."""
    await tx.run(_COUNT, {"name": name})


async def get(tx: Tx, name: str) -> int | None:
    row = await tx.row(_GET, {"name": name})
    return None if row is None else int(row["value"])
