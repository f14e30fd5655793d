"""Every few seconds: alarms that nobody has taken go down the rota; what did not arrive goes by e-mail."""

from __future__ import annotations

from bot.domain import escalating, sending
from bot.domain.escalating import Told
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from bot.text.screens import urgent as screens


async def tick(db: Database, house: House) -> int:
    """Returns how many were told. An idle turn asks a reader alone."""
    now = house.clock.now_ms()
    if not await db.read(lambda tx: escalating.anything(tx, house.route, now)):
        return 0
    return await db.write(lambda tx: _tell(tx, house, now))


async def _tell(tx: Tx, house: House, now: int) -> int:
    mailed = await escalating.undelivered(tx, house.route, now)
    told = await escalating.overdue(tx, house.route, now)
    await sending.put(tx, [_outgoing(house, one, now) for one in told if one.message is not None], now)
    return len(told) + mailed


def _outgoing(house: House, one: Told, now: int) -> Outgoing:
    """Also in quiet hours."""
    person, message = one.person, one.message
    assert person.telegram_id is not None  # noqa: S101 - the caller looked
    assert message is not None  # noqa: S101
    screen = screens.told(house.voice(person.language, person.address), one.press, one.cases)
    stale = now + escalating.STALE
    return Outgoing(message, person.telegram_id, screen, Priority.SAFETY, expires_at=stale)
