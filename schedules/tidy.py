"""Every hour: what is no longer needed, or was kept as long as its kind is kept, goes."""

from __future__ import annotations

from bot.domain import retention
from bot.domain.erasing import Moment
from bot.house import House
from bot.model import Retention
from bot.storage.database import Database


async def tick(db: Database, house: House, keep: Retention) -> None:
    at = Moment(house.clock.machine_ms(), house.clock.now_ms())
    await db.write(lambda tx: retention.apply(tx, keep, house.erased, at))
