"""The clinic's rota: who is asked first when somebody may be in danger, and who then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.model import Person
from bot.storage import people
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


async def put(tx: Tx, person: int, days: str, from_: str, until: str, place: int = FIRST) -> bool:
    """One more shift. False where there is no such therapist, or they have enough of them."""
    if not await stored.is_therapist(tx, person) or len(await of(tx, person)) >= MOST:
        return False
    await stored.add(tx, person, days, from_, until, place)
    return True


async def clear(tx: Tx, person: int) -> bool:
    """They are not on call any more. False where there is no such therapist."""
    if not await stored.is_therapist(tx, person):
        return False
    await stored.clear(tx, person)
    return True


async def drop(tx: Tx, person: int, shift: int) -> None:
    """One of their own shifts."""
    await stored.drop(tx, person, shift)
