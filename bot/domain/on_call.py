"""The clinic's rota: who is asked first when somebody may be in danger, and who then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import auditing
from bot.domain.auditing import Actor, What
from bot.model import Kind, Person
from bot.storage import kin, people, rights, staff
from bot.storage import rota as stored
from bot.storage.database import Row, Tx

EVERY_DAY = "0123456"
FIRST = 1
MOST = 9  # places, and shifts of one person


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours local to that person; ``until`` not after ``from_`` ends on the next day."""

    id: int
    person: Person
    days: str
    from_: str
    until: str
    place: int

    def covers(self, at: int) -> bool:
        local = from_ms(at).astimezone(ZoneInfo(self.person.timezone))
        time, today = local.strftime("%H:%M"), str(local.weekday())
        if self.from_ < self.until:
            return today in self.days and self.from_ <= time < self.until
        yesterday = str((local - timedelta(days=1)).weekday())
        return (today in self.days and time >= self.from_) or (yesterday in self.days and time < self.until)


async def everyone(tx: Tx) -> list[Shift]:
    """In the order of the rota."""
    return [_shift(row) for row in await stored.everyone(tx)]


def _shift(row: Row) -> Shift:
    found = people.to_person(row)
    return Shift(row["shift"], found, row["days"], row["from_time"], row["until_time"], row["place"])


async def of(tx: Tx, person: int) -> list[Shift]:
    return [one for one in await everyone(tx) if one.person.id == person]


def now_on(shifts: list[Shift], at: int) -> list[Person]:
    """Each once, who is asked first in front."""
    return list({one.person.id: one.person for one in shifts if one.covers(at)}.values())


async def able(tx: Tx, on: list[Person], child: int) -> list[Person]:
    """Who of them may hear of that child: nobody of its family."""
    family = await kin.accounts(tx, child) if on else frozenset()
    return [one for one in on if one.telegram_id not in family]


@dataclass(frozen=True, slots=True)
class Hours:
    """Days (Monday is 0) and local HH:MM; ``place`` 1 is told first."""

    days: str
    from_: str
    until: str
    place: int = FIRST


async def put(tx: Tx, by: Actor, person: int, hours: Hours, now: int) -> bool:
    """One more shift. False where there is no such therapist, or they have enough of them."""
    if not await stored.is_therapist(tx, person) or len(await of(tx, person)) >= MOST:
        return False
    await stored.add(tx, person, hours.days, hours.from_, hours.until, hours.place)
    await _note(tx, by, person, now)
    return True


async def _note(tx: Tx, by: Actor, person: int | None, now: int) -> None:
    await auditing.note(tx, by, What.ROTA_CHANGED, now, person=person)


async def clear(tx: Tx, person: int, now: int) -> bool:
    """They are not on call any more. False where there is no such therapist."""
    if not await stored.is_therapist(tx, person):
        return False
    await stored.clear(tx, person)
    await _note(tx, auditing.CLINIC, person, now)
    return True


async def drop(tx: Tx, person: int, shift: int, now: int) -> None:
    """One of their own shifts."""
    await stored.drop(tx, person, shift)
    await _note(tx, auditing.of(Kind.THERAPIST, person), person, now)


async def is_admin(tx: Tx, person: int) -> bool:
    return any(row["id"] == person for row in await staff.admins(tx))


async def put_for(tx: Tx, admin: int, person: int, hours: Hours, now: int) -> bool:
    """By an admin, for a therapist. False where they are none, or it cannot be."""
    by = auditing.of(Kind.THERAPIST, admin)
    return await is_admin(tx, admin) and await put(tx, by, person, hours, now)


async def drop_any(tx: Tx, admin: int, shift: int, now: int) -> Shift | None:
    """By an admin; the shift as it was. None where they are none, or there is no such shift."""
    found = next((one for one in await everyone(tx) if one.id == shift), None)
    if found is None or not await stored.drop_any(tx, admin, shift):
        return None
    await _note(tx, auditing.of(Kind.THERAPIST, admin), found.person.id, now)
    return found


async def therapists(tx: Tx, admin: int) -> list[Person]:
    """Whom an admin may put on the rota: everybody with a chat, themselves too. Empty for anybody else."""
    if not await is_admin(tx, admin):
        return []
    mine = await people.seat(tx, admin)
    others = [people.to_person(row) for row in await rights.colleagues(tx, admin)]
    return others if mine is None else [mine, *others]
