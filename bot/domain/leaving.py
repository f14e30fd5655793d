"""What a caregiver may take along and may delete: their own entries, nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain import accounts, erasing, exporting, exporting_oneself, exporting_own
from bot.domain.erasing import Moment
from bot.domain.iso import iso
from bot.model import Account, Json, May, Person, Right
from bot.storage import erasing as stored
from bot.storage import jobs, people
from bot.storage.database import Row, Tx

KIND = "export"


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
    told = [exporting_own.own(await exporting.one_child(tx, child, now), seats) for child in children]
    told = [await _with_seats(tx, one if one["id"] in shared else exporting_own.unshared(one)) for one in told]
    kept = await exporting_oneself.account(tx, account.telegram_id)
    document = {"format": exporting.FORMAT, "exported_at": iso(now), "children": told, **kept}
    return Own(seat, account.telegram_id, document, shared)


async def _shared(tx: Tx, account: Account, now: int) -> frozenset[int]:
    return frozenset(child.id for child, _seat in await accounts.children(tx, account, Right.CARE, now, May.SEE))


async def _with_seats(tx: Tx, child: Json) -> Json:
    seats = [one | await exporting_oneself.seat(tx, one["id"], child["id"]) for one in child["caregivers"]]
    return child | {"caregivers": seats}


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
