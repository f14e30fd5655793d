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
    stands: frozenset[int]  # the children for whom they have a right
    shared: frozenset[int]  # and of whom they may see what is shared


async def wish(tx: Tx, account: Account, wished_by: int, now: int) -> None:
    """A copy of the own entries, made in the background; ``wished_by`` (a message's id) tells two wishes apart."""
    [first, *_more] = account.caregivers or await accounts.seats(tx, account)
    await jobs.add(tx, KIND, first.id, f"{KIND}:{wished_by}", {}, now)


async def own(tx: Tx, person: int, now: int) -> Own | None:
    """Everything that the account of this seat gave, and what was shared with it; of a seat that rests or has ended
    the own entries alone. None where nobody is left.
    """
    row = await stored.find_person(tx, person)
    chat = None if row is None else row["account_id"] or row["suspended_account"]
    account = None if chat is None else await accounts.with_every_seat(tx, chat)
    if account is None:
        return None
    seats = {one.id for one in account.people}
    stands, shared = await _stands(tx, account, now), await _shared(tx, account, now)
    told = [await _child(tx, child, seats, stands, shared, now) for child in await _children(tx, account)]
    kept = await exporting_oneself.account(tx, account.telegram_id)
    document = {"format": exporting.FORMAT, "exported_at": iso(now), "children": told, **kept}
    [seat] = [one for one in account.people if one.id == person]
    return Own(seat, account.telegram_id, document, stands, shared)


async def _child(tx: Tx, child: int, seats: set[int], stands: frozenset[int], shared: frozenset[int], now: int) -> Json:
    whole = await exporting.one_child(tx, child, now)
    if child not in stands:
        return await _with_seats(tx, exporting_own.alone(whole, seats))
    mine = exporting_own.own(whole, seats)
    return await _with_seats(tx, mine if child in shared else exporting_own.unshared(mine))


async def _children(tx: Tx, account: Account) -> list[int]:
    """Whom they care or cared for."""
    return sorted({child for seat in account.people for child in await stored.children_of(tx, seat.id)})


async def _stands(tx: Tx, account: Account, now: int) -> frozenset[int]:
    return frozenset(child.id for child, _seat in await accounts.children(tx, account, Right.CARE, now))


async def _shared(tx: Tx, account: Account, now: int) -> frozenset[int]:
    return frozenset(child.id for child, _seat in await accounts.children(tx, account, Right.CARE, now, May.SEE))


async def _with_seats(tx: Tx, child: Json) -> Json:
    seats = [one | await exporting_oneself.seat(tx, one["id"], child["id"]) for one in child["caregivers"]]
    return child | {"caregivers": seats}


async def still_own(tx: Tx, own: Own, now: int) -> bool:
    """Whether nothing was erased, and no right ended, since it was read."""
    account = await accounts.with_every_seat(tx, own.chat)
    if account is None:
        return False
    read = {child["id"] for child in own.document["children"]}
    return (
        set(await _children(tx, account)) >= read
        and await _stands(tx, account, now) >= own.stands
        and await _shared(tx, account, now) >= own.shared
    )


async def asked_for_help(tx: Tx, account: Account) -> bool:
    """Whether something stays: that urgent help was asked for is deleted by nobody's tap."""
    seats = await stored.seats_of_account(tx, account.telegram_id)
    return any([await stored.has_alert(tx, one["id"]) for one in seats])


async def delete(tx: Tx, account: Account, listed: Path | None, at: Moment) -> list[Row]:
    """Every entry and seat of a caregiver, for good. Returns the seats as they were, with child_id and child_name.

    Raises `holds.Held`.
    """
    left: list[Any] = [await people.cared(tx, person.id) for person in await accounts.seats(tx, account)]
    await erasing.caregiver(tx, account.telegram_id, listed, at)
    return [row for row in left if row is not None]
