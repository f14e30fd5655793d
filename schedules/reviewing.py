"""Every hour: plans that have run for six weeks are put before their therapists, in working hours."""

from __future__ import annotations

from bot.domain import reviewing
from bot.house import House
from bot.storage.database import Database, Tx
from bot.text.screens import reviewing as screens
from schedules import groups


async def tick(db: Database, house: House) -> int:
    """Returns how many were asked about. Looks before it takes the writer: mostly there is nothing to do."""
    waiting = await db.read(lambda tx: reviewing.waiting(tx, house.clock.now_ms()))
    return await groups.each(db, lambda tx: _ask(tx, house), more=waiting)


async def _ask(tx: Tx, house: House) -> tuple[int, bool]:
    now = house.clock.now_ms()
    found, more = await reviewing.due(tx, now)
    for one in found:
        voice = house.voice(one.therapist.language, one.therapist.address)
        await reviewing.put(tx, one, screens.review(voice, one), now)
    return len(found), more
