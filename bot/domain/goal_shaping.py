"""A therapist shapes a goal step by step. A draft changes freely; what was proposed stays, an edit makes a new version.

The caller has found the goal among those of children whom the therapist treats.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import families, goals, waking
from bot.domain.goals import MOST_ACTIVE, Goal, Goals, Scale, Version
from bot.storage import goal_changes as stored
from bot.storage import goals as stored_goals
from bot.storage.database import Row, Tx

WORDS = ("what", "place", "help", "measure")
LEVELS = {"l0": 0, "l1": 1, "l2": 2, "m1": -1, "m2": -2, "m3": -3}
STEPS = (*WORDS, "by", "scale", *LEVELS, "why", "starter")
LONGEST = 300  # letters in one part
HEAVIEST = 3


class Refused(Enum):
    """Why a proposal was not sent."""

    NOTHING_SAID = auto()  # it does not say yet what the child does
    ENOUGH = auto()  # three are open already
    NOBODY = auto()  # no caregiver has joined
    UNCHANGED = auto()  # there is no draft


def steps(version: Version) -> tuple[str, ...]:
    """Those that this draft has: the level below -2 only where its scale has one."""
    return tuple(one for one in STEPS if one not in LEVELS or LEVELS[one] in version.scale.levels)


def said(goal: Goal, step: str) -> str:
    """What the newest version says there; "" where nothing was said. For a why: of anybody."""
    version = goal.newest
    if step in LEVELS:
        return version.levels.get(LEVELS[step], "")
    if step == "by":
        return version.by_date
    if step == "scale":
        return version.scale.value
    if step == "why":
        return next((one.text or one.kind for one in reversed(goal.words) if one.kind == "why"), "")
    return str(getattr(version, step))


def next_step(goal: Goal, after: str = "") -> str:
    """The first step without words behind that one; "" where there is none."""
    listed = steps(goal.newest)
    behind = listed[listed.index(after) + 1 :] if after in listed else listed
    return next((one for one in behind if (one == "scale" and after) or not said(goal, one)), "")


async def begin(tx: Tx, child: int, now: int, wish: Row | None = None) -> int:
    """A new goal, from a wish of the family or from nothing. Returns its id."""
    goal = await stored.add_goal(tx, child, now)
    await stored.add_version(tx, goal, 1, _parts(None), now)
    if wish is not None and wish["goal_id"] is None and wish["kind"] == "wish":
        await stored.file_wish(tx, wish["id"], goal)
    return goal


async def word(tx: Tx, therapist: int, number: int, now: int) -> Row | None:
    """What a caregiver of this caseload said of goals: a row of `goal_word`."""
    return await stored_goals.word_of_mine(tx, therapist, number, now)


async def wish(tx: Tx, therapist: int, number: int, now: int) -> Row | None:
    """A wish of this caseload that no goal was made of yet."""
    row = await word(tx, therapist, number, now)
    return row if row is not None and row["kind"] == "wish" and row["goal_id"] is None else None


async def edit(tx: Tx, goal: Goal, now: int) -> None:
    """Open it for changes: a draft beside what was proposed, which stays in force."""
    if goal.draft is None and goal.end is None:
        await stored.add_version(tx, goal.id, goal.newest.number + 1, _parts(goal.newest), now)


async def put_back(tx: Tx, goal: Goal, now: int) -> None:
    """Give the draft up. A goal that was never proposed ends with it, and its wish is free again."""
    if goal.draft is None:
        return
    if goal.proposed is not None:
        await stored.undraft(tx, goal.id)
    elif await stored.end(tx, goal.id, "dropped", now):
        await stored.free_wishes(tx, goal.id)


async def write(tx: Tx, goal: Goal, step: str, words: str) -> bool:
    """One part of the draft; "-" empties it. False where it is too long, or nothing can be seen in it."""
    line = families.cleaned(words)
    if goal.draft is None or not 0 < len(line) <= LONGEST:
        return False
    await _set(tx, goal.draft, step, "" if line == "-" else line)
    return True


async def _set(tx: Tx, draft: Version, step: str, words: str) -> None:
    if step not in LEVELS:
        await stored.set_part(tx, draft.id, step, words)
        return
    levels = {**draft.levels, LEVELS[step]: words}
    kept = {str(level): text for level, text in sorted(levels.items()) if text}
    await stored.set_part(tx, draft.id, "levels", json.dumps(kept, ensure_ascii=False))


async def set_scale(tx: Tx, goal: Goal, scale: Scale) -> None:
    if goal.draft is not None:
        await stored.set_part(tx, goal.draft.id, "scale_kind", scale.value)


async def set_by(tx: Tx, goal: Goal, weeks: int, timezone: str, now: int) -> None:
    """So many weeks from today on the therapist's calendar; 0 takes the date away."""
    if goal.draft is not None:
        on = from_ms(now).astimezone(ZoneInfo(timezone)).date() + timedelta(weeks=weeks)
        await stored.set_part(tx, goal.draft.id, "by_date", on.isoformat() if weeks else "")


