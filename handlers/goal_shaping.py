"""/goal: a therapist turns wishes into goals, sends them to the family, and sets levels.

Buttons are `goal:<verb>:<id>[:<more>]`; what is typed answers `goal:<step>:<goal>`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.clock import from_ms
from bot.domain import accounts, auditing, families, goal_ratings, goal_shaping, goals, milestones, wins
from bot.domain.auditing import What
from bot.domain.goal_shaping import LEVELS
from bot.domain.goals import Goal, Goals, Scale
from bot.model import Person, Screen
from bot.text.screens import digest_phrases as phrases
from bot.text.screens import goal_shaping as screens
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import milestones as milestone_screens
from bot.text.screens import progress as progress_screens
from bot.text.screens.goal_shaping import Who
from handlers.context import Home

ASKING = "goal:"
WINS = 10  # the newest ones, on a screen
_WEIGHT = re.compile(r"[0-3](-[0-3])?")
Verb = Callable[[Home, Person, int, str], Awaitable[Screen | None]]


@dataclass(frozen=True, slots=True)
class At:
    """One goal of a family of this therapist."""

    who: Who
    all: Goals
    goal: Goal


async def show_goals(_: Update, home: Home) -> None:
    therapist = home.me.therapist
    if therapist is None:
        home.say(inviting_screens.therapists_only(home.voice))
        return
    home.say(screens.listed(home.voice, await families.page(home.tx, therapist.id, 0, home.now)))


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where it is not of this therapist's families."""
    _goal, verb, number, *rest = home.data
    therapist = home.me.therapist
    if home.me.asking.startswith(ASKING):
        await accounts.ask(home.tx, home.chat, "")
    screen = None if therapist is None else await _VERBS[verb](home, therapist, int(number), "".join(rest))
    await home.show_or_say_gone(screen)


async def _who(home: Home, therapist: Person, child: int) -> Who | None:
    family = await families.family(home.tx, therapist.id, child, home.now)
    if family is None:
        return None
    await auditing.seen(home.tx, therapist.id, child, home.now)
    return Who(home.voice_of(therapist, family.child["gender"]), family, therapist.timezone, home.house.rules)


async def _at(home: Home, therapist: Person, goal: int) -> At | None:
    found = await goal_shaping.of_goal(home.tx, therapist.id, goal, home.now)
    who = None if found is None else await _who(home, therapist, found[1].child)
    return None if found is None or who is None else At(who, *found)


async def _page(home: Home, therapist: Person, number: int, _: str) -> Screen | None:
    return screens.listed(home.voice, await families.page(home.tx, therapist.id, number, home.now))


async def _child(home: Home, therapist: Person, child: int, _: str) -> Screen | None:
    who = await _who(home, therapist, child)
    if who is None:
        return None
    found = await goals.of_mine(home.tx, therapist.id, child, home.now)
    return screens.child(who, found, await goal_ratings.of_caseload(home.tx, therapist.id, child, home.now))


