"""Every hour: what is no longer needed goes."""

from __future__ import annotations

from bot.domain import tidy
from bot.domain.tidy import Retention
from bot.house import House
from bot.storage.database import Database


async def tick(db: Database, house: House, keep: Retention) -> None:
    clock = house.clock
    await db.write(lambda tx: tidy.tidy(tx, keep, clock.machine_ms(), clock.now_ms()))