async def set_why(tx: Tx, goal: Goal, person: int, words: str, now: int) -> bool:
    """Why it matters to that caregiver, as they said it to the therapist. False where it is too long, or not theirs."""
    line = families.cleaned(words)
    if not 0 < len(line) <= LONGEST or person not in {row["id"] for row in await caregivers(tx, goal.child, now)}:
        return False
    await stored.add_word(tx, goal.child, person, "why", now, goal_id=goal.id, text=line)
    return True


async def caregivers(tx: Tx, child: int, now: int) -> list[Row]:
    """Who has joined and cares for the child: rows of `person`."""
    return await stored.caregivers(tx, child, now)


async def propose(tx: Tx, all_goals: Goals, goal: Goal, now: int) -> Refused | None:
    """Ask each caregiver, alone, outside their quiet hours. None: it is on its way."""
    people = await caregivers(tx, goal.child, now)
    if goal.draft is None or goal.end is not None:
        return Refused.UNCHANGED
    if not goal.draft.what:
        return Refused.NOTHING_SAID
    if not people:
        return Refused.NOBODY
    if not goal.open and len(all_goals.open) >= MOST_ACTIVE:
        return Refused.ENOUGH
    await stored.propose(tx, goal.draft.id, now)
    await stored.unnotice(tx, goal.id, "proposal")
    for person in people:
        at = waking.awake(waking.of_caregiver(person), now)
        await stored.notice(tx, goal.id, person["id"], "proposal", at)
    return None


async def set_level(tx: Tx, therapist: int, goal: Goal, level: int, now: int) -> bool:
    """Goal Attainment Scaling: set by the therapist, dated now. False where no agreed version has that level."""
    version = in_use(goal)
    if version is None or level not in version.scale.levels:
        return False
    await stored.add_level(tx, goal.id, version.id, therapist, level, now)
    return True


def in_use(goal: Goal) -> Version | None:
    """The newest version that any caregiver agreed to; None where the goal is not active."""
    agreed = [one for person in goal.agreed() if (one := goal.in_force(person))]
    return max(agreed, key=lambda one: one.number, default=None)


async def weigh(tx: Tx, goal: Goal, importance: int, difficulty: int) -> bool:
    """For the T-score: each from 0 to 3."""
    if not {importance, difficulty} <= set(range(HEAVIEST + 1)):
        return False
    await stored.weigh(tx, goal.id, importance, difficulty)
    return True


async def end(tx: Tx, goal: Goal, kind: str, now: int) -> bool:
    """Reached, or closed for another reason. Whoever had agreed is told that it was reached."""
    if goal.proposed is None or not await stored.end(tx, goal.id, kind, now):
        return False
    await stored.undraft(tx, goal.id)
    for told in ("proposal", "starter"):
        await stored.unnotice(tx, goal.id, told)
    if kind == "reached":
        agreed = set(goal.agreed())
        for person in await caregivers(tx, goal.child, now):
            if person["id"] in agreed:
                at = waking.awake(waking.of_caregiver(person), now)
                await stored.notice(tx, goal.id, person["id"], "reached", at)
    return True


async def next_of(tx: Tx, goal: Goal, now: int) -> int:
    """The next step after a goal that ended: a draft that begins with its words. Returns its id."""
    following = await stored.add_goal(tx, goal.child, now)
    last = replace(goal.newest, levels={}, by_date="", starter="")
    await stored.add_version(tx, following, 1, _parts(last), now)
    return following


def _parts(version: Version | None) -> dict[str, str]:
    if version is None:
        return {**dict.fromkeys(stored.PARTS, ""), "scale_kind": Scale.FROM_MINUS_1.value, "levels": "{}"}
    return {
        **{part: str(getattr(version, part)) for part in (*WORDS, "by_date", "starter")},
        "scale_kind": version.scale.value,
        "levels": json.dumps({str(level): words for level, words in version.levels.items()}, ensure_ascii=False),
    }


async def of_goal(tx: Tx, therapist: int, goal: int, now: int) -> tuple[Goals, Goal] | None:
    """One goal with all goals of its child; None where this therapist does not treat the child."""
    child = await stored_goals.child_of_mine(tx, therapist, goal, now)
    found = None if child is None else await goals.of_mine(tx, therapist, child, now)
    one = None if found is None else found.goal(goal)
    return None if found is None or one is None else (found, one)
