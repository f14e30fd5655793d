"""Every minute: visits that are near. The brief becomes a job; a caregiver who wants it sees what to raise."""

from __future__ import annotations

from bot.domain import briefs, sending
from bot.domain.briefs import Mirror
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from bot.text.screens import mirror as screens


async def tick(db: Database, house: House) -> int:
    """Returns how many were found."""
    if not house.brief_hours:
        return 0
    return await db.write(lambda tx: _look(tx, house))


async def _look(tx: Tx, house: House) -> int:
    now, ahead = house.clock.now_ms(), house.brief_hours * briefs.HOUR
    wished = await briefs.wish(tx, now, ahead)
    mirrors = await briefs.mirrors(tx, now, ahead, house.rules)
    await sending.put(tx, [_outgoing(house, one) for one in mirrors], now)
    return wished + len(mirrors)


def _outgoing(house: House, one: Mirror) -> Outgoing:
    row = one.row
    voice = house.voice(row["language"], row["address"], row["gender"])
    screen = screens.mirror(voice, one.family, row["therapist_name"], on=True)
    return Outgoing(one.message, row["account_id"], screen, Priority.PROMPT, expires_at=one.stale_at)
