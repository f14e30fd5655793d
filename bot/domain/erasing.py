"""Erasing a child, or a caregiver with all of their own entries. Whoever was erased stands in the list of the erased
before the transaction ends, so that no backup brings them back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain import auditing, holds, sending, shown_elsewhere, taking_back
from bot.domain.auditing import What
from bot.model import Json, Kind, Outgoing, Priority, Screen
from bot.storage import erasing as stored
from bot.storage import erasures, traces
from bot.storage.database import Row, Tx
from bot.storage.erasures import Erased
from bot.storage.ids import new_id


@dataclass(frozen=True, slots=True)
class Moment:
    """``machine`` is the machine's time, ``now`` the calendar's; both in milliseconds."""

    machine: int
    now: int


async def child(tx: Tx, child_id: int, listed: Path | None, at: Moment) -> int | None:
    """The child with everything of it, for everyone. Returns how many caregivers went too; None: no such child.

    ``listed`` is the list of the erased; None where nothing is to be added to it. Raises `holds.Held`.
    """
    await holds.refuse(tx, child_id)
    since = at.machine - taking_back.DELETABLE
    found = await stored.find_child(tx, child_id)
    if found is None:
        return None
    seen = await shown_elsewhere.of_child(tx, child_id, since)
    gone = await _child(tx, found, at)
    for chat in gone.chats:
        await _no_menu(tx, chat, at)
    await _take_back(tx, seen, at)
    await auditing.note(tx, auditing.CLINIC, What.ERASED, at.now, child=child_id)
    await _list(listed, [gone.erased], at)
    return gone.seats


@dataclass(frozen=True, slots=True)
class _Gone:
    """``chats`` are accounts of which no seat is left."""

    erased: Erased
    seats: int
    chats: tuple[int, ...]


async def _child(tx: Tx, found: Row, at: Moment) -> _Gone:
    child_id = found["id"]
    seats = await stored.seats(tx, child_id)
    await shown_elsewhere.unsend(tx, child_id, await traces.media_of_child(tx, child_id), at.now, name=found["name"])
    await stored.delete_child(tx, child_id)
    gone = [seat for seat in seats if not seat["elsewhere"]]
    for seat in gone:
        await stored.delete_person(tx, seat["id"], at.now)
    accounts = {seat["account_id"] for seat in gone if seat["account_id"] is not None}
    left = tuple([chat for chat in accounts if await _account(tx, chat)])
    return _Gone(Erased("child", child_id, found["created_at"]), len(gone), left)


async def caregiver(tx: Tx, account: int, listed: Path | None, at: Moment) -> None:
    """Every caregiver's seat of that account, with its own entries and nobody else's. Raises `holds.Held`."""
    await holds.refuse_account(tx, account)
    seats = await stored.seats_of_account(tx, account)
    await _seats(tx, seats, account, at)
    for seat in seats:
        await auditing.note(tx, auditing.of(Kind.CAREGIVER, seat["id"]), What.ERASED, at.now, person=seat["id"])
    await _list(listed, [_entry(seat) for seat in seats], at)


async def person(tx: Tx, person_id: int, listed: Path | None, at: Moment) -> bool:
    """One caregiver's seat, for those who run the clinic; one that rests or has ended, too. False where there is none.

    Raises `holds.Held`.
    """
    seat = await stored.find_person(tx, person_id)
    if seat is None or seat["kind"] != Kind.CAREGIVER or _is_left(seat):
        return False
    for child_id in await stored.children_of(tx, person_id):
        await holds.refuse(tx, child_id)
    await _seats(tx, [seat], seat["account_id"] or seat["suspended_account"], at)
    await auditing.note(tx, auditing.CLINIC, What.ERASED, at.now, person=person_id)
    await _list(listed, [_entry(seat)], at)
    return True


def _entry(seat: Row) -> Erased:
    return Erased("person", seat["id"], seat["created_at"])


def _is_left(seat: Row) -> bool:
    """What is left of one who asked for urgent help, and is meant to stay."""
    gone = seat["removed_at"] is not None and seat["joined_at"] is None
    return gone and not seat["name"] and (seat["account_id"] or seat["suspended_account"]) is None


async def _seats(tx: Tx, seats: Sequence[Row], account: int | None, at: Moment) -> None:
    since = at.machine - taking_back.DELETABLE
    seen = [row for seat in seats for row in await traces.seen_of_person(tx, seat["id"], since)]
    children = [one for seat in seats for one in await stored.children_of(tx, seat["id"])]
    seen += await shown_elsewhere.digests_of(tx, children, since)
    for seat in seats:
        await _person(tx, seat["id"], at)
    if account is not None and await _account(tx, account):
        await _no_menu(tx, account, at)
    await _take_back(tx, seen, at)


async def _account(tx: Tx, account: int) -> bool:
    """What no seat of a caregiver needs any more goes. Whether no seat at all is left of that account."""
    if await stored.delete_stranger(tx, account):
        return True
    if not await stored.seats_of_account(tx, account):
        await stored.delete_held(tx, account)
    return False


async def obey(tx: Tx, listed: Sequence[Erased], at: Moment) -> int:
    """Erase again, in an older copy of the data, whom the list names; returns how many were in it.

    Nothing is asked of Telegram: that was done when they were erased.
    """
    return sum([await _again(tx, one, at) for one in listed])


async def _again(tx: Tx, one: Erased, at: Moment) -> bool:
    find = stored.find_child if one.kind == "child" else stored.find_person
    found = await find(tx, one.id)
    if found is None or found["created_at"] != one.created_at:
        return False
    if one.kind == "child":
        await _child(tx, found, at)
        return True
    if _is_left(found):
        return False
    chat = found["account_id"] or found["suspended_account"]
    await _person(tx, one.id, at)
    if chat is not None:
        await _account(tx, chat)
    return True


async def _person(tx: Tx, person_id: int, at: Moment) -> None:
    media = await traces.media_of_person(tx, person_id)
    for child_id in await stored.children_of(tx, person_id):
        await shown_elsewhere.unsend(tx, child_id, media, at.now)
    await stored.delete_person(tx, person_id, at.now)


async def _no_menu(tx: Tx, chat: int, at: Moment) -> None:
    await _call(tx, chat, "deleteMyCommands", {"scope": {"type": "chat", "chat_id": chat}}, at)


async def _take_back(tx: Tx, seen: Sequence[Row], at: Moment) -> None:
    """What shows what was erased goes from the chats, as far as Telegram lets; nothing is left of the call."""
    await sending.put(tx, taking_back.calls(seen, Priority.STRANGER), at.now)


async def _call(tx: Tx, chat: int, method: str, payload: Json, at: Moment) -> None:
    """Nothing is left of the call once it is made."""
    outgoing = Outgoing(new_id(), chat, Screen(""), Priority.STRANGER, method=method, payload=payload)
    await sending.put(tx, [outgoing], at.now)


async def _list(listed: Path | None, erased: Sequence[Erased], at: Moment) -> None:
    """The last step: should it fail, nothing is erased."""
    if listed is not None:
        await asyncio.to_thread(erasures.add, listed, erased, at.now)
