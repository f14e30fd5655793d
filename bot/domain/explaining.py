"""Why did this come now? Of each recent question: what was planned, what came, and what moved it. Only stored facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

from bot.domain import schedule
from bot.storage import explaining, schedules
from bot.storage.database import Row, Tx

DAYS, MOST = 14, 4  # back, and of one caregiver
PUNCTUAL = 120_000  # ms after its hour: so long it is that hour


@dataclass(frozen=True, slots=True)
class Story:
    """One check-in (a row of `storage.explaining.recent`) and what happened to it: its rows of the table shift."""

    row: Row
    shifts: tuple[Row, ...]

    @property
    def own(self) -> bool:
        """Its parent began it, at another moment than planned."""
        row = self.row
        if row["schedule_id"] is None or row["created_at"] < row["due_at"]:
            return True
        fast = any(one["kind"] == "fast" for one in self.shifts)
        return row["created_at"] == row["due_at"] and not fast and not _fits(row["slot"], row["time"])

    @property
    def late(self) -> bool:
        """It came noticeably after its hour."""
        return self.row["sent_at"] is not None and self.row["sent_at"] - self.row["due_at"] > PUNCTUAL


@dataclass(frozen=True, slots=True)
class Asked:
    """One caregiver: the plans that stand, each with its next moment in ms or None, and what came lately, newest first.

    ``who`` has name, role and timezone.
    """

    who: Row
    plans: tuple[tuple[Row, int | None], ...]
    stories: tuple[Story, ...]


def _fits(slot: str, time: str) -> bool:
    first, _, last = time.partition("-")
    return first <= slot <= (last or first)


async def lately(tx: Tx, therapist: int, child: int, now: int) -> list[Asked]:
    """Each caregiver of a child whom this therapist treats who was asked something in the last days."""
    since = (date.fromisoformat(schedule.local_now(now, "UTC")[0]) - timedelta(days=DAYS)).isoformat()
    moved = await explaining.shifts(tx, therapist, child, since, now)
    rows = await explaining.recent(tx, therapist, child, since, now)
    found = []
    for person, own in groupby(rows, key=lambda row: row["person_id"]):
        newest = list(islice(own, MOST))
        stories = tuple(Story(row, tuple(one for one in moved if one["check_in_id"] == row["id"])) for row in newest)
        found.append(Asked(newest[0], await _plans(tx, person, child), stories))
    return found


async def _plans(tx: Tx, person: int, child: int) -> tuple[tuple[Row, int | None], ...]:
    standing = [row for row in await schedules.of_person(tx, person) if row["child_id"] == child]
    return tuple([(row, await schedule.next_moment(tx, row["id"])) for row in standing])
