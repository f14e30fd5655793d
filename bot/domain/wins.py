"""Small wins as an album: what was told, newest first, by month; each may belong to a goal."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import goal_words, goals
from bot.domain.checkins import media_of
from bot.domain.goals import Goal
from bot.model import Media
from bot.storage import goals as stored_goals
from bot.storage import wins as stored
from bot.storage.database import Row, Tx
from bot.storage.wins import Rows

ON_A_PAGE = 5
LATELY = 60 * 86_400_000  # ms: what a therapist may still want to file


@dataclass(frozen=True, slots=True)
class Win:
    """``kind`` is "c" for a check-in, "n" for a note. ``first``: it happened for the first time."""

    kind: str
    id: int
    by: int
    on: date
    at: int
    text: str | None
    media: Media | None
    first: bool
    goal: int | None


async def of_seat(tx: Tx, seat: int, child: int, timezone: str, now: int) -> list[Win]:
    """What this caregiver told, newest first."""
    return _read(await stored.of_seat(tx, seat, child, now), timezone)


async def of_mine(tx: Tx, therapist: int, child: int, timezone: str, now: int) -> list[Win]:
    """What was told lately of a child whom this therapist treats."""
    return _read(await stored.of_mine(tx, therapist, child, now - LATELY, now), timezone)


def _read(rows: Rows, timezone: str) -> list[Win]:
    told, answers, notes = rows
    of_check_in: dict[int, dict[str, Row]] = defaultdict(dict)
    for row in answers:
        of_check_in[row["check_in_id"]][row["question"]] = row
    found = [_told(row, of_check_in[row["id"]]) for row in told if "did" in of_check_in[row["id"]]]
    found += [_noted(row, timezone) for row in notes]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def _told(row: Row, answers: dict[str, Row]) -> Win:
    did, often = answers["did"], answers.get("often")
    first = often is not None and often["value"] is not None and json.loads(often["value"]) == "first_time"
    on = date.fromisoformat(row["local_date"])
    return Win(
        "c", row["id"], row["person_id"], on, did["answered_at"], did["text"], media_of(did), first, row["goal_id"]
    )


def _noted(row: Row, timezone: str) -> Win:
    at = row["recorded_at"]
    on = from_ms(at).astimezone(ZoneInfo(timezone)).date()
    return Win(
        kind="n",
        id=row["id"],
        by=row["person_id"],
        on=on,
        at=at,
        text=row["text"],
        media=media_of(row),
        first=False,
        goal=row["goal_id"],
    )


async def may_belong_to(tx: Tx, account: int, kind: str, win: int, now: int) -> tuple[Goal, ...]:
    """The goals in force for the caregiver whose win it is; none where it is not this account's."""
    row = await stored.whose(tx, kind, win)
    seat = None if row is None else await goal_words.seat(tx, account, row["child_id"], now)
    if row is None or seat is None or seat != row["person_id"]:
        return ()
    return (await goals.of_seat(tx, seat, row["child_id"], now)).in_force(seat)


async def file_own(tx: Tx, account: int, kind: str, win: int, goal: int, now: int) -> Goal | None:
    """The parent says to which goal it belongs; 0: to none. None where win or goal are not theirs."""
    found = next((one for one in await may_belong_to(tx, account, kind, win, now) if one.id == goal), None)
    if found is not None:
        await stored.file(tx, kind, win, goal, now)
    return found


async def file_mine(tx: Tx, therapist: int, kind: str, win: int, goal: int, now: int) -> int | None:
    """The therapist files it. Returns the child; None where they are of two children, or not of this caseload."""
    row = await stored.whose(tx, kind, win)
    child = await stored_goals.child_of_mine(tx, therapist, goal, now)
    if row is None or child is None or row["child_id"] != child:
        return None
    await stored.file(tx, kind, win, goal, now)
    return child
