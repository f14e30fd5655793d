"""A therapist goes on leave, and a colleague stands in: sees the cases, gets digests, news and alarms, and no longer
than the leave. Visits and rights stay with whose case it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms, to_ms
from bot.domain import auditing, handing_over, occurrences
from bot.domain.auditing import What
from bot.model import Kind, Person
from bot.storage import absences, people, rights
from bot.storage.database import Row, Tx
from bot.storage.rights import Part

MOST = 4  # planned at a time
LONGEST = 366  # days


@dataclass(frozen=True, slots=True)
class Leave:
    """``first`` and ``last`` are local days of the one who is away. ``stays``: families of which the other is one."""

    id: int
    first: date
    last: date
    stand_in: str
    runs: bool
    stays: int


@dataclass(frozen=True, slots=True)
class Begun:
    """Whom to tell: who stands in for ``away`` until ``until`` (ms), and of each case the caregivers with a chat."""

    to: Person
    away: Person
    until: int
    cases: tuple[tuple[int, str, tuple[Person, ...]], ...]


def today_of(me: Person, now: int) -> date:
    return from_ms(now).astimezone(ZoneInfo(me.timezone)).date()


def _begin_of(day: date, me: Person) -> int:
    at = occurrences.due_instant(day, "00:00", ZoneInfo(me.timezone))
    assert at is not None  # noqa: S101 - every day begins
    return to_ms(at)


def last_day(until: int, timezone: str) -> date:
    """Of a leave that ends at that moment."""
    return from_ms(until - 1).astimezone(ZoneInfo(timezone)).date()


async def of(tx: Tx, me: Person, now: int) -> list[Leave]:
    """Those that are not over, the next first."""
    return [_leave(row, me, now) for row in await absences.of(tx, me.id, now)]


def _leave(row: Row, me: Person, now: int, number: str = "id") -> Leave:
    first = from_ms(row["from_at"]).astimezone(ZoneInfo(me.timezone)).date()
    last = last_day(row["until_at"], me.timezone)
    return Leave(row[number], first, last, row["stand_in_name"], row["from_at"] <= now, row["stays"])


async def free(tx: Tx, me: Person, first: date, last: date, now: int) -> list[Person]:
    """The colleagues who are here in that time. Empty where those days cannot be taken."""
    if not possible(me, first, last, now):
        return []
    away = await absences.away_between(tx, _begin_of(first, me), _begin_of(last + timedelta(days=1), me))
    if me.id in away or len(await absences.of(tx, me.id, now)) >= MOST:
        return []
    return [one for one in await handing_over.colleagues(tx, me.id) if one.id not in away]


def possible(me: Person, first: date, last: date, now: int) -> bool:
    """From today on, within a year, and for a year at most."""
    today = today_of(me, now)
    return today <= first <= today + timedelta(days=LONGEST) and first <= last < first + timedelta(days=LONGEST)


async def plan(tx: Tx, me: Person, first: date, last: date, other: int, now: int) -> bool:
    """False where the days cannot be taken, or the other is not here then."""
    if other not in {one.id for one in await free(tx, me, first, last, now)}:
        return False
    begins, ends = _begin_of(first, me), _begin_of(last + timedelta(days=1), me)
    await absences.add(tx, me.id, other, max(begins, now), ends)
    return True


async def end(tx: Tx, me: Person, number: int, now: int) -> None:
    """Back earlier, or it does not take place: from this moment on nobody stands in."""
    for one in await absences.of(tx, me.id, now):
        if one["id"] == number:
            if one["from_at"] <= now:
                await handing_over.release(tx, auditing.of(me.kind, me.id), me.id, None, now)
            await absences.drop(tx, me.id, number)


async def begin(tx: Tx, now: int) -> list[Begun]:
    """Give who stands in the cases of those who are on leave now; also one that came to them since."""
    await absences.over(tx, now)
    begun = [await _begin(tx, one, now) for one in await absences.running(tx, now)]
    return [one for one in begun if one is not None]


async def _begin(tx: Tx, absence: int, now: int) -> Begun | None:
    rows = await absences.begins(tx, absence, now)
    for row in rows:
        await rights.give(tx, row["id"], row["child_id"], Part.STAND_IN, now, row["until_at"])
        by = auditing.of(Kind.THERAPIST, row["away_id"])
        await auditing.note(tx, by, What.RIGHT_GIVEN, now, child=row["child_id"], person=row["id"])
    return await _begun(tx, rows, now) if rows else None


async def _begun(tx: Tx, rows: Sequence[Row], now: int) -> Begun:
    away = await people.seat(tx, rows[0]["away_id"])
    assert away is not None  # noqa: S101 - a leave goes with its seat
    cases = []
    for row in rows:
        carers = tuple(people.to_person(one) for one in await rights.carers(tx, row["child_id"], now))
        cases.append((int(row["child_id"]), str(row["child_name"]), carers))
    return Begun(people.to_person(rows[0]), away, rows[0]["until_at"], tuple(cases))


async def for_whom(tx: Tx, therapist: int, now: int) -> list[tuple[Person, Leave]]:
    """Who is on leave, now or later, while this one stands in."""
    found = [(people.to_person(row), row) for row in await absences.for_whom(tx, therapist, now)]
    return [(away, _leave(row, away, now, "absence_id")) for away, row in found]


async def is_away(tx: Tx, therapist: int, now: int) -> bool:
    return await absences.is_away(tx, therapist, now)
