"""Behaviours that therapist and family look at together: agreed on, counted for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.domain import behaviour_reading, families, occurrences, schedule
from bot.domain.behaviour import BANDS, OBSERVED, Target
from bot.storage import behaviour as stored
from bot.storage.database import Row, Tx

MOST = 6  # at a time
LONGEST = 60  # letters: it has to fit on a button
LATEST = 12  # hours of today that are offered


@dataclass(frozen=True, slots=True)
class Seen:
    """A behaviour as a caregiver may count it. ``seat``: a row with the child, person_id, timezone and language."""

    target: Target
    seat: Row
    today: date


async def of_child(tx: Tx, therapist: int, child: int, now: int) -> list[Target]:
    """The behaviours of now, of a child whom this therapist treats."""
    return [behaviour_reading.target_of(row) for row in await stored.mine_of_child(tx, therapist, child, now)]


async def one(tx: Tx, therapist: int, target: int, now: int) -> tuple[Target, str] | None:
    """With the child's name; None where it is not theirs, or over."""
    row = await stored.mine(tx, therapist, target, now)
    return None if row is None else (behaviour_reading.target_of(row), row["child_name"])


async def add(tx: Tx, therapist: int, child: int, words: str, now: int) -> bool:
    """False where the words do not fit, or there are enough already."""
    text = families.cleaned(words)
    if not 0 < len(text) <= LONGEST or len(await of_child(tx, therapist, child, now)) >= MOST:
        return False
    await stored.add(tx, child, text, now)
    return True


async def say(tx: Tx, target: int, words: str) -> bool:
    text = families.cleaned(words)
    if not 0 < len(text) <= LONGEST:
        return False
    await stored.say(tx, target, text)
    return True


async def end(tx: Tx, target: int, now: int) -> None:
    await stored.end(tx, target, now)


async def offered(tx: Tx, seat: int, child: int, now: int) -> list[Target]:
    """What a caregiver may tell of."""
    return [behaviour_reading.target_of(row) for row in await stored.for_seat(tx, seat, child, now)]


async def seen(tx: Tx, account: int, target: int, now: int) -> Seen | None:
    """None where it is of no child whom this account cares for."""
    row = await stored.own(tx, account, target, now)
    if row is None:
        return None
    today = date.fromisoformat(schedule.local_now(now, row["timezone"])[0])
    return Seen(behaviour_reading.target_of(row), row, today)


def passed(timezone: str, now: int) -> list[str]:
    """The hours of today that are over, HH:MM, the newest first."""
    _, clock = schedule.local_now(now, timezone)
    return [f"{hour:02}:00" for hour in range(int(clock[:2]), -1, -1)][:LATEST]


def moment_of(timezone: str, slot: str, now: int) -> int | None:
    """That hour of today in milliseconds; None where it is not over, or there is no such minute."""
    today, clock = schedule.local_now(now, timezone)
    due_at = occurrences.due_instant(date.fromisoformat(today), slot, ZoneInfo(timezone))
    return to_ms(due_at) if due_at is not None and slot <= clock else None


def is_count(band: str, observed: str) -> bool:
    return band in BANDS and observed in OBSERVED


async def count(tx: Tx, found: Seen, on: date, band: str, observed: str, now: int) -> bool:
    """How often it was on that day, and how long they were there to see it: today or yesterday, else False."""
    recent = found.today - timedelta(days=1) <= on <= found.today
    if not recent or not is_count(band, observed):
        return False
    await stored.count(tx, found.target.id, found.seat["person_id"], on.isoformat(), band, observed, now)
    return True
