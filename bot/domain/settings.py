"""What people choose for themselves: hour, days, zone, language, rest. Only ever for their own seats."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.domain import accounts, auditing, families, occurrences, schedule
from bot.domain import consents as agreements
from bot.model import Account, Kind, Person, Purpose
from bot.storage import consents, erasures, notices, people, schedules, seats
from bot.storage.database import Row, Tx

AMOUNTS = {"all": occurrences.WEEK, "five": "01234", "three": "024", "two": "14", "one": "2"}
"""How often in a week, by the key that a button carries."""
PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Changed:
    """``at`` is the next moment in milliseconds, None where there is none to come."""

    at: int | None
    timezone: str


async def own_plan(tx: Tx, account: Account, schedule_id: int) -> Row | None:
    """A schedule of one of this account's seats."""
    row = await schedules.one(tx, schedule_id)
    seats = {person.id for person in account.people}
    return row if row is not None and row["person_id"] in seats and row["ended_at"] is None else None


async def set_hour(tx: Tx, account: Account, schedule_id: int, time: str, now: int) -> Changed | None:
    row = await own_plan(tx, account, schedule_id)
    if row is None:
        return None
    return Changed(await schedule.change(tx, schedule_id, time=time, now=now), row["timezone"])


async def set_days(tx: Tx, account: Account, schedule_id: int, days: str, now: int) -> Changed | None:
    row = await own_plan(tx, account, schedule_id)
    if row is None:
        return None
    return Changed(await by_family(tx, row, days, now), row["timezone"])


async def by_family(tx: Tx, plan: Row, days: str, now: int) -> int | None:
    """Other days by a caregiver's own wish: what the therapist planned is kept, so that they may return to it."""
    planned = plan["planned_days"] or plan["days"]
    if plan["child_id"] is not None:
        await schedules.keep_planned(tx, plan["id"], "" if days == planned else planned)
    return await schedule.change(tx, plan["id"], days=days, now=now)


async def set_amount(tx: Tx, account: Account, schedule_id: int, key: str, now: int) -> Changed | None:
    """How often in a week, by a key of `AMOUNTS`, or as it was planned. None where that is not offered to them."""
    row = await own_plan(tx, account, schedule_id)
    days = "" if row is None else row["planned_days"] if key == PLANNED else AMOUNTS.get(key, "")
    if row is None or row["child_id"] is None or not days:
        return None
    return Changed(await by_family(tx, row, days, now), row["timezone"])


@dataclass(frozen=True, slots=True)
class ADay:
    """Questions a day about one child: as ``planned``, and how many are enough (``most``, never more)."""

    planned: int
    most: int


async def a_day(tx: Tx, person: int) -> ADay:
    planned, _ = await seats.caps(tx, person)
    wished = await seats.wished(tx, person)
    return ADay(planned, planned if wished is None else min(planned, wished))


async def set_a_day(tx: Tx, account: Account, schedule_id: int, most: int) -> bool:
    """So many questions a day are enough, about the child of that plan. False where it is not offered to them."""
    row = await own_plan(tx, account, schedule_id)
    planned = 0 if row is None or row["child_id"] is None else (await a_day(tx, row["person_id"])).planned
    if row is None or not 1 <= most <= planned:
        return False
    await seats.wish(tx, row["person_id"], None if most == planned else most)
    return True


async def stop(tx: Tx, account: Account, now: int) -> None:
    """No messages any more; everything is kept, /start returns."""
    await people.stop(tx, account.telegram_id, now)


async def resume(tx: Tx, account: Account, now: int) -> None:
    """Messages again; what fell due meanwhile is not sent after the fact."""
    await people.stop(tx, account.telegram_id, None)
    await replan(tx, account, now)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of one of this account's seats: a schedule's row, and the child's nickname ("" for a digest)."""

    row: Row
    child: str


async def plans(tx: Tx, account: Account) -> list[Plan]:
    found = []
    for person in account.people:
        child = await people.child_name(tx, person.id)
        found += [Plan(row, child) for row in await schedule.of_person(tx, person.id)]
    return found


async def set_language(tx: Tx, account: Account, language: str) -> None:
    await people.set_language(tx, account.telegram_id, language)


async def set_timezone(tx: Tx, account: Account, timezone: str, now: int) -> None:
    """Every hour of this account counts by that clock from now on."""
    await people.set_timezone(tx, account.telegram_id, timezone)
    for person in account.people:
        await schedule.rezone(tx, person.id, timezone, now)


async def set_quiet(tx: Tx, account: Account, quiet_from: str, quiet_until: str) -> None:
    """Of this account's caregivers; a therapist who is none has working hours instead."""
    await people.set_quiet(tx, account.telegram_id, Kind.CAREGIVER.value, quiet_from, quiet_until)


def first_seat(account: Account) -> Person:
    """The one that speaks for all where a choice is the account's: a caregiver's where there is one."""
    return (account.caregivers or account.people)[0]


async def set_hours(tx: Tx, account: Account, begin: str, end: str, now: int) -> None:
    """A therapist's working hours, local HH:MM: outside them nothing but safety comes."""
    await people.set_quiet(tx, account.telegram_id, Kind.THERAPIST.value, end, begin)
    await notices.look_again(tx, account.telegram_id, now)


async def set_weekend(tx: Tx, account: Account, days: str, now: int) -> None:
    """The days that are free; "": as in the country. Plans for working days are planned anew."""
    await people.set_weekend(tx, account.telegram_id, days)
    await notices.look_again(tx, account.telegram_id, now)
    await replan(tx, account, now)


async def replan(tx: Tx, account: Account, now: int) -> None:
    """Something that decides on days or hours has changed."""
    for person in account.people:
        for plan in await schedules.of_person(tx, person.id):
            await schedule.change(tx, plan["id"], now=now)


async def withdraw(tx: Tx, account: Account, version: str, now: int, listed: Path | None = None) -> list[Row]:
    """Take the yes back: kept with its date, access and messages end, what was said stays with the therapist.

    Returns the caregiver's seats as they were, with child_id and child_name. ``listed``: where it stands for backups.
    """
    left, taken = [], await agreements.entries(tx, account, erasures.NO, Purpose.CARE, now)
    for person in await accounts.seats(tx, account):
        row = await people.seated(tx, person.id)
        if row is not None:
            await consents.add(tx, person.id, Purpose.CARE.value, version, person.language, now, given=False)
            by = auditing.of(Kind.CAREGIVER, person.id)
            await families.leave(tx, person.id, row["child_id"], now, by=by)
            left.append(row)
    await agreements.enlist(listed, taken, now)
    return left
