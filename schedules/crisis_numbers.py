"""Every hour, for each admin once a month: crisis numbers that are old, and families for whom none are known."""

from __future__ import annotations

from bot.domain import crisis_check, sending, waking
from bot.house import House
from bot.model import Outgoing, Person, Priority
from bot.storage.database import Database, Tx
from bot.storage.ids import new_id
from bot.text.screens import crisis_numbers as screens


async def tick(db: Database, house: House) -> int:
    """Returns how many were told. Looks before it takes the writer: mostly there is nothing to do."""
    whom = await db.read(lambda tx: crisis_check.whom(tx, house.clock.now_ms()))
    return await db.write(lambda tx: _tell(tx, house)) if whom else 0


async def _tell(tx: Tx, house: House) -> int:
    now, told = house.clock.now_ms(), []
    doubt = await crisis_check.doubt(tx, house.country, now)
    for one in await crisis_check.whom(tx, now):
        await crisis_check.checked(tx, one, now)
        told += [_said(house, one, doubt, now)] if doubt.any else []
    await sending.put(tx, told, now)
    return len(told)


def _said(house: House, one: Person, doubt: crisis_check.Doubt, now: int) -> Outgoing:
    screen = screens.doubt(house.voice(one.language, one.address), doubt)
    stale = waking.asleep(waking.of_person(one), now)
    return Outgoing(new_id(), one.telegram_id or 0, screen, Priority.DIGEST, expires_at=stale)
