"""What waits is worked off a group at a time: each has a transaction of its own, so that nobody waits for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.storage.database import Database, Tx

Group = Callable[[Tx], Awaitable[tuple[int, bool]]]


async def each(db: Database, group: Group, *, more: bool = True) -> int:
    """``group`` returns how many it did, and whether more wait; returns how many they were in all."""
    count = 0
    while more:
        found, more = await db.write(group)
        count += found
    return count
