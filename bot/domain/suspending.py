"""Taking a seat away and giving it back: from the next tap on, on old buttons and on what is queued.

What was said stays. Whoever presses or writes meanwhile is a stranger to the bot: the safety card is all they get, and
what they gave is still theirs to see, take along, take back and delete.
"""

from __future__ import annotations

from bot.domain import auditing, consents
from bot.domain.auditing import Actor, What
from bot.model import Kind, Right
from bot.storage import called_off, invitations, suspending
from bot.storage.database import Tx


async def suspend(tx: Tx, person: int, now: int, by: Actor = auditing.CLINIC) -> bool:
    """Anybody's seat, for those who run the clinic. False where there is none, or it is suspended already."""
    row = await suspending.suspend(tx, person, now)
    if row is None:
        return False
    await auditing.note(tx, by, What.RIGHT_RESTED, now, person=person)
    for right in await suspending.rights(tx, person):
        if right["right"] == Right.CARE:
            await called_off.end_open(tx, person, right["child_id"])
    await invitations.cancel(tx, person, now)
    if row["suspended_account"] is not None:
        await suspending.unsend(tx, row["suspended_account"], now)
    return True


async def resume(tx: Tx, person: int, now: int, by: Actor = auditing.CLINIC) -> bool:
    """False where it was not suspended. Questions come again as they were planned; what was said meanwhile for all of
    their children holds here, too.
    """
    row = await suspending.resume(tx, person)
    if row is None:
        return False
    if row["kind"] == Kind.CAREGIVER and row["account_id"] is not None:
        await consents.carry(tx, row["account_id"], person)
    await called_off.give_back(tx, person, now)
    await auditing.note(tx, by, What.RIGHT_BACK, now, person=person)
    return True
