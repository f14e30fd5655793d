"""A case goes from one therapist to another, a colleague helps with it, somebody leaves: nothing of it is lost."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import auditing
from bot.domain.auditing import CLINIC, Actor, What
from bot.model import Kind, Person
from bot.storage import absences, kin, people, rights, staff, suspending
from bot.storage.database import Row, Tx
from bot.storage.rights import Part


@dataclass(frozen=True, slots=True)
class Handed:
    """Whom to tell, each alone and in their hours: who has the case now, and the caregivers with a chat."""

    child: int
    child_name: str
    to: Person
    caregivers: tuple[Person, ...]


async def colleagues(tx: Tx, therapist: int, child: int | None = None) -> list[Person]:
    """Who else works here now; who may treat that child, where one is named: nobody of its family."""
    return [people.to_person(row) for row in await rights.colleagues(tx, therapist, child)]


async def team(tx: Tx, therapist: int, child: int, now: int) -> list[Row]:
    """Who treats a child that is this therapist's own case: person rows with part and until_at. Empty: it is not."""
    return await rights.team(tx, therapist, child, now)


async def cases(tx: Tx, therapist: int, now: int) -> list[Row]:
    """Rows of child_id, name."""
    return await rights.cases(tx, therapist, now)


async def alone(tx: Tx, now: int) -> int:
    """How many families nobody treats now."""
    return await rights.alone(tx, now)


async def add_co(tx: Tx, therapist: int, child: int, other: int, now: int) -> bool:
    """A colleague sees and does what the therapist does, but gives nobody rights. False where that cannot be."""
    if not await rights.leads(tx, therapist, child, now) or await _colleague(tx, therapist, other, child) is None:
        return False
    given = await rights.give(tx, other, child, Part.CO, now)
    if given:
        await _note(tx, auditing.of(Kind.THERAPIST, therapist), What.RIGHT_GIVEN, child, other, now)
    return given


async def _note(tx: Tx, by: Actor, what: What, child: int, person: int, now: int) -> None:
    await auditing.note(tx, by, what, now, child=child, person=person)


async def end_co(tx: Tx, therapist: int, child: int, other: int, now: int) -> bool:
    mine = await rights.leads(tx, therapist, child, now)
    ended = mine and other != therapist and await rights.take(tx, other, child, now)
    if ended:
        await _note(tx, auditing.of(Kind.THERAPIST, therapist), What.RIGHT_ENDED, child, other, now)
    return ended


async def hand_over(tx: Tx, therapist: int, child: int, other: int, now: int) -> Handed | None:
    """The case is the other's from now on, with the visits agreed. None where it was not this therapist's to give."""
    if not any(row["child_id"] == child for row in await rights.cases(tx, therapist, now)):
        return None
    to = await _colleague(tx, therapist, other, child)
    by = auditing.of(Kind.THERAPIST, therapist)
    return None if to is None else await _give(tx, by, therapist, child, to, now)


async def _give(tx: Tx, by: Actor, therapist: int, child: int, to: Person, now: int) -> Handed:
    if await rights.give(tx, to.id, child, Part.LEAD, now):
        await _note(tx, by, What.RIGHT_GIVEN, child, to.id, now)
    await rights.move(tx, child, therapist, to.id, now)
    await release(tx, by, therapist, child, now)
    await rights.take(tx, therapist, child, now)
    await _note(tx, by, What.RIGHT_ENDED, child, therapist, now)
    carers = [people.to_person(row) for row in await rights.carers(tx, child, now)]
    return Handed(child, await rights.child_name(tx, child), to, tuple(carers))


async def hand_over_all(tx: Tx, therapist: int, other: int, now: int) -> list[Handed] | None:
    """Every case of theirs that may be, for those who run the clinic. None where the other does not work here."""
    to = await _colleague(tx, therapist, other)
    if to is None:
        return None
    stay = await family_of(tx, therapist, other, now)
    cases = [row["child_id"] for row in await rights.cases(tx, therapist, now)]
    return [await _give(tx, CLINIC, therapist, child, to, now) for child in cases if child not in stay]


async def family_of(tx: Tx, therapist: int, other: int, now: int) -> list[int]:
    """Which children of this therapist the other is family of: those wait for somebody else."""
    to = await people.seat(tx, other)
    if to is None or to.telegram_id is None:
        return []
    cases = [row["child_id"] for row in await rights.cases(tx, therapist, now)]
    return [child for child in cases if to.telegram_id in await kin.accounts(tx, child)]


async def release(tx: Tx, by: Actor, therapist: int, child: int | None, now: int) -> None:
    """Nobody stands in for this therapist any more, for that child or for any."""
    for row in await absences.take_back(tx, therapist, child, now):
        await _note(tx, by, What.RIGHT_ENDED, row["child_id"], row["person_id"], now)


async def leave(tx: Tx, therapist: int, other: int | None, now: int) -> list[Handed] | None:
    """The end of employment: the families go to the other, the seat is closed, nothing queued is sent any more.

    ``other`` None: the families wait for somebody. None where there is no such therapist, or no such other.
    """
    handed = [] if other is None else await hand_over_all(tx, therapist, other, now)
    row = await people.seat(tx, therapist)
    if handed is None or not await staff.leave(tx, therapist, now):
        return None
    await release(tx, CLINIC, therapist, None, now)
    await absences.left(tx, therapist)
    if row is not None and row.telegram_id is not None:
        await suspending.unsend(tx, row.telegram_id, now)
    return handed


async def _colleague(tx: Tx, therapist: int, other: int, child: int | None = None) -> Person | None:
    """Somebody else who works here, and may treat that child; or None."""
    return next((one for one in await colleagues(tx, therapist, child) if one.id == other), None)
