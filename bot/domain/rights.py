"""A caregiver's right: on what paper it rests, until when, and whether it rests now. Given by whose case it is."""

from __future__ import annotations

from calendar import monthrange

from bot.clock import from_ms, to_ms
from bot.domain import families, suspending
from bot.storage import rights
from bot.storage.database import Row, Tx

LONGEST_DOCUMENT = 120
MOST_OVER = 100


async def care(tx: Tx, therapist: int, person: int, now: int) -> Row | None:
    """The seat (a person's row) with child_id, child_name, until_at, suspended_at, ends_at, document, rests_since.

    None where the case is not this therapist's own.
    """
    return await rights.care(tx, therapist, person, now)


async def any_care(tx: Tx, person: int) -> Row | None:
    """The same for those who run the clinic."""
    return await rights.any_care(tx, person)


async def of_child(tx: Tx, child: int) -> list[Row]:
    """Every caregiver's seat of the child, for those who run the clinic."""
    return await rights.of_child(tx, child)


async def resting(tx: Tx, therapist: int, child: int, now: int) -> list[Row]:
    """Seats whose right is suspended or over."""
    return await rights.resting(tx, therapist, child, now)


async def set_end(tx: Tx, found: Row, at: int | None, now: int) -> None:
    """When the right ends (ms), None: it stays open. One that was over comes back; one that is suspended rests on."""
    await rights.put_end(tx, found["access_id"], at)
    over_only = found["rests_since"] is not None and found["suspended_at"] is None
    if over_only and (at is None or at > now):
        await suspending.resume(tx, found["id"])


async def set_document(tx: Tx, found: Row, words: str) -> bool:
    """On what paper it rests, as a note of one line; "" takes it away. False where it is too long."""
    line = families.cleaned(words)
    if len(line) > LONGEST_DOCUMENT:
        return False
    await rights.document(tx, found["access_id"], line)
    return True


def in_months(now: int, months: int) -> int:
    """The same day and hour so many months on (ms); the month's last where it is shorter."""
    begin = from_ms(now)
    years, month = divmod(begin.month - 1 + months, 12)
    last = monthrange(begin.year + years, month + 1)[1]
    return to_ms(begin.replace(year=begin.year + years, month=month + 1, day=min(begin.day, last)))


async def end_over(tx: Tx, now: int) -> list[Row]:
    """Whose right has ended as was agreed: the seat is taken away from them. Returns those seats."""
    rows = await rights.over(tx, now, MOST_OVER)
    for row in rows:
        await suspending.suspend(tx, row["id"], now)
    return rows