async def _one(home: Home, therapist: Person, goal: int, _: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    if at is None:
        return None
    ratings = await goal_ratings.of_caseload(home.tx, therapist.id, at.goal.child, home.now)
    beside = await goal_ratings.beside(home.tx, therapist.id, at.goal.child, home.now)
    return screens.one(at.who, at.goal, ratings, beside.get(at.goal.id, ()))


async def _new(home: Home, therapist: Person, child: int, _: str) -> Screen | None:
    if await _who(home, therapist, child) is None:
        return None
    await home.changed(What.GOAL_CHANGED, child)
    return await _step(home, therapist, await goal_shaping.begin(home.tx, child, home.now), "what")


async def _make(home: Home, therapist: Person, word: int, _: str) -> Screen | None:
    """A goal out of that wish."""
    wish = await goal_shaping.wish(home.tx, therapist.id, word, home.now)
    if wish is None:
        return None
    await home.changed(What.GOAL_CHANGED, wish["child_id"])
    return await _step(home, therapist, await goal_shaping.begin(home.tx, wish["child_id"], home.now, wish), "what")


async def _step(home: Home, therapist: Person, goal: int, step: str) -> Screen | None:
    """Ask for one part; `why-<seat>` for that caregiver's reason."""
    at = await _at(home, therapist, goal)
    name, _, person = step.partition("-")
    if at is None or at.goal.draft is None or name not in goal_shaping.steps(at.goal.newest):
        return None
    if name == "why":
        return await _why(home, at, int(person) if person.isdecimal() else None)
    if name not in ("by", "scale"):
        await accounts.ask(home.tx, home.chat, f"{ASKING}{name}:{goal}")
    today = from_ms(home.now).astimezone(ZoneInfo(therapist.timezone)).date()
    return screens.step(at.who, at.goal, name, today)


async def _why(home: Home, at: At, person: int | None) -> Screen | None:
    joined = at.who.joined
    if person is None and len(joined) != 1:
        return screens.whose_why(at.who, at.goal) if joined else await _after(home, at, "why")
    whose = joined[0] if person is None else person
    if whose not in joined:
        return None
    await accounts.ask(home.tx, home.chat, f"{ASKING}why-{whose}:{at.goal.id}")
    return screens.why(at.who, at.goal, whose)


async def _after(home: Home, at: At, step: str) -> Screen | None:
    """The next part that says nothing yet; after the last one the goal as a whole."""
    following = goal_shaping.next_step(at.goal, step)
    therapist = home.me.therapist
    assert therapist is not None  # noqa: S101 - asked by `pressed` and `typed`
    if following:
        return await _step(home, therapist, at.goal.id, following)
    return await _one(home, therapist, at.goal.id, "")


async def _skip(home: Home, therapist: Person, goal: int, step: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    return None if at is None or step not in goal_shaping.STEPS else await _after(home, at, step)


async def _put(home: Home, therapist: Person, goal: int, chosen: str) -> Screen | None:
    """`goal:put:<goal>:<step>-<choice>`: a tap instead of words."""
    at = await _at(home, therapist, goal)
    step, _, choice = chosen.partition("-")
    if at is None or at.goal.draft is None:
        return None
    if step == "scale" and choice in set(Scale):
        await goal_shaping.set_scale(home.tx, at.goal, Scale(choice))
    elif step == "by" and choice in {"0", *map(str, screens.WEEKS)}:
        await goal_shaping.set_by(home.tx, at.goal, int(choice), therapist.timezone, home.now)
    elif words := screens.suggested(at.who.voice, step, choice):
        await goal_shaping.write(home.tx, at.goal, step, words)
    else:
        return None
    return await _go_on(home, therapist, goal, step)


async def _go_on(home: Home, therapist: Person, goal: int, step: str) -> Screen | None:
    """It was changed: read anew, then the next part."""
    at = await _at(home, therapist, goal)
    if at is None:
        return None
    await home.changed(What.GOAL_CHANGED, at.goal.child)
    return await _after(home, at, step)


async def typed(home: Home, words: str) -> None:
    """The words of one part."""
    _goal, step, number = home.me.asking.split(":")
    therapist = home.me.therapist
    at = None if therapist is None else await _at(home, therapist, int(number))
    if therapist is None or at is None or at.goal.draft is None:
        await accounts.ask(home.tx, home.chat, "")
        home.say(inviting_screens.therapists_only(home.voice))
        return
    name, _, person = step.partition("-")
    if name == "why":
        kept = await goal_shaping.set_why(home.tx, at.goal, int(person), words, home.now)
    else:
        kept = await goal_shaping.write(home.tx, at.goal, name, words)
    if not kept:
        home.say(screens.too_long(home.voice))
        return
    await accounts.ask(home.tx, home.chat, "")
    shown = await _go_on(home, therapist, at.goal.id, name)
    assert shown is not None  # noqa: S101 - the right was checked above
    home.say(shown)


async def _shape(home: Home, therapist: Person, goal: int, _: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    return None if at is None or at.goal.draft is None else screens.shape(at.who, at.goal)


async def _send(home: Home, therapist: Person, goal: int, _: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    if at is None:
        return None
    refused = await goal_shaping.propose(home.tx, at.all, at.goal, home.now)
    if refused is not None:
        home.toast(screens.refused(home.voice, refused, at.who.child), alert=True)
    else:
        await home.changed(What.GOAL_CHANGED, at.goal.child)
        home.toast(home.voice.plain("shaping-sent"))
    return await _one(home, therapist, goal, "")


async def _drop(home: Home, therapist: Person, goal: int, _: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    if at is None or at.goal.draft is None:
        return None
    await goal_shaping.put_back(home.tx, at.goal, home.now)
    await home.changed(What.GOAL_CHANGED, at.goal.child)
    return await _child(home, therapist, at.goal.child, "")


async def _edit(home: Home, therapist: Person, goal: int, _: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    if at is None or at.goal.end is not None:
        return None
    await goal_shaping.edit(home.tx, at.goal, home.now)
    await home.changed(What.GOAL_CHANGED, at.goal.child)
    return await _shape(home, therapist, goal, "")


async def _level(home: Home, therapist: Person, goal: int, chosen: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    version = None if at is None else goal_shaping.in_use(at.goal)
    if at is None or version is None:
        return None
    if not chosen:
        return screens.levels(at.who, at.goal, version)
    level = LEVELS.get(chosen)
    if level is None or not await goal_shaping.set_level(home.tx, therapist.id, at.goal, level, home.now):
        return None
    await home.changed(What.GOAL_CHANGED, at.goal.child)
    home.toast(home.voice.plain("shaping-level-kept", level=phrases.signed(home.voice, level)))
    return await _one(home, therapist, goal, "")


async def _weigh(home: Home, therapist: Person, goal: int, chosen: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    if at is None or (chosen and not _WEIGHT.fullmatch(chosen)):
        return None
    importance, _, difficulty = chosen.partition("-")
    if not difficulty:
        return screens.weigh(at.who, at.goal, int(importance) if importance else None)
    await goal_shaping.weigh(home.tx, at.goal, int(importance), int(difficulty))
    await home.changed(What.GOAL_CHANGED, at.goal.child)
    return await _one(home, therapist, goal, "")


async def _reached(home: Home, therapist: Person, goal: int, chosen: str) -> Screen | None:
    return await _end(home, therapist, goal, chosen, "reached")


async def _closed(home: Home, therapist: Person, goal: int, chosen: str) -> Screen | None:
    return await _end(home, therapist, goal, chosen, "closed")


async def _end(home: Home, therapist: Person, goal: int, chosen: str, end: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    if at is None or at.goal.proposed is None or at.goal.end is not None:
        return None
    if chosen != "yes":
        return screens.sure(home.voice, at.goal, end)
    await goal_shaping.end(home.tx, at.goal, end, home.now)
    await home.changed(What.GOAL_CHANGED, at.goal.child)
    return screens.over(at.who, at.goal, end)


async def _following(home: Home, therapist: Person, goal: int, _: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    if at is None or at.goal.end is None:
        return None
    await home.changed(What.GOAL_CHANGED, at.goal.child)
    return await _step(home, therapist, await goal_shaping.next_of(home.tx, at.goal, home.now), "what")


async def _versions(home: Home, therapist: Person, goal: int, _: str) -> Screen | None:
    at = await _at(home, therapist, goal)
    return None if at is None or at.goal.proposed is None else screens.versions(at.who, at.goal)


async def _ended(home: Home, therapist: Person, child: int, _: str) -> Screen | None:
    who = await _who(home, therapist, child)
    return None if who is None else screens.ended(who, await goals.of_mine(home.tx, therapist.id, child, home.now))


async def _list(home: Home, therapist: Person, child: int, page: str) -> Screen | None:
    """`goal:list:<child>[:<page>]`: what caregivers said to the list for an age."""
    who = await _who(home, therapist, child)
    if who is None:
        return None
    rounds = await milestones.of_mine(home.tx, therapist.id, child, home.now)
    return milestone_screens.for_therapist(who, rounds, child, int(page) if page.isdecimal() else 0)


async def _wins(home: Home, therapist: Person, child: int, _: str) -> Screen | None:
    who = await _who(home, therapist, child)
    if who is None:
        return None
    told = await wins.of_mine(home.tx, therapist.id, child, therapist.timezone, home.now)
    found = await goals.of_mine(home.tx, therapist.id, child, home.now)
    return progress_screens.for_therapist(who, told[:WINS], found.open, child)


async def win(_: Update, home: Home) -> None:
    """`goal:win:<kind>:<win>`: which goal it belongs to; `goal:file:<kind>:<win>:<goal>`: that one, 0 for none."""
    _goal, verb, kind, number, *rest = home.data
    therapist, screen = home.me.therapist, None
    if therapist is not None and verb == "file":
        child = await wins.file_mine(home.tx, therapist.id, kind, int(number), int(rest[0]), home.now)
        if child is not None:
            await home.changed(What.GOAL_CHANGED, child)
            screen = await _wins(home, therapist, child, "")
    elif therapist is not None:
        screen = await _which_goal(home, therapist, kind, int(number))
    await home.show_or_say_gone(screen)


async def _which_goal(home: Home, therapist: Person, kind: str, number: int) -> Screen | None:
    found = await wins.mine(home.tx, therapist.id, kind, number, therapist.timezone, home.now)
    who = None if found is None else await _who(home, therapist, found.child)
    if found is None or who is None:
        return None
    listed = (await goals.of_mine(home.tx, therapist.id, found.child, home.now)).open
    return progress_screens.therapist_goal(who, found, listed, found.child)


async def hear(_: Update, home: Home) -> None:
    """`goal:hear:<word>`: a voice note, in a message of its own."""
    therapist, word = home.me.therapist, int(home.data[2])
    row = None if therapist is None else await goal_shaping.word(home.tx, therapist.id, word, home.now)
    who = None if therapist is None or row is None else await _who(home, therapist, row["child_id"])
    if row is None or who is None or not row["media_kind"]:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    home.say(screens.heard(who, row, goals.to_word(row)))


_VERBS: dict[str, Verb] = {
    "page": _page,
    "child": _child,
    "one": _one,
    "new": _new,
    "make": _make,
    "step": _step,
    "skip": _skip,
    "put": _put,
    "shape": _shape,
    "send": _send,
    "drop": _drop,
    "edit": _edit,
    "level": _level,
    "weigh": _weigh,
    "reached": _reached,
    "closed": _closed,
    "following": _following,
    "versions": _versions,
    "ended": _ended,
    "list": _list,
    "wins": _wins,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("goal", show_goals, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(win, pattern=r"^goal:(win:[cn]:\d{1,19}|file:[cn]:\d{1,19}:\d{1,18})$"),
        CallbackQueryHandler(hear, pattern=r"^goal:hear:\d{1,19}$"),
        CallbackQueryHandler(pressed, pattern=rf"^goal:({'|'.join(_VERBS)}):\d{{1,18}}(:[a-z0-9_-]{{1,24}})?$"),
    ]
