"""Twice a minute: a right that has ended as was agreed is tidied away; who stands in during a leave gets the cases."""

from __future__ import annotations

from bot.domain import accounts, notices, rights, standing_in
from bot.domain.standing_in import Begun
from bot.house import House
from bot.storage.database import Database, Tx
from bot.text.screens import away as away_screens
from bot.text.screens import rights as screens


async def tick(db: Database, house: House) -> int:
    """Returns how many have ended."""
    return await db.write(lambda tx: _turn(tx, house))


async def _turn(tx: Tx, house: House) -> int:
    now = house.clock.now_ms()
    over = await rights.end_over(tx, now)
    for row in over:
        for one in await accounts.therapists(tx, row["child_id"], now):
            screen = screens.ended(house.voice(one.language, one.address), row)
            await notices.put(tx, one, row["child_id"], row["id"], screen, now)
    for begun in await standing_in.begin(tx, now):
        await _tell(tx, house, begun, now)
    return len(over)


async def _tell(tx: Tx, house: House, begun: Begun, now: int) -> None:
    """Who stands in, once; and each caregiver alone. All in their hours."""
    voice = house.voice(begun.to.language, begun.to.address)
    first, *_ = begun.cases
    await notices.put(tx, begun.to, first[0], None, away_screens.yours(voice, begun), now)
    for child, name, caregivers in begun.cases:
        for one in caregivers:
            theirs = house.voice(one.language, one.address)
            await notices.put(tx, one, child, None, away_screens.told(theirs, begun, name, one.timezone), now)
