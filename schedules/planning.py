"""Every half minute: caregivers whose plan a therapist changed are told, once, outside their quiet hours."""

from __future__ import annotations

from bot.domain import planning, sending
from bot.domain.planning import Told
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from bot.text.screens import planning as screens
from schedules import groups


async def tick(db: Database, house: House) -> int:
    """Returns how many plans were told of."""
    return await groups.each(db, lambda tx: _tell(tx, house))


async def _tell(tx: Tx, house: House) -> tuple[int, bool]:
    now = house.clock.now_ms()
    told, more = await planning.to_tell(tx, now)
    await sending.put(tx, [_outgoing(house, one) for one in told], now)
    return len(told), more


def _outgoing(house: House, one: Told) -> Outgoing:
    row = one.row
    voice = house.voice(row["language"], row["address"], row["gender"])
    return Outgoing(one.message, row["account_id"], screens.told(voice, one), Priority.PROMPT, expires_at=one.stale_at)
