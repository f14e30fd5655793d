"""Charts and reports: who may have one, of which child and days, and what it is made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import exporting, leaving, meetings, report_facts
from bot.domain.digest_period import local_date
from bot.domain.report_facts import Facts
from bot.domain.report_span import Span
from bot.model import Account, Json, Kind, May, Person, Right
from bot.storage import jobs, people, reporting
from bot.storage.database import Row, Tx

CHART, REPORT = "chart", "report"
CHART_DAYS = 84
VISIT, ALL = "visit", "all"
DAYS = {"4": 28, "12": 84}  # today is the last one
PERIODS = (VISIT, *DAYS, ALL)
"""What can be asked for: since the last visit (where there was one), so many weeks, everything there is."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is to have it. ``therapist`` is False for a caregiver, who gets the own entries alone."""

    person: int
    chat: int
    name: str
    language: str
    address: str
    timezone: str
    therapist: bool
    sees: bool = True  # what is shared of the child


@dataclass(frozen=True, slots=True)
class Material:
    reader: Reader
    facts: Facts
    child: Json  # as it is exported
    until: int  # the moment (ms) up to which data are read


async def treated(tx: Tx, therapist: int, now: int) -> list[Row]:
    """Rows of (id, name, gender): the children of whom a therapist may have a report."""
    return await reporting.treated(tx, therapist, now)


async def wish(tx: Tx, kind: str, person: int, child: int, period: str, wished_by: str, now: int) -> None:
    """One of these, made in the background; ``wished_by`` (a message's id) tells two wishes apart."""
    payload = {"child": child, "period": period}
    await jobs.add(tx, kind, person, f"{kind}:{wished_by}", payload, now)


async def periods(tx: Tx, person: int, child: int, now: int, *, therapist: bool) -> tuple[str, ...]:
    """Those that can be asked for of that child."""
    visit = await _last_visit(tx, person, child, now, therapist=therapist)
    return PERIODS if visit is not None else PERIODS[1:]


async def _last_visit(tx: Tx, person: int, child: int, now: int, *, therapist: bool) -> int | None:
    last = meetings.last_of if therapist else meetings.last_of_seat
    return await last(tx, person, child, now)


async def own_children(tx: Tx, account: Account, now: int) -> list[tuple[int, str, int]]:
    """(child, its name, the seat) of a caregiver."""
    found = await people.children_of(tx, account.telegram_id, Right.CARE, now)
    return [(child.id, child.name, seat) for child, seat in found]


async def material(tx: Tx, person: int, child: int, period: str, now: int) -> Material | None:
    """None where that person may not have it, or no longer."""
    seat = await people.seat(tx, person)
    if seat is None or seat.telegram_id is None:
        return None
    if seat.kind is Kind.THERAPIST:
        if child not in {row["id"] for row in await reporting.treated(tx, person, now)}:
            return None
        document: Json | None = await exporting.one_child(tx, child, now)
        sees = True
    else:
        own = await leaving.own(tx, person, now)
        document = next((one for one in own.document["children"] if one["id"] == child), None) if own else None
        sees = own is not None and child in own.shared
    if document is None:
        return None
    reader = replace(_reader(seat, seat.telegram_id), sees=sees)
    visit = await _last_visit(tx, person, child, now, therapist=reader.therapist) if period == VISIT else None
    return _put_together(reader, document, _begins(period, visit, reader.timezone, document, now), now)


def _reader(seat: Person, chat: int) -> Reader:
    therapist = seat.kind is Kind.THERAPIST
    return Reader(seat.id, chat, seat.name, seat.language, seat.address, seat.timezone, therapist)


def _begins(period: str, visit: int | None, timezone: str, document: Json, now: int) -> date:
    """The day of the visit counts: what was said that evening was not yet talked about. One called off since: weeks."""
    today = local_date(now, timezone)
    if period == ALL:
        return min(_first(document, today), today)
    if visit is not None:
        return local_date(visit, timezone)
    return today - timedelta(days=DAYS.get(period, DAYS["4"]) - 1)


def _put_together(reader: Reader, document: Json, first: date, now: int) -> Material:
    today = local_date(now, reader.timezone)
    facts = report_facts.of(document, Span(first, today, reader.timezone), now)
    return Material(reader, facts, document, now)


def _first(document: Json, otherwise: date) -> date:
    dates = [one["local_date"] for one in document["checkins"]] + [one["recorded_at"][:10] for one in document["notes"]]
    return date.fromisoformat(min(dates)) if dates else otherwise


async def still_allowed(tx: Tx, made: Material, now: int) -> bool:
    """Whether the right, and the child, are there as when it was read."""
    if made.reader.therapist:
        return made.facts.child in {row["id"] for row in await reporting.treated(tx, made.reader.person, now)}
    what = May.SEE if made.reader.sees else May.CARE
    found = await people.children_of(tx, made.reader.chat, Right.CARE, now, what)
    return made.facts.child in {child.id for child, _seat in found}
