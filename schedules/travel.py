"""Every half minute: whose journey is over lives by the clock of home again."""

from __future__ import annotations

from bot.domain import travel
from bot.house import House
from bot.storage.database import Database


async def tick(db: Database, house: House) -> int:
    """Returns how many came home."""
    count = 0
    while found := await db.write(lambda tx: travel.come_home(tx, house.clock.now_ms())):
        count += found
    return count
