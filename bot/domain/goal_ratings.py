"""The family's own view of a goal, 0 to 10, beside the therapist's level. Never averaged: different eyes differ.

A mean change of one or two points is within what such ratings move by themselves; nothing is made of it here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.digest_period import local_date
from bot.domain.flags import View
from bot.domain.goals import Goal
from bot.domain.medium import media_of
from bot.model import Media
from bot.storage import goal_ratings as stored
from bot.storage.database import Row, Tx


@dataclass(frozen=True, slots=True)
class Rating:
    by: int
    value: int
    at: int
    late: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One caregiver's ratings of one goal. ``last`` is the one before ``now``; None with a single rating."""

    by: int
    start: Rating
    last: Rating | None
    now: Rating
    n: int


Ratings = Mapping[int, tuple[Rating, ...]]
"""By goal, oldest first."""


async def of_caseload(tx: Tx, therapist: int, child: int | None, now: int) -> Ratings:
    """Every caregiver's, of all children whom this therapist treats, or of one."""
    return _read(await stored.of_caseload(tx, therapist, child, now))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a caregiver said beside the rating: ``right`` is yes, not_sure, no, or None with a reason in words."""

    by: int
    at: int
    right: str | None
    text: str | None
    media: Media | None


async def beside(tx: Tx, therapist: int, child: int | None, now: int) -> Mapping[int, tuple[Beside, ...]]:
    """By goal, for the therapist: the newest reason and the newest word on the goal of each caregiver."""
    newest: dict[int, dict[tuple[int, bool], Beside]] = defaultdict(dict)
    for row in await stored.beside(tx, therapist, child, now):
        right = None if row["value"] is None else json.loads(row["value"])
        said = Beside(row["person_id"], row["answered_at"], right, row["text"], media_of(row))
        newest[stored.goal_of(row["question"])][(said.by, right is None)] = said
    return {goal: tuple(found.values()) for goal, found in newest.items()}


async def of_seat(tx: Tx, seat: int, child: int, now: int) -> Ratings:
    """One caregiver's own."""
    return _read(await stored.of_seat(tx, seat, child, now))


def _read(rows: Iterable[Row]) -> Ratings:
    found: dict[int, list[Rating]] = defaultdict(list)
    for row in rows:
        rating = Rating(row["person_id"], json.loads(row["value"]), row["answered_at"], bool(row["late"]))
        found[stored.goal_of(row["question"])].append(rating)
    return {goal: tuple(ratings) for goal, ratings in found.items()}


def courses(ratings: Sequence[Rating]) -> tuple[Course, ...]:
    """For each caregiver alone: the start, the last, now, and how many. The same for parents and therapists."""
    by: dict[int, list[Rating]] = defaultdict(list)
    for one in ratings:
        by[one.by].append(one)
    return tuple(
        Course(person, own[0], own[-2] if len(own) > 1 else None, own[-1], len(own)) for person, own in by.items()
    )


def views(goal: Goal, ratings: Sequence[Rating], timezone: str) -> list[View]:
    """The newest one of each caregiver, and the therapist's own level beside them (by 0).

    The five levels are set beside the eleven steps: -2 is 0 and +2 is 10, so one level is 2.5 points.
    """
    found = [View(one.by, local_date(one.now.at, timezone), one.now.value) for one in courses(ratings)]
    if (level := goal.level) is not None:
        points = (max(level.level, -2) + 2) * 2.5
        found.append(View(0, local_date(level.at, timezone), points, level.level))
    return found
