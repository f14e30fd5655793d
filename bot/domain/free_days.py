"""When a family is left alone, as it sets it: weekend, holidays, the month of fasting, school breaks.

All of it is of the account, for every child that it cares for. A holiday plans nothing anew: its moment comes, and is
let pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import feasts, holding, resting, schedule, settings, weekends
from bot.domain.feasts import Span
from bot.domain.settings import Changed
from bot.model import Account, Person
from bot.storage import people, rests, schedules
from bot.storage.database import Row, Tx

LONGEST_BREAK = 120  # days
AHEAD = timedelta(days=366)  # in which a break may begin
SHIFTS = (1, -1)  # days by which the month of fasting may be moved at a time
MOST = 12  # free times in a row, after which nobody looks for the next question any more


@dataclass(frozen=True, slots=True)
class Free:
    """``known``: every feast there is, whether it is kept, and its next days; ``month`` is the next one of fasting."""

    weekend: str
    known: tuple[tuple[str, bool, Span], ...]
    fast: feasts.Fast | None
    month: Span | None
    breaks: tuple[Span, ...]
    family: bool

    def kept(self) -> list[tuple[str, Span]]:
        """The feasts that were chosen, the next one first."""
        return sorted(((key, days) for key, on, days in self.known if on), key=lambda one: one[1])


async def of_account(tx: Tx, account: Account, now: int) -> Free:
    me = settings.first_seat(account)
    today = resting.today_of(me, now)
    known = [(key, key in me.feasts.split(), feasts.coming(key, today)) for key in feasts.load().feasts]
    rows = await rests.breaks(tx, account.telegram_id, today.isoformat())
    return Free(
        weekend=weekends.days_off(me.weekend, me.timezone),
        known=tuple((key, on, days) for key, on, days in known if days is not None),
        fast=feasts.read_fast(me.fast),
        month=feasts.month(me.fast, today),
        breaks=tuple(_span(row) for row in rows),
        family=bool(account.caregivers),
    )


def _span(row: Row) -> Span:
    return date.fromisoformat(row["from_date"]), date.fromisoformat(row["until_date"])


async def set_feast(tx: Tx, account: Account, key: str) -> bool:
    """Turned: kept, or not any more. False where there is no such feast."""
    chosen = feasts.toggled(settings.first_seat(account).feasts, key)
    if chosen is not None:
        await people.set_feasts(tx, account.telegram_id, chosen)
    return chosen is not None


async def set_fast(tx: Tx, account: Account, hour: str, now: int) -> None:
    """One question, and none before that local HH:MM; "": nobody fasts. Dates of the family's own stay."""
    kept = feasts.read_fast(settings.first_seat(account).fast)
    own = None if kept is None else kept.own
    await _fast(tx, account, feasts.Fast(hour, own).stored() if hour else "", now)


async def move_fast(tx: Tx, account: Account, days: int, now: int) -> None:
    """The moon was seen on another day."""
    me = settings.first_seat(account)
    await _fast(tx, account, feasts.moved(me.fast, resting.today_of(me, now), days), now)


async def _fast(tx: Tx, account: Account, stored: str, now: int) -> None:
    await people.set_fast(tx, account.telegram_id, stored)
    await settings.replan(tx, account, now)


async def only_working_days(tx: Tx, account: Account, now: int) -> None:
    """Every plan of the family's own, whatever its free days are and will be."""
    for person in account.caregivers:
        for plan in await schedule.of_person(tx, person.id):
            await schedule.change(tx, plan["id"], days=weekends.WORK, now=now)


async def add_break(tx: Tx, account: Account, days: Span, now: int) -> bool:
    """False where it is over, ends before it begins, is too long or too far away."""
    if not account.caregivers:
        return False
    (first, last), today = days, resting.today_of(account.caregivers[0], now)
    if not (today <= last and first <= last < first + timedelta(days=LONGEST_BREAK) and first <= today + AHEAD):
        return False
    await drop_break(tx, account, days, now)
    for person in account.caregivers:
        await rests.add_break(tx, person.id, first.isoformat(), last.isoformat(), now)
    return True


async def drop_break(tx: Tx, account: Account, days: Span, now: int) -> None:
    first, last = days
    await rests.drop_break(tx, account.telegram_id, first.isoformat(), last.isoformat(), now)


async def next_asked(tx: Tx, account: Account, now: int) -> Changed:
    """The next moment at which this family is asked anything at all."""
    found = [
        Changed(at, person.timezone)
        for person in account.caregivers
        for plan in await schedule.of_person(tx, person.id)
        if (at := await _asked(tx, person, plan, now)) is not None
    ]
    return min(found, key=lambda one: one.at or 0, default=Changed(None, settings.first_seat(account).timezone))


async def _asked(tx: Tx, person: Person, plan: Row, now: int) -> int | None:
    """The first of its moments on a day that is not free, where not enough was asked; None where none is near."""
    begin = date.min
    free = [_span(row) for row in await rests.free(tx, person.id, resting.today_of(person, now).isoformat())]
    for _ in range(MOST):
        coming = await schedule.coming(tx, plan["id"], now, 1, begin)
        if not coming:
            return None
        day = _day(coming[0], person)
        last = max((until for since, until in free if since <= day <= until), default=None)
        if last is None and not feasts.on(day, person.feasts) and not await _enough(tx, person, plan, day, now):
            return coming[0]
        begin = (last or day) + timedelta(days=1)
    return None


def _day(moment: int, person: Person) -> date:
    return from_ms(moment).astimezone(ZoneInfo(person.timezone)).date()


async def _enough(tx: Tx, person: Person, plan: Row, day: date, now: int) -> bool:
    """As `holding.back` will have it on that day: what was asked, and what the daily question makes way for."""
    if plan["follows_key"]:
        return False
    known = await schedules.asked_on(tx, person.id, day.isoformat())
    for other in await schedule.of_person(tx, person.id) if plan["template"] == holding.YIELDS else ():
        if other["template"] != holding.YIELDS and not other["follows_key"]:
            coming = await schedule.coming(tx, other["id"], now, 1, day)
            known += bool(coming) and _day(coming[0], person) == day
    return known >= (await settings.a_day(tx, person.id)).most
