"""A caregiver's right: on what paper it rests, until when, and whether it rests now. Given by whose case it is."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms, to_ms
from bot.domain import auditing, families, occurrences, suspending
from bot.domain.auditing import Actor, What
from bot.model import Preset
from bot.storage import called_off, rights
from bot.storage import suspending as stored_suspending
from bot.storage.database import Row, Tx

LONGEST_DOCUMENT = 120
MOST_OVER = 100
MOST_MONTHS = 24  # how far ahead a day can be chosen


async def care(tx: Tx, therapist: int, person: int, now: int) -> Row | None:
    """The seat (a person's row) with child_id, child_name, until_at, suspended_at, ends_at, document, preset,
    rests_since.

    None where the case is not this therapist's own.
    """
    return await rights.care(tx, therapist, person, now)


async def resting(tx: Tx, therapist: int, child: int, now: int) -> list[Row]:
    """Seats whose right is suspended or over."""
    return await rights.resting(tx, therapist, child, now)


async def set_end(tx: Tx, by: Actor, found: Row, at: int | None, now: int) -> None:
    """When the right ends (ms), None: it stays open. One that was over comes back; one that is suspended rests on."""
    await _changed(tx, by, found, now)
    await rights.put_end(tx, found["access_id"], at)
    over_only = found["rests_since"] is not None and found["suspended_at"] is None
    if over_only and (at is None or at > now):
        await suspending.resume(tx, found["id"], now, by)


async def _changed(tx: Tx, by: Actor, found: Row, now: int) -> None:
    await auditing.note(tx, by, What.RIGHT_CHANGED, now, child=found["child_id"], person=found["id"])


async def set_document(tx: Tx, by: Actor, found: Row, words: str, now: int) -> bool:
    """On what paper it rests, as a note of one line; "" takes it away. False where it is too long."""
    line = families.cleaned(words)
    if len(line) > LONGEST_DOCUMENT:
        return False
    await _changed(tx, by, found, now)
    await rights.document(tx, found["access_id"], line)
    return True


async def set_preset(tx: Tx, by: Actor, found: Row, preset: Preset, now: int) -> None:
    """What they may do from the next tap on. What was queued or asked by what they may no more, ends."""
    if preset == found["preset"]:
        return
    await _changed(tx, by, found, now)
    await rights.put_preset(tx, found["access_id"], preset.value)
    await follow_preset(tx, found["id"], found["child_id"], found["account_id"], preset, now)


async def follow_preset(tx: Tx, seat: int, child: int, account: int | None, preset: Preset, now: int) -> None:
    """What a seat is asked and told, once it may do that and no more: however that came to be so."""
    if preset is Preset.ALL:
        await called_off.give_back(tx, seat, now)
        return
    await families.unlink(tx, seat, now)
    if preset is Preset.READ:
        await called_off.end_open(tx, seat, child)
        return
    await called_off.end_shared(tx, seat, child)
    if account is not None:
        await stored_suspending.unsend(tx, account, now, without=seat)


def end_of(day: date, timezone: str) -> int:
    """When that day is over where they live (ms): a right until a day holds all of it."""
    at = occurrences.due_instant(day + timedelta(days=1), "00:00", ZoneInfo(timezone))
    assert at is not None  # noqa: S101 - every day begins
    return to_ms(at)


def last_day(until: int, timezone: str) -> date:
    """Of a right that ends at that moment."""
    return from_ms(until - 1).astimezone(ZoneInfo(timezone)).date()


def in_months(today: date, months: int) -> date:
    """The same day so many months on; the month's last where it is shorter."""
    years, month = divmod(today.month - 1 + months, 12)
    last = monthrange(today.year + years, month + 1)[1]
    return today.replace(year=today.year + years, month=month + 1, day=min(today.day, last))


def possible(day: date, today: date) -> bool:
    """From today on, within the months that are shown."""
    return today <= day and day.replace(day=1) < in_months(today.replace(day=1), MOST_MONTHS)


async def end_over(tx: Tx, now: int) -> list[Row]:
    """Whose right has ended as was agreed: the seat is taken away from them. Returns those seats."""
    rows = await rights.over(tx, now, MOST_OVER)
    for row in rows:
        await suspending.suspend(tx, row["id"], now)
    return rows
