"""What a caregiver may take along and may delete: their own entries, nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain import accounts, erasing, exporting, exporting_goals, exporting_oneself
from bot.domain.erasing import Moment
from bot.domain.iso import iso
from bot.model import Account, Json, May, Person, Right
from bot.storage import erasing as stored
from bot.storage import jobs, people
from bot.storage.database import Row, Tx

KIND = "export"
_OF_THE_CHILD = ("id", "name", "birth_month", "therapists", "coping_cards")
_SHARED = {"practice": ("logs", "bookings"), "behaviour": ("events", "counts")}  # by their therapist; in them the own


@dataclass(frozen=True, slots=True)
class Own:
    """``document`` has the shape of an export ("homenotes/1"), with the own entries alone, and what only they get."""

    person: Person
    chat: int
    document: Json
    shared: frozenset[int]  # the children of whom they may see what is shared


async def wish(tx: Tx, account: Account, wished_by: int, now: int) -> None:
    """A copy of the own entries, made in the background; ``wished_by`` (a message's id) tells two wishes apart."""
    await jobs.add(tx, KIND, account.caregivers[0].id, f"{KIND}:{wished_by}", {}, now)


async def own(tx: Tx, person: int, now: int) -> Own | None:
    """Everything that the account of this seat gave, and what was shared with it. None where the seat has ended."""
    seat = await people.seat(tx, person)
    account = None if seat is None or seat.telegram_id is None else await accounts.load(tx, seat.telegram_id)
    if seat is None or account is None:
        return None
    seats = {one.id for one in account.caregivers}
    children = {child.id: None for child, _seat in await accounts.children(tx, account, Right.CARE, now)}
    shared = await _shared(tx, account, now)
    told = [_own(await exporting.one_child(tx, child, now), seats) for child in children]
    told = [await _with_seats(tx, one if one["id"] in shared else _unshared(one)) for one in told]
    kept = await exporting_oneself.account(tx, account.telegram_id)
    document = {"format": exporting.FORMAT, "exported_at": iso(now), "children": told, **kept}
    return Own(seat, account.telegram_id, document, shared)


async def _shared(tx: Tx, account: Account, now: int) -> frozenset[int]:
    return frozenset(child.id for child, _seat in await accounts.children(tx, account, Right.CARE, now, May.SEE))


async def _with_seats(tx: Tx, child: Json) -> Json:
    seats = [one | await exporting_oneself.seat(tx, one["id"], child["id"]) for one in child["caregivers"]]
    return child | {"caregivers": seats}


def _own(child: Json, seats: set[int]) -> Json:
    """Only what is known to be theirs: of the rest of a child's document, whatever it will hold, they get nothing."""
    own = {key: value if key in _OF_THE_CHILD else _by(key, value, seats) for key, value in child.items()}
    own["caregivers"] = [{**one, "rights": [_unpapered(right) for right in one["rights"]]} for one in own["caregivers"]]
    return {**own, "meetings": _asked_to(child["meetings"], seats)}


def _unpapered(right: Json) -> Json:
    """On what paper it rests is for the clinic alone."""
    return {key: value for key, value in right.items() if key != "document"}


def _unshared(own: Json) -> Json:
    """Their own entries, each with what it answered; nothing that was shared beside."""
    practice = [{**one, "how": {"text": "", "media": None}, "tips": []} for one in _told(own, "practice")]
    return {
        **own,
        "goals": exporting_goals.answered(own["goals"]),
        "practice": practice,
        "behaviour": _told(own, "behaviour"),
        "coping_cards": [],
    }


def _told(own: Json, section: str) -> list[Json]:
    return [one for one in own[section] if any(one[key] for key in _SHARED[section])]


def _asked_to(meetings: Sequence[Json], seats: set[int]) -> list[Json]:
    """The visits that they were told of, without who else was."""
    own = [{**one, "caregivers": [seat for seat in one["caregivers"] if seat["told"]]} for one in meetings]
    own = [{**one, "caregivers": _by("meetings", one["caregivers"], seats)} for one in own]
    return [one for one in own if one["caregivers"]]


def _by(section: str, entries: Sequence[Json], seats: set[int]) -> list[Json]:
    if section == "goals":
        return exporting_goals.own(entries, seats)
    if section in _SHARED:
        own = [one | {key: _by(key, one[key], seats) for key in _SHARED[section]} for one in entries]
        # what no therapist gave stands there for its entries alone: without own ones it would tell of another's
        return [one for one in own if one["id"] is not None or any(one[key] for key in _SHARED[section])]
    field = "id" if section == "caregivers" else "caregiver_id"
    # what still waits to be sent was not shared yet
    return [one for one in entries if one.get(field) in seats and (section != "messages" or one["sent_at"] is not None)]


async def still_own(tx: Tx, own: Own, now: int) -> bool:
    """Whether nothing was erased, and no right ended, since it was read."""
    account = await accounts.load(tx, own.chat)
    if account is None:
        return False
    children = {child.id for child, _seat in await accounts.children(tx, account, Right.CARE, now)}
    read = {child["id"] for child in own.document["children"]}
    return children >= read and await _shared(tx, account, now) >= own.shared


async def asked_for_help(tx: Tx, account: Account) -> bool:
    """Whether something stays: that urgent help was asked for is deleted by nobody's tap."""
    seats = await stored.seats_of_account(tx, account.telegram_id)
    return any([await stored.has_alert(tx, one["id"]) for one in seats])


async def delete(tx: Tx, account: Account, listed: Path | None, at: Moment) -> list[Row]:
    """Every entry and seat of a caregiver, for good. Returns the seats as they were, with child_id and child_name.

    Raises `holds.Held`.
    """
    left: list[Any] = [await people.seated(tx, person.id) for person in account.caregivers]
    await erasing.caregiver(tx, account.telegram_id, listed, at)
    return [row for row in left if row is not None]
