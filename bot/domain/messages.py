"""A short line from a therapist to one caregiver, and the warm one for a note that was used. Never in quiet hours."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import families, waking
from bot.domain.families import Family
from bot.model import Account, Person
from bot.storage import messages as stored
from bot.storage import people
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

LONGEST = 500
MOST = 200
WEEK = 7 * 86_400_000
MESSAGE, USED = "message", "used"


@dataclass(frozen=True, slots=True)
class Going:
    """One that goes out now: a row of `stored.due`, and the logical message that shows it."""

    row: Row
    message: int
    stale_at: int


async def family(tx: Tx, therapist: int, child: int, now: int) -> Family | None:
    """Whom this therapist may write to about the child; only who has joined can read it."""
    found = await families.family(tx, therapist, child, now)
    if found is None:
        return None
    return Family(found.child, tuple(seat for seat in found.seats if seat.row["joined_at"] is not None))


async def reached(tx: Tx, person: int) -> Person | None:
    """That caregiver, where they can be reached in the chat."""
    seat = await people.seat(tx, person)
    if seat is None or seat.telegram_id is None or not await people.is_reached(tx, seat.telegram_id):
        return None
    return seat


async def draft(
    tx: Tx, account: Account, child: int, person: int, words: str, now: int, *, answer: int | None = None
) -> Row | None:
    """Kept until it is sent or dropped. None where the words do not fit, or the caregiver is not theirs.

    ``answer``: one of theirs that it answers to.
    """
    therapist = account.therapist
    found = None if therapist is None else await family(tx, therapist.id, child, now)
    if therapist is None or found is None or found.seat(person) is None or not words.strip() or len(words) > LONGEST:
        return None
    said = None if answer is None else await stored.said(tx, child, answer=answer)
    if answer is not None and (said is None or said["person_id"] != person):
        return None
    made = await stored.add(tx, child, person, therapist.id, MESSAGE, words.strip(), now, answer=answer)
    return await stored.mine(tx, account.telegram_id, made, now)


def goes_at(row: Row, now: int) -> int:
    """When who gets it may be reached, in ms."""
    return waking.awake(waking.of_caregiver(row), now)


async def send(tx: Tx, account: Account, message: int, author_message: int, now: int) -> Row | None:
    """A draft of this account; as soon as the quiet hours let it. None where there is none."""
    row = await stored.mine(tx, account.telegram_id, message, now)
    if row is None or row["send_at"] is not None or row["sent_at"] is not None:
        return None
    await stored.send(tx, message, goes_at(row, now), author_message)
    return row


async def drop(tx: Tx, account: Account, message: int, now: int) -> Row | None:
    row = await stored.mine(tx, account.telegram_id, message, now)
    if row is None or row["send_at"] is not None or row["sent_at"] is not None:
        return None
    await stored.drop(tx, message)
    return row


async def mark_used(
    tx: Tx, therapist: int, child: int, now: int, *, note: int | None = None, answer: int | None = None
) -> bool:
    """Something a caregiver said was used in the visit: they are told in one line, once. The caller holds the right."""
    said = await stored.said(tx, child, note=note, answer=answer)
    if said is None or (note, answer) in await used(tx, child):
        return False
    seat = await people.seat(tx, said["person_id"])
    if seat is None:
        return False
    send_at = waking.awake(waking.of_person(seat), now)
    await stored.add(
        tx, child, said["person_id"], therapist, USED, None, now, note=note, answer=answer, send_at=send_at
    )
    return True


async def used(tx: Tx, child: int) -> set[tuple[int | None, int | None]]:
    """(note, answer) of what was marked."""
    return {(row["note_id"], row["answer_id"]) for row in await stored.used(tx, child)}


async def said_at(tx: Tx, row: Row) -> int:
    """When that was said which was used; when it was marked, where it is there no more."""
    said = await stored.said(tx, row["child_id"], note=row["note_id"], answer=row["answer_id"])
    return int(row["written_at"] if said is None else said["said_at"])


async def to_send(tx: Tx, now: int) -> tuple[list[Going], bool]:
    """What goes now, each once; and whether as many again may be waiting."""
    for row in await stored.expired(tx):
        await stored.put_off(tx, row["id"], goes_at(row, now))
    await stored.arrived(tx)
    rows = await stored.due(tx, now, MOST)
    going = []
    for row in rows:
        at = goes_at(row, now)
        if at > now:  # they have changed their hours since
            await stored.put_off(tx, row["id"], at)
            continue
        shown_by = new_id()
        await stored.sent(tx, row["id"], shown_by, now)
        going.append(Going(row, shown_by, waking.asleep(waking.of_caregiver(row), now)))
    return going, len(rows) == MOST


async def confirm(tx: Tx, account: Account, message: int, now: int) -> tuple[Row, Row | None] | None:
    """Got it: the message as it was sent, and, the first time, the row that tells its author. None: not theirs."""
    row = await stored.to_me(tx, account.telegram_id, message)
    if row is None:
        return None
    first = await stored.confirm(tx, message, now)
    return row, await stored.one(tx, message, now) if first else None


async def last(tx: Tx, therapist: int, child: int, now: int) -> Row | None:
    """The newest of the last days, for the family's screen."""
    return await stored.last(tx, child, therapist, now - WEEK, now)
