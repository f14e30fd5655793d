"""Every few seconds: a mark that the program hears from Telegram; after a gap, what the gap broke is mended."""

from __future__ import annotations

from bot import log
from bot.domain import outages, sending
from bot.domain.outages import Told
from bot.house import House
from bot.model import Outgoing, Priority, Screen
from bot.storage.database import Database, Tx
from bot.storage.ids import new_id

_log = log.get(__name__)


async def tick(db: Database, house: House, last_poll_ms: int) -> None:
    """`last_poll_ms` is the machine's time of the last answer to getUpdates; 0: none yet, or more is waiting there."""
    if not last_poll_ms:
        return
    gap = await db.write(lambda tx: outages.heard(tx, last_poll_ms, house.clock.now_ms()))
    if gap:
        _log.warning("did_not_hear_from_telegram", seconds=gap // 1000)


async def tell(db: Database, house: House) -> int:
    """Every five minutes: who is awake and was not told yet that messages may be lost. Returns how many were."""
    return await db.write(lambda tx: _tell(tx, house))


async def _tell(tx: Tx, house: House) -> int:
    now = house.clock.now_ms()
    told = await outages.to_tell(tx, now)
    await sending.put(tx, [_lost(house, one) for one in told], now)
    return len(told)


def _lost(house: House, one: Told) -> Outgoing:
    screen = Screen(house.voice(one.language, one.address)("outage-lost"))
    return Outgoing(new_id(), one.chat, screen, Priority.DIGEST, expires_at=one.stale_at)
