"""A therapist shapes what a caregiver is asked: rhythm, hour, two weeks of mornings. Nothing without the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import families, occurrences, schedule, waking
from bot.storage import planning
from bot.storage.database import Row, Tx

AHEAD = 5  # moments that are shown
MORNING, BURST_DAYS = "08:00", 14
SETTLED = 120_000  # ms without a further tap, then the caregiver is told: once, not with every tap
MOST = 500
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """One plan (a row of `storage.planning.mine`) and its next moments in ms."""

    row: Row
    moments: tuple[int, ...]
    may_burst: bool

    @property
    def is_burst(self) -> bool:
        return self.row["ends_on"] is not None


@dataclass(frozen=True, slots=True)
class Told:
    """A caregiver who is to be told. ``at`` is the next question's moment, None where none is to come; in ms."""

    row: Row
    at: int | None
    stale_at: int


async def shown(tx: Tx, therapist: int, schedule_id: int, now: int) -> Shown | None:
    """None where it is not of a child whom this therapist treats."""
    row = await planning.mine(tx, therapist, schedule_id, now)
    if row is None:
        return None
    joined = row["joined_at"] is not None
    moments = await schedule.coming(tx, schedule_id, now, AHEAD) if joined else []
    beside = any(_beside(row, one) for one in await schedule.of_person(tx, row["person_id"]))
    return Shown(row, tuple(moments), joined and row["ends_on"] is None and not beside)


def _beside(row: Row, other: Row) -> bool:
    same = (other["child_id"], other["template"]) == (row["child_id"], row["template"])
    return same and other["ends_on"] is not None


async def change(
    tx: Tx, therapist: int, schedule_id: int, now: int, *, days: str | None = None, time: str | None = None
) -> bool:
    """Another rhythm, another hour or window. False where it is not theirs."""
    row = await planning.mine(tx, therapist, schedule_id, now)
    if row is None:
        return False
    if (days or row["days"], time or row["time"]) != (row["days"], row["time"]):
        await families.set_plan(tx, row, now, time=time, days=days)
        await _tell(tx, row, now)
    return True


async def start_over(tx: Tx, therapist: int, schedule_id: int, now: int) -> bool:
    """Every day again. The hour stays: the caregiver may have chosen it."""
    return await change(tx, therapist, schedule_id, now, days=occurrences.WEEK)


async def burst(tx: Tx, therapist: int, schedule_id: int, now: int) -> int | None:
    """Mornings for two weeks, beside the plan that is there and goes on. Returns the new plan's id."""
    found = await shown(tx, therapist, schedule_id, now)
    if found is None or not found.may_burst:
        return None
    row = found.row
    today, clock = schedule.local_now(now, row["timezone"])
    first = date.fromisoformat(today) + (_DAY if clock >= MORNING else timedelta())
    last = (first + (BURST_DAYS - 1) * _DAY).isoformat()
    added = await schedule.add(
        tx, row["person_id"], row["child_id"], row["template"], occurrences.WEEK, MORNING, row["timezone"], first, now
    )
    await planning.ends(tx, added, last)
    await _tell(tx, {**row, "id": added}, now)
    return added


async def end(tx: Tx, therapist: int, schedule_id: int, now: int) -> bool:
    """Only what was to end anyway can be ended."""
    row = await planning.mine(tx, therapist, schedule_id, now)
    if row is None or row["ends_on"] is None:
        return False
    await schedule.end(tx, schedule_id, now)
    await _tell(tx, row, now)
    return True


async def _tell(tx: Tx, row: Row, now: int) -> None:
    """After the last tap; who has not joined sees the plan when joining."""
    if row["joined_at"] is not None:
        await planning.tell(tx, row["id"], waking.awake(waking.of_caregiver(row), now + SETTLED))


async def to_tell(tx: Tx, now: int) -> tuple[list[Told], bool]:
    """Who is to be told now, each once; who sleeps is told on waking. And whether as many again may be waiting."""
    rows = await planning.untold(tx, now, MOST)
    told = []
    for row in rows:
        awake = waking.awake(waking.of_caregiver(row), now)
        await planning.tell(tx, row["id"], awake if awake > now else None)
        if awake <= now:
            told.append(
                Told(row, await schedule.next_moment(tx, row["id"]), waking.asleep(waking.of_caregiver(row), now))
            )
    more = len(rows) == MOST
    if not more:
        await planning.nobody_to_tell(tx, now)
    return told, more
