"""What an older copy of the data may not bring back: who was erased since, a yes that was taken back, old news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import auditing, carrying_over, consents, erasing, families, taking_out
from bot.domain.carrying_over import Decided
from bot.domain.erasing import Moment
from bot.model import Kind, Purpose
from bot.storage import erasing as stored_people
from bot.storage import people
from bot.storage import restoring as stored
from bot.storage.database import Row, Tx
from bot.storage.erasures import ERASED, GONE, NO, Erased

STALE = 86_400_000  # ms: what could not be said for a day is no news any more


@dataclass(frozen=True, slots=True)
class Restored:
    """``erased`` are children and caregivers of the backup who were left out; ``withdrawn`` what they took back;
    ``decided`` what was cut short since: seats, rights, and what is held. ``audited`` is how many entries of the audit
    came since and go on; None: what was there does not follow that of the backup.
    """

    families: int
    erased: int
    withdrawn: int = 0
    decided: int = 0
    audited: int | None = 0


async def settle(tx: Tx, listed: Sequence[Erased], at: Moment, decided: Decided | None = None) -> Restored:
    """Make an older copy fit for today. ``decided``: what the database says that it takes the place of."""
    audited = 0 if decided is None else await auditing.follow(tx, decided.audit)
    erased, withdrawn = await obey(tx, listed, at)
    closed = 0 if decided is None else await carrying_over.carry(tx, decided, at.now)
    await auditing.note(tx, auditing.CLINIC, auditing.What.RESTORED, at.now)
    await stored.expire(tx, at.now - STALE, at.machine)
    return Restored(await stored.families(tx), erased, withdrawn, closed, audited)


async def obey(tx: Tx, listed: Sequence[Erased], at: Moment) -> tuple[int, int]:
    """How many were erased again, and how many consents and media taken back again."""
    erased = await erasing.obey(tx, [one for one in listed if one.kind in ERASED], at)
    taken_back = [await _taken_back(tx, one, at) for one in listed if one.kind not in ERASED]
    return erased, sum(taken_back)


async def _taken_back(tx: Tx, one: Erased, at: Moment) -> bool:
    person = await stored_people.find_person(tx, one.id)
    if person is None or person["created_at"] != one.created_at:
        return False
    if one.kind.startswith(GONE):
        return await taking_out.obey(tx, one.id, Purpose(one.kind.removeprefix(GONE)), one.at)
    return await _no(tx, person, Purpose(one.kind.removeprefix(NO)), one.at, at)


async def _no(tx: Tx, person: Row, purpose: Purpose, then: int, at: Moment) -> bool:
    """Taken back; where it was taking part at all, the seat has ended with it."""
    if not await consents.obey(tx, person, purpose, then):
        return False
    row = await people.seated(tx, person["id"]) if purpose is Purpose.CARE else None
    if row is not None:
        await families.leave(tx, person["id"], row["child_id"], at.now, by=auditing.of(Kind.CAREGIVER, person["id"]))
    return True
