"""What a caregiver says of goals: a wish, a word on a proposal, why it matters, what the child said. Own words only.

What is asked for in words stands in the account: ``goals:<kind>:<child or goal>:<when, in ms>``; it is over after an
hour, and when a check-in has asked for words since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import goals, schedule, waking
from bot.domain.goals import REPLIES, Goal
from bot.model import Account, May, Media, Person, Right
from bot.storage import checkins as stored_checkins
from bot.storage import goal_changes as stored
from bot.storage import people, updates
from bot.storage.database import Tx
from bot.storage.ids import new_id

if TYPE_CHECKING:
    from bot.domain.notes import Incoming

ASKING = "goals:"
ASKED = ("wish", "change", "why", "talked")
HOUR, DAY = 3_600_000, 86_400_000
RATING, EVERY_TWO_WEEKS, USUAL = "goals", "every 14", "19:30"
FIRST_STARTER, STARTER = 3 * DAY, 7 * DAY


@dataclass(frozen=True, slots=True)
class Heard:
    """``message`` is the logical message that acknowledges it."""

    kind: str
    word: int
    child: int
    goal: Goal | None
    message: int


def asking(kind: str, about: int, now: int) -> str:
    """What the account is asked; ``about`` is the child of a wish, else the goal."""
    return f"{ASKING}{kind}:{about}:{now}"


async def seat(tx: Tx, account: int, child: int, now: int) -> int | None:
    """The seat by which this account may say something of the child."""
    mine = await people.children_of(tx, account, Right.CARE, now, May.GIVE)
    return next((person for one, person in mine if one.id == child), None)


async def take(tx: Tx, account: Account, message: Incoming, now: int) -> Heard | None:
    """Words or a voice note that were asked for about goals. None where they answer nothing of this."""
    asked = _asked(account, message.said_at)
    if asked is None or (message.media is not None and message.media.kind != "voice"):
        return None
    kind, about, at = asked
    newer = await stored_checkins.awaiting_words(tx, account.telegram_id, message.said_at, now, asked_after=at)
    if newer is not None and newer["asked_at"] > at:
        return None
    heard = await _store(tx, account.telegram_id, kind, about, message.text, message.media, message.said_at, now)
    if heard is not None:
        await people.ask(tx, account.telegram_id, "")
        await updates.accept(tx, account.telegram_id, message.telegram_message, now, goal_word=heard.word)
    return heard


def _asked(account: Account, said_at: int) -> tuple[str, int, int] | None:
    if not account.asking.startswith(ASKING):
        return None
    _goals, kind, about, at = account.asking.split(":")
    return (kind, int(about), int(at)) if said_at < int(at) + HOUR else None


async def _store(
    tx: Tx, account: int, kind: str, about: int, text: str | None, media: Media | None, said_at: int, now: int
) -> Heard | None:
    message = new_id()
    if kind == "wish":
        person = await seat(tx, account, about, now)
        if person is None:
            return None
        word = await stored.add_word(tx, about, person, kind, said_at, text=text, media=media, message=message)
        return Heard(kind, word, about, None, message)
    found = await goals.own(tx, account, about, now, May.BOTH)
    if found is None:
        return None
    goal, person = found
    version = goal.proposed.id if goal.proposed and kind == "change" else None
    word = await stored.add_word(
        tx, goal.child, person, kind, said_at, goal_id=goal.id, version=version, text=text, media=media, message=message
    )
    return Heard(kind, word, goal.child, goal, message)


async def answer(tx: Tx, account: int, goal_id: int, kind: str, now: int) -> tuple[Goal, int] | None:
    """A tap on a proposal: agree, change or talk. Returns the goal as it stands after it, and the seat.

    The same tap twice is one word. None where the goal is not theirs, has ended, or was never proposed.
    """
    found = await goals.own(tx, account, goal_id, now, May.BOTH)
    if found is None or found[0].end is not None or found[0].proposed is None or kind not in REPLIES:
        return None
    goal, person = found
    before = goal.answer(person)
    if before is None or before.kind != kind:
        version = goal.proposed.id if goal.proposed else None
        await stored.add_word(tx, goal.child, person, kind, now, goal_id=goal.id, version=version)
        if kind == "agree":
            await _begin_starters(tx, goal, person, now)
    return await goals.own(tx, account, goal_id, now, May.BOTH)


async def _begin_starters(tx: Tx, goal: Goal, person: int, now: int) -> None:
    """From the first agreement on, a line a week to talk about with the child."""
    found = await people.seat(tx, person)
    others = await goals.of_seat(tx, person, goal.child, now)
    if found is not None and [one.id for one in others.in_force(person)] == [goal.id]:
        await stored.notice(tx, goal.id, person, "starter", waking.awake(waking.of_person(found), now + FIRST_STARTER))
        await _begin_ratings(tx, goal.child, found, now)


async def _begin_ratings(tx: Tx, child: int, seat: Person, now: int) -> None:
    """From the first agreement on, how close the child is: the next day, then every two weeks, at their usual hour."""
    plans = await schedule.of_person(tx, seat.id)
    if any(one["template"] == RATING and one["child_id"] == child for one in plans):
        return
    time = next((one["time"] for one in plans if one["child_id"] == child and one["ends_on"] is None), USUAL)
    first = from_ms(now).astimezone(ZoneInfo(seat.timezone)).date() + timedelta(days=1)
    await schedule.add(tx, seat.id, child, RATING, EVERY_TWO_WEEKS, time, first, now)


async def talked(tx: Tx, account: int, goal_id: int, now: int) -> tuple[Goal, int] | None:
    """They talked about the goal with the child. Once a day is enough."""
    found = await goals.own(tx, account, goal_id, now, May.BOTH)
    if found is None:
        return None
    goal, person = found
    last = next((one.at for one in reversed(goal.words) if one.kind == "talked"), None)
    if last is None or now - last >= DAY:
        await stored.add_word(tx, goal.child, person, "talked", now, goal_id=goal.id)
    return found
