"""Care is over: rights, questions, plans and links of a child end at one moment, from which its retention counts.

For a week it can be taken back by whose case it was. What was said stays as long as the clinic keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import auditing, families, schedule
from bot.domain.auditing import What
from bot.model import Kind, Person
from bot.storage import called_off, ending, meetings, people, rights
from bot.storage.database import Tx

WEEK = 7 * 86_400_000  # ms


@dataclass(frozen=True, slots=True)
class Over:
    """``at`` is the moment (ms); ``tell``: the caregivers who had joined, each to be told alone; ``visits``: the seats
    among them that were asked to a visit still to come.
    """

    child: int
    name: str
    at: int
    tell: tuple[Person, ...]
    visits: frozenset[int]


async def end(tx: Tx, therapist: int, child: int, now: int) -> Over | None:
    """None where the case is not this therapist's own."""
    if not await rights.leads(tx, therapist, child, now):
        return None
    by, name = auditing.of(Kind.THERAPIST, therapist), await rights.child_name(tx, child)
    seats = [people.to_person(row) for row in await ending.seats(tx, child)]
    visits = await _asked_to_come(tx, seats, child, now)
    for seat in seats:
        await families.leave(tx, seat.id, child, now, by=by)
    for person in await ending.treated(tx, child, now):
        await auditing.note(tx, by, What.RIGHT_ENDED, now, child=child, person=person)
    await auditing.note(tx, by, What.CARE_OVER, now, child=child)
    return Over(child, name, now, tuple(seat for seat in seats if seat.telegram_id is not None), visits)


async def take_back(tx: Tx, therapist: int, child: int, at: int, now: int) -> Over | None:
    """The case stands again as it was at that moment, but for links between caregivers and invitations.

    ``tell``: who had heard that it was over. None where it was not theirs, or is too long ago.
    """
    found = await ending.ended_by(tx, therapist, child, at) if 0 <= now - at <= WEEK else None
    if found is None:
        return None
    seats = [people.to_person(row) for row in await ending.back(tx, child, at, now)]
    by, heard = auditing.of(Kind.THERAPIST, therapist), []
    for seat in seats:
        await called_off.give_back(tx, seat.id, now)
        for plan in await ending.plans(tx, seat.id, at):
            if seat.joined_at is not None:
                await schedule.change(tx, plan, now=now)
        await auditing.note(tx, by, What.RIGHT_BACK, now, child=child, person=seat.id)
        if seat.telegram_id is not None and not await ending.untell(tx, seat.id):
            heard.append(seat)
    await auditing.note(tx, by, What.CARE_BACK, now, child=child)
    return Over(child, found["name"], at, tuple(heard), await _asked_to_come(tx, seats, child, now))


async def _asked_to_come(tx: Tx, seats: Sequence[Person], child: int, now: int) -> frozenset[int]:
    return frozenset([seat.id for seat in seats if await meetings.coming_of_seat(tx, seat.id, child, now, now)])
