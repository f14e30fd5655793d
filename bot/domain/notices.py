"""Nothing but safety reaches a therapist outside their working hours: what is to be told waits for them.

What speaks of a child is for nobody whose right to it has ended since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.domain import waking
from bot.model import Button, Kind, Person, Screen
from bot.storage import notices
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

MOST = 200


@dataclass(frozen=True, slots=True)
class Due:
    """``stale_at`` (ms): their hours end; then it comes again on the next working day."""

    message: int
    chat: int
    screen: Screen
    stale_at: int


async def put(tx: Tx, therapist: Person, child: int | None, about: int | None, screen: Screen, now: int) -> None:
    """In their hours, about that child and caregiver, or about none."""
    at = waking.awake(waking.of_person(therapist), now)
    await notices.add(tx, therapist.id, child, about, _stored(screen), at, now)


async def say(tx: Tx, therapist: Person, child: int | None, about: int | None, screen: Screen, now: int) -> Due | None:
    """The same, to be said at once; None where it waits for their hours, or they have no chat."""
    hours = waking.of_person(therapist)
    if therapist.telegram_id is None or not hours.reached(now):
        await put(tx, therapist, child, about, screen, now)
        return None
    message = new_id()
    await notices.add(tx, therapist.id, child, about, _stored(screen), None, now, message)
    return Due(message, therapist.telegram_id, screen, waking.asleep(hours, now))


async def due(tx: Tx, now: int) -> tuple[list[Due], bool]:
    """What may be said now, each once; and whether as many again may be waiting."""
    for row in await notices.expired(tx, now):
        await notices.again(tx, row["id"], waking.awake(waking.of_therapist(row), now))
    await notices.arrived(tx, now)
    rows = await notices.due(tx, now, MOST)
    found = [one for row in rows if (one := await _one(tx, row, now))]
    return found, len(rows) == MOST


async def _one(tx: Tx, row: Row, now: int) -> Due | None:
    if _gone(row) or row["account_id"] is None or not row["may_know"]:
        await notices.drop(tx, row["id"])
        return None
    hours = waking.of_therapist(row)
    if not hours.reached(now):  # they have changed them since
        await notices.again(tx, row["id"], waking.awake(hours, now))
        return None
    message = new_id()
    await notices.sent(tx, row["id"], message)
    return Due(message, row["account_id"], _read(row["screen"]), waking.asleep(hours, now))


def _gone(row: Row) -> bool:
    """A caregiver whose seat has ended still hears that, of no child."""
    left = row["removed_at"] is not None and (row["kind"] != Kind.CAREGIVER or row["child_id"] is not None)
    return left or row["stopped_at"] is not None or row["blocked_at"] is not None


def _stored(screen: Screen) -> str:
    rows = [[[one.label, one.data, one.url] for one in row] for row in screen.rows]
    return json.dumps({"text": screen.text, "rows": rows, "protected": screen.protected}, ensure_ascii=False)


def _read(stored: str) -> Screen:
    told = json.loads(stored)
    rows = tuple(tuple(Button(*one) for one in row) for row in told["rows"])
    return Screen(told["text"], rows, protected=told["protected"])
