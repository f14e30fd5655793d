"""What a therapist may do with the seats of the families they treat."""

from __future__ import annotations

from bot.domain import schedule
from bot.storage import invitations, people
from bot.storage.database import Tx


async def put_out(tx: Tx, therapist: int, person: int, now: int) -> bool:
    """"Not them", or no longer: access ends, nothing more is sent, their words stay. False where it is not theirs."""
    row = await people.seat_of_mine(tx, therapist, person, now)
    if row is None:
        return False
    await people.cut(tx, person, row["child_id"], now)
    await people.remove(tx, person, now)
    await invitations.cancel(tx, person, now)
    for plan in await schedule.of_person(tx, person):
        await schedule.end(tx, plan["id"], now)
    return True
