"""On a journey: every hour by another clock until a date, and by that of home again from the day after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.domain import schedule, waking, zones
from bot.model import Account
from bot.storage import people
from bot.storage import seats as stored
from bot.storage.database import Row, Tx

LONGEST = 180  # days
MOST = 500
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """``home`` and ``there`` are zones, ``until`` the last local date there."""

    home: str
    there: str
    until: date


@dataclass(frozen=True, slots=True)
class AtHome:
    """``row`` is one of `storage.seats.at_home`. ``stale_at`` (ms): their quiet hours begin."""

    row: Row
    stale_at: int


def today_in(zone: str, now: int) -> date:
    return date.fromisoformat(schedule.local_now(now, zone)[0])


async def go(tx: Tx, account: Account, there: str, until: date, now: int) -> Away | None:
    """None where no such zone is known, or the date is over or too far away."""
    if not zones.known(there):
        return None
    today = today_in(there, now)
    if not today <= until <= today + LONGEST * _DAY:
        return None
    back_at = to_ms(datetime.combine(until + _DAY, time.min, ZoneInfo(there)))
    for person in account.people:
        await stored.travel_to(tx, person.id, person.timezone, until.isoformat(), back_at)
        await _live_by(tx, person.id, there, now)
    return await current(tx, account)


async def current(tx: Tx, account: Account) -> Away | None:
    """The journey that this account is on."""
    return await current_of(tx, account.telegram_id)


async def current_of(tx: Tx, telegram_id: int) -> Away | None:
    rows = await stored.travels(tx, telegram_id)
    return Away(rows[0]["timezone"], rows[0]["away"], date.fromisoformat(rows[0]["until_date"])) if rows else None


async def end(tx: Tx, account: Account, now: int) -> None:
    """At home again, earlier than thought."""
    for row in await stored.travels(tx, account.telegram_id):
        await _come_home(tx, row, now)


async def stay(tx: Tx, account: Account) -> None:
    """The clock of now is that of home: no other comes back."""
    for row in await stored.travels(tx, account.telegram_id):
        await stored.come_home(tx, row["person_id"])


async def come_home(tx: Tx, now: int) -> int:
    """Whose journey is over lives by the clock of home again. Returns how many: `MOST` where more may be waiting."""
    rows = await stored.back(tx, now, MOST)
    for row in rows:
        await _come_home(tx, row, now)
        found = await people.seat(tx, row["person_id"])
        if found is not None:
            await stored.tell_home(tx, row["person_id"], waking.awake(waking.of_person(found), now))
    return len(rows)


async def at_home(tx: Tx, now: int) -> list[AtHome]:
    """Whose journey ended by itself and who is to be told now: each chat once, outside its quiet hours."""
    found: dict[int, AtHome] = {}
    for row in await stored.at_home(tx, now, MOST):
        hours = waking.of_caregiver(row)
        if not row["unreachable"] and not hours.reached(now):
            await stored.tell_home(tx, row["id"], waking.awake(hours, now))
            continue
        await stored.tell_home(tx, row["id"], None)
        if not row["unreachable"] and await current_of(tx, row["account_id"]) is None:
            found.setdefault(row["account_id"], AtHome(row, waking.asleep(hours, now)))
    return list(found.values())


async def _come_home(tx: Tx, row: Row, now: int) -> None:
    await stored.come_home(tx, row["person_id"])
    await _live_by(tx, row["person_id"], row["timezone"], now)


async def _live_by(tx: Tx, person: int, timezone: str, now: int) -> None:
    await stored.set_zone(tx, person, timezone)
    await schedule.rezone(tx, person, timezone, now)
