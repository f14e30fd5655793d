"""Who saw, changed, exported, erased or restored what, and who was denied: kinds and numbers, never a word.

Staff stand there with each change of a child's care, of who may see it and of the clinic; a draft that no family sees
does not. What caregivers enter day by day is their own, and dated by itself: only their rights, copies and erasures
stand here. What is looked at again and again stands there once an hour, what is shaped tap by tap once in two minutes,
refusals once a minute.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.model import Account, Kind
from bot.storage import audit as stored
from bot.storage import people
from bot.storage.database import Row, Tx

HOUR, MINUTE = 3_600_000, 60_000  # ms
SHAPING = 2 * MINUTE


class What(StrEnum):
    DIGEST_SEEN = "digest seen"
    FAMILY_SEEN = "family seen"
    FAMILY_CHANGED = "family changed"  # a name, a birth month, a role, its coping cards
    PLAN_CHANGED = "plan changed"  # what a caregiver is asked, how often, when, on which days
    STEP_CHANGED = "home step changed"
    GOAL_CHANGED = "goal changed"  # begun, worded, sent, weighed, a level set, ended
    VISIT_CHANGED = "visit changed"  # agreed, moved, called off
    FORM_CHANGED = "template changed"  # what families are asked by it from now on
    LINK_CHANGED = "link changed"  # the link that opens a seat: a new one, or none
    SEAT_CHANGED = "seat changed"  # where a therapist's alarms go
    SEAT_MADE = "seat made"
    JOINED = "joined"
    RIGHT_GIVEN = "right given"
    RIGHT_CHANGED = "right changed"  # its end, its paper, what it allows
    RIGHT_RESTED = "right suspended"
    RIGHT_BACK = "right given back"
    RIGHT_ENDED = "right ended"
    CARE_OVER = "care over"
    CARE_BACK = "care goes on"
    ADMIN_GIVEN = "admin given"
    ADMIN_ENDED = "admin ended"
    ROTA_CHANGED = "rota changed"
    IMPORTED = "families imported"
    EXPORTED = "exported"
    REPORTED = "report made"
    ERASED = "erased"
    ERASURE_WISHED = "erasure wished"
    HIDDEN = "chat hidden"
    HELD = "held"
    RELEASED = "released"
    RESTORED = "restored"
    COPIED = "backup made"
    REKEYED = "key changed"
    REPLAYED = "updates replayed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Actor:
    """``id`` is a person's; None: the clinic at its command line, or the program for it."""

    kind: str
    id: int | None = None


CLINIC = Actor("clinic")


def of(kind: Kind, person: int) -> Actor:
    return Actor(kind.value, person)


async def note(
    tx: Tx, actor: Actor, what: What, now: int, *, child: int | None = None, person: int | None = None
) -> None:
    await stored.add(tx, now, actor.kind, actor.id, what.value, child, person)


async def seen(tx: Tx, therapist: int, child: int | None, now: int) -> None:
    """A digest, or with a child that family, was looked at."""
    what = What.DIGEST_SEEN if child is None else What.FAMILY_SEEN
    await _once(tx, of(Kind.THERAPIST, therapist), what, now, HOUR, child=child)


async def changed(
    tx: Tx, therapist: int, what: What, now: int, *, child: int | None = None, person: int | None = None
) -> None:
    """By a therapist, of a child and perhaps a caregiver."""
    await _once(tx, of(Kind.THERAPIST, therapist), what, now, SHAPING, child=child, person=person)


async def denied(tx: Tx, account: Account, now: int) -> None:
    """A press on what is not theirs, or not any more."""
    one = account.people[0]
    await _once(tx, of(one.kind, one.id), What.DENIED, now, MINUTE)


async def turned_away(tx: Tx, telegram_id: int, now: int) -> None:
    """A press of who has no seat any more, or one that rests; of strangers nothing is kept."""
    seat = await people.ever_seated(tx, telegram_id)
    if seat is not None:
        await _once(tx, of(Kind(seat["kind"]), seat["id"]), What.DENIED, now, MINUTE)


async def _once(
    tx: Tx, actor: Actor, what: What, now: int, within: int, *, child: int | None = None, person: int | None = None
) -> None:
    """Unless the same stands there already, not longer ago."""
    if not await stored.has_lately(tx, actor.id, what.value, child, person, now - within):
        await note(tx, actor, what, now, child=child, person=person)


async def newest(tx: Tx) -> int:
    """The number of the last entry."""
    return await stored.newest(tx)


async def after(tx: Tx, number: int) -> list[Row]:
    """The entries later than that one, oldest first."""
    return await stored.after(tx, number)


async def follow(tx: Tx, entries: Sequence[Row]) -> int | None:
    """What another copy of this list says beyond its end stands here, too. None: it is the end of another list.

    Of what came after an older copy, numbers may be given anew; the entry that it was restored stands between.
    """
    return await stored.follow(tx, entries)


async def erased_after(tx: Tx, number: int) -> bool:
    """Whether anything was erased since that entry."""
    return await stored.is_after(tx, number, What.ERASED.value)


@dataclass(frozen=True, slots=True)
class Verified:
    """``newest`` is the hash to be noted elsewhere; ``wrong`` a line for each place where the chain is broken."""

    entries: int
    newest: str
    wrong: tuple[str, ...]


async def verify(tx: Tx, known: str = "") -> Verified:
    """Whether no row was changed, left out or put in; and whether a hash noted earlier (`known`) leads here."""
    before, number, wrong, met = stored.BEGINNING, 0, [], known in ("", stored.BEGINNING)
    async for row in stored.every(tx):
        if row["id"] != number + 1:
            wrong.append(f"after entry {number} comes {row['id']}: entries are missing, or were put in")
        if row["hash"] != stored.hashed(before, row):
            wrong.append(f"entry {row['id']} is not as it was written, or does not follow the one before")
        before, number = row["hash"], row["id"]
        met = met or before == known
    if (expected := await stored.count(tx)) != number:
        wrong.append(f"there should be {expected} entries, the last is {number}")
    if not met:
        wrong.append("the hash that was noted earlier does not lead to these entries: all may have been written anew")
    return Verified(number, before, tuple(wrong))


async def listed(tx: Tx, *, child: int | None, person: int | None, most: int) -> list[Mapping[str, Any]]:
    """The newest, oldest first; of a child, or of what a person did or what was done about them."""
    found: deque[Row] = deque(maxlen=most)
    async for row in stored.every(tx):
        if child in (None, row["child_id"]) and person in (None, row["person_id"], row["actor_id"]):
            found.append(row)
    return [dict(row) for row in found]
