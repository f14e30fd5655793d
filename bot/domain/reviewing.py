"""Every six weeks the therapist is asked whether a plan still fits: what was asked, answered and looked at."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import notices, planning, rhythms, silence
from bot.model import Person, Screen
from bot.storage import people, schedules
from bot.storage import planning as planned
from bot.storage import reviewing as stored
from bot.storage.database import Row, Tx

DAY = 86_400_000
A_DAY = 2  # plans that one therapist is asked about in a day: of many families, the others wait for their turn
MOST = 200
FEW = 3  # days a week: who is asked on more is asked on so many, else on one


@dataclass(frozen=True, slots=True)
class Review:
    """One plan (a row of `storage.reviewing.due`) for one therapist: numbers of the last six weeks."""

    row: Row
    therapist: Person
    asked: int
    answered: int
    digests: int
    opened: int


async def waiting(tx: Tx, now: int) -> bool:
    return bool(await stored.due(tx, now, 1))


async def due(tx: Tx, now: int) -> tuple[list[Review], bool]:
    """Which plans are asked about now, each once; and whether as many again may be waiting."""
    rows = await stored.due(tx, now, MOST)
    found: list[Review] = []
    turns: dict[int, int] = {}  # of each therapist: so many of these plans are theirs
    for row in rows:
        found += await _one(tx, row, turns, now)
    return found, len(rows) == MOST


async def _one(tx: Tx, row: Row, turns: dict[int, int], now: int) -> list[Review]:
    """Counted from the first question on; of too many for a day the others come on the next ones."""
    first = row["first_at"]
    ripe = first is not None and first <= now - schedules.REVIEW_AFTER
    therapists = await people.therapists_of(tx, row["child_id"], now)
    if not ripe or not therapists:
        await stored.review_at(tx, row["id"], (first if first and not ripe else now) + schedules.REVIEW_AFTER)
        return []
    turn = turns[therapists[0].id] = turns.get(therapists[0].id, -1) + 1
    if turn >= A_DAY:
        await stored.review_at(tx, row["id"], now + turn // A_DAY * DAY)
        return []
    await stored.review_at(tx, row["id"], now + schedules.REVIEW_AFTER)
    since = now - schedules.REVIEW_AFTER
    asked, answered = await stored.asked(tx, row["id"], since)
    return [
        Review(row, one, asked, answered, *await stored.opened(tx, one.id, row["child_id"], since))
        for one in therapists
    ]


async def put(tx: Tx, review: Review, screen: Screen, now: int) -> None:
    """In the working hours of that therapist."""
    await notices.put(tx, review.therapist, review.row["child_id"], review.row["person_id"], screen, now)


async def fewer(tx: Tx, therapist: int, schedule_id: int, now: int) -> bool:
    """Three days a week, or one where it is no more now. False where it is not theirs."""
    row = await planned.mine(tx, therapist, schedule_id, now)
    if row is None:
        return False
    kind, *words = row["days"].split()
    often = not words and (not set(kind) <= set(rhythms.WEEKDAYS) or len(kind) > FEW)
    days = silence.FEWER["three" if often else "one"]
    return await planning.change(tx, therapist, schedule_id, now, days=days)
