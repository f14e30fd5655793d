"""A pause, a busy week, an illness: asked less or nothing until a date, and nothing counts as unanswered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import schedule
from bot.model import Account, Person
from bot.storage import rests
from bot.storage.database import Tx

LONGEST = 366  # days


class Rest(StrEnum):
    """What a caregiver may take. In a busy time one question is asked, in the others none."""

    PAUSE = "pause"
    BUSY = "busy"
    ILL = "ill"


@dataclass(frozen=True, slots=True)
class Taken:
    """``until``: the last local date of it."""

    kind: Rest
    until: date


def today_of(person: Person, now: int) -> date:
    return date.fromisoformat(schedule.local_now(now, person.timezone)[0])


async def take(tx: Tx, account: Account, kind: Rest, until: date, now: int) -> Taken | None:
    """For every child that this account cares for, from today on. None where the date is over, or a year away."""
    today = today_of(account.people[0], now)
    if not account.caregivers or not today <= until <= today + timedelta(days=LONGEST):
        return None
    for person in account.caregivers:
        await rests.begin(tx, person.id, kind.value, today_of(person, now).isoformat(), until.isoformat(), now)
    return Taken(kind, until)


async def end(tx: Tx, account: Account, now: int) -> None:
    for person in account.caregivers:
        await rests.end(tx, person.id, now)


async def current(tx: Tx, account: Account, now: int) -> Taken | None:
    """What this account has taken and is not over."""
    for person in account.caregivers:
        row = await rests.current(tx, person.id, today_of(person, now).isoformat())
        if row is not None:
            return Taken(Rest(row["kind"]), date.fromisoformat(row["until_date"]))
    return None
