"""How far a child has come, as one caregiver told it: wins by month, goals that were reached, own ratings."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import goal_ratings, goals, wins
from bot.domain.goal_ratings import Ratings
from bot.domain.goals import Goal, Goals
from bot.domain.wins import Win
from bot.model import Person
from bot.storage.database import Tx

ON_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Page:
    """``wins`` are those of page ``number`` (counted from 0, newest first); ``reached`` only on the first."""

    number: int
    pages: int
    wins: tuple[Win, ...]
    goals: Goals
    reached: tuple[Goal, ...]
    ratings: Ratings


async def page(tx: Tx, seat: Person, child: int, number: int, now: int) -> Page:
    """Of a child for whom the caller has found this seat to care."""
    told = await wins.of_seat(tx, seat.id, child, seat.timezone, now)
    mine = await goals.of_seat(tx, seat.id, child, now)
    pages = max(1, -(-len(told) // ON_A_PAGE))
    number = min(number, pages - 1)
    reached = tuple(one for one in mine.ended if one.end == "reached" and agreed(one, seat.id))
    return Page(
        number,
        pages,
        tuple(told[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]),
        mine,
        reached if number == 0 else (),
        await goal_ratings.of_seat(tx, seat.id, child, now),
    )


def agreed(goal: Goal, seat: int) -> bool:
    return any(one.by == seat and one.kind == "agree" for one in goal.words)
