"""Twice a minute: a right that has ended as was agreed is tidied away, and the child's therapists hear of it."""

from __future__ import annotations

from bot.domain import accounts, notices, rights
from bot.house import House
from bot.storage.database import Database, Tx
from bot.text.screens import rights as screens


async def tick(db: Database, house: House) -> int:
    """Returns how many have ended."""
    return await db.write(lambda tx: _end(tx, house))


async def _end(tx: Tx, house: House) -> int:
    now = house.clock.now_ms()
    over = await rights.end_over(tx, now)
    for row in over:
        for one in await accounts.therapists(tx, row["child_id"], now):
            screen = screens.ended(house.voice(one.language, one.address), row)
            await notices.put(tx, one, row["child_id"], row["id"], screen, now)
    return len(over)
