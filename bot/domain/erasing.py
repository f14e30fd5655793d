"""Erasing a child, or a caregiver with all of their own entries. Whoever was erased stands in the list of the erased
before the transaction ends, so that no backup brings them back.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain import auditing, digests, holds, sending, taking_back
from bot.domain.auditing import What
from bot.model import Json, Kind, Outgoing, Priority, Screen, texts
from bot.storage import erasing as stored
from bot.storage import erasures, jobs, traces
from bot.storage.database import Row, Tx
from bot.storage.erasures import Erased
from bot.storage.ids import logical, new_id

_TAGS = re.compile(r"<[^>]+>|[\u2066-\u2069]")


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
    seen = [*await traces.seen_of_child(tx, child_id, since), *await _digests_seen(tx, [child_id], since)]
    gone = await _child(tx, child_id, at)
    if gone is None:
        return None
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


async def _child(tx: Tx, child_id: int, at: Moment) -> _Gone | None:
    found = await stored.find_child(tx, child_id)
    if found is None:
        return None
    seats = await stored.seats(tx, child_id)
    await _unsend(tx, child_id, await traces.media_of_child(tx, child_id), at, name=found["name"])
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
    seen += await _digests_seen(tx, children, since)
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
        await _child(tx, one.id, at)
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
        await _unsend(tx, child_id, media, at)
    await stored.delete_person(tx, person_id, at.now)


async def _no_menu(tx: Tx, chat: int, at: Moment) -> None:
    await _call(tx, chat, "deleteMyCommands", {"scope": {"type": "chat", "chat_id": chat}}, at)


async def _unsend(tx: Tx, child_id: int, media: set[str], at: Moment, name: str = "") -> None:
    """What is on its way to the child's other people: digests, media handed on, pictures and papers, and whatever names
    the child where a `name` is given; a long message goes with all of its parts. A digest is made again without them.
    """
    telling = [row for row in await traces.digests(tx, child_id) if child_id in _children(row)]
    lists = {row["message_id"]: row for row in telling}
    rows = await _on_its_way(tx, child_id, name)
    gone = {logical(row["id"]) for row in rows if logical(row["message_id"]) in lists or _shows(row, media, name)}
    await traces.unsend(tx, [row["id"] for row in rows if logical(row["id"]) in gone])
    for message in lists.keys() & gone:
        await _digest_again(tx, lists[message], child_id, at)
    if name:
        kept = [(row["id"], [one for one in _children(row) if one != child_id]) for row in telling]
        await traces.relist(tx, [(digest, json.dumps(children)) for digest, children in kept])
        said = await traces.notices_of_none(tx, child_id)
        await traces.drop_notices(tx, [row["id"] for row in said if _names(row["screen"], name)])


async def _on_its_way(tx: Tx, child_id: int, name: str) -> list[Row]:
    """To the child's people; where the child goes as a whole, to those on call who were told of it, too."""
    told = await traces.waiting_for_told(tx, child_id) if name else []
    return list({row["id"]: row for row in (*told, *await traces.waiting(tx, child_id))}.values())


async def _digests_seen(tx: Tx, children: Iterable[int], since: int) -> list[Row]:
    """Digests in therapists' chats that may tell of one of those children; /digest makes another without it."""
    found = {
        row["message_id"]: None
        for child_id in children
        for row in await traces.digests(tx, child_id)
        if child_id in _children(row) and row["message_id"] is not None
    }
    return [row for message in found for row in await traces.seen_of(tx, message, since)]


def _children(digest: Row) -> list[int]:
    children: list[int] = json.loads(digest["children"])
    return children


async def _digest_again(tx: Tx, digest: Row, without: int, at: Moment) -> None:
    wanted = {"local_date": digest["local_date"], "due_at": digest["made_at"]}
    await jobs.add(tx, digests.KIND, digest["person_id"], f"digest-again:{digest['id']}:{without}", wanted, at.now)


def _shows(row: Row, media: set[str], name: str) -> bool:
    return row["made"] or traces.holds(row["payload"], media) or bool(name and _names(row["payload"], name))


def _names(payload: str, name: str) -> bool:
    """Whether the message says that name, as a word of its own."""
    plain = " ".join(html.unescape(_TAGS.sub("", text)) for text in texts(json.loads(payload or "{}")))
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain) is not None


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
