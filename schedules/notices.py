"""Twice a minute: what has waited for a therapist's working hours."""

from __future__ import annotations

from bot.domain import notices, sending
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from schedules import groups


async def tick(db: Database, house: House) -> int:
    """Returns how many were said."""
    return await groups.each(db, lambda tx: _tell(tx, house))


async def _tell(tx: Tx, house: House) -> tuple[int, bool]:
    now = house.clock.now_ms()
    found, more = await notices.due(tx, now)
    outgoing = [Outgoing(one.message, one.chat, one.screen, Priority.DIGEST, expires_at=one.stale_at) for one in found]
    await sending.put(tx, outgoing, now)
    return len(found), more
