"""What caregivers are told of goals, each alone and outside their quiet hours: a proposal, a goal reached, and once a
week a line to talk about with the child.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import content, goal_words, goals, waking
from bot.domain.goals import Goal
from bot.storage import goal_changes, goal_notices
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

MOST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """``row`` is one of `storage.goal_notices.due`. ``stale_at`` (ms): their quiet hours begin."""

    row: Row
    goal: Goal
    message: int
    stale_at: int
    turn: int = 0  # how many such lines they had of this goal


async def due(tx: Tx, now: int) -> tuple[list[Told], bool]:
    """Who is to be told now, each once; and whether as many again may be waiting."""
    rows = await goal_notices.due(tx, now, MOST)
    told = [one for row in rows if (one := await _one(tx, row, now))]
    more = len(rows) == MOST
    if not more:
        await goal_notices.nobody_to_tell(tx, now)
    return told, more


async def _one(tx: Tx, row: Row, now: int) -> Told | None:
    hours = waking.of_caregiver(row)
    if not hours.reached(now):
        await goal_notices.later(tx, row["id"], waking.awake(hours, now))
        return None
    before = await goal_notices.told_before(tx, row["person_id"], row["kind"])
    goal = await _still(tx, row, before, now)
    if goal is None:
        await goal_notices.later(tx, row["id"], None)
        return None
    turn = before[goal.id]["times"] if goal.id in before else 0
    told = Told(row, goal, new_id(), waking.asleep(hours, now), turn)
    await goal_notices.told(tx, row["id"], told.message, now)
    return told


async def _still(tx: Tx, row: Row, before: dict[int, Row], now: int) -> Goal | None:
    """The goal, where there is still something to say of it to this caregiver."""
    person = row["person_id"]
    mine = await goals.of_seat(tx, person, row["child_id"], now)
    goal = mine.goal(row["goal_id"])
    if row["kind"] == "starter":
        return await _starter(tx, mine.in_force(person), row, before, now)
    if goal is None or (row["kind"] == "proposal" and not goal.waits_for(person)):
        return None
    return goal


async def _starter(tx: Tx, active: tuple[Goal, ...], row: Row, before: dict[int, Row], now: int) -> Goal | None:
    """The goal that was talked about least lately; the next line comes in a week. None: this week there is none."""
    if not active:
        return None
    goal = min(active, key=lambda one: before[one.id]["at"] if one.id in before else 0)
    at = waking.awake(waking.of_caregiver(row), now + goal_words.STARTER)
    await goal_changes.notice(tx, goal.id, row["person_id"], "starter", at)
    if not await content.may_send(tx, row["person_id"], content.STARTER, now):
        return None
    if goal.id != row["goal_id"]:
        await goal_notices.move(tx, row["id"], goal.id)
    return goal


async def no_more_starters(tx: Tx, account: int, goal: int, now: int) -> bool:
    """They want no such line any more. False where the goal is not theirs."""
    found = await goals.own(tx, account, goal, now)
    if found is not None:
        await goal_notices.stop(tx, found[1], "starter")
    return found is not None
