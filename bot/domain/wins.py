"""Small wins as an album: what was told, newest first, by month; each may belong to a goal."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import goal_words, goals
from bot.domain.goals import Goal
from bot.domain.medium import media_of
from bot.model import Account, Media
from bot.storage import wins as stored
from bot.storage.database import Row, Tx
from bot.storage.wins import Rows

LATELY = 60 * 86_400_000  # ms: what a therapist may still want to file


@dataclass(frozen=True, slots=True)
class Win:
    """``kind`` is "c" for a check-in, "n" for a note. ``first``: it happened for the first time."""

    kind: str
    id: int
    child: int
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
        kind="c",
        id=row["id"],
        child=row["child_id"],
        by=row["person_id"],
        on=on,
        at=did["answered_at"],
        text=did["text"],
        media=media_of(did),
        first=first,
        goal=row["goal_id"],
    )


def _noted(row: Row, timezone: str) -> Win:
    at = row["recorded_at"]
    on = from_ms(at).astimezone(ZoneInfo(timezone)).date()
    return Win(
        kind="n",
        id=row["id"],
        child=row["child_id"],
        by=row["person_id"],
        on=on,
        at=at,
        text=row["text"],
        media=media_of(row),
        first=False,
        goal=row["goal_id"],
    )


async def own(tx: Tx, account: Account, kind: str, win: int, now: int) -> Win | None:
    """One win that a seat of this account told, of a child it still cares for."""
    row = await stored.whose(tx, kind, win)
    seat = next((one for one in account.caregivers if row is not None and one.id == row["person_id"]), None)
    if row is None or seat is None:
        return None
    told = await of_seat(tx, seat.id, row["child_id"], seat.timezone, now)
    return next((one for one in told if (one.kind, one.id) == (kind, win)), None)


async def mine(tx: Tx, therapist: int, kind: str, win: int, timezone: str, now: int) -> Win | None:
    """One win of a child whom this therapist treats."""
    row = await stored.whose(tx, kind, win)
    told = [] if row is None else await of_mine(tx, therapist, row["child_id"], timezone, now)
    return next((one for one in told if (one.kind, one.id) == (kind, win)), None)


async def may_belong_to(tx: Tx, account: int, kind: str, win: int, now: int) -> tuple[Goal, ...]:
    """The goals in force for the caregiver whose win it is; none where it is not this account's."""
    found = await _whose(tx, account, kind, win, now)
    return () if found is None else (await goals.of_seat(tx, *found, now)).in_force(found[0])


async def _whose(tx: Tx, account: int, kind: str, win: int, now: int) -> tuple[int, int] | None:
    """The seat and the child; None where the win is not this account's."""
    row = await stored.whose(tx, kind, win)
    seat = None if row is None else await goal_words.seat(tx, account, row["child_id"], now)
    return None if row is None or seat is None or seat != row["person_id"] else (seat, row["child_id"])


async def file_own(tx: Tx, account: int, kind: str, win: int, goal: int, now: int) -> int | None:
    """The parent says to which goal it belongs; 0: to none. Returns the child; None: not theirs."""
    found = await _whose(tx, account, kind, win, now)
    if found is None or goal not in {0, *(one.id for one in await may_belong_to(tx, account, kind, win, now))}:
        return None
    await stored.file(tx, kind, win, goal or None, now)
    return found[1]


async def file_mine(tx: Tx, therapist: int, kind: str, win: int, goal: int, now: int) -> int | None:
    """The therapist files it; 0: to no goal. Returns the child; None where it is not of this caseload, or the goal is
    not one of that child's.
    """
    row = await stored.whose(tx, kind, win)
    mine = None if row is None else (await goals.of_caseload(tx, therapist, row["child_id"], now)).get(row["child_id"])
    if row is None or mine is None or (goal and mine.goal(goal) is None):
        return None
    await stored.file(tx, kind, win, goal or None, now)
    return int(row["child_id"])
