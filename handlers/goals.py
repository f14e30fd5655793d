"""/goals: a caregiver's wishes, the goals they were asked about, and their word on each.

Buttons are `g:<verb>:<child or goal>`; the words that are asked for come in through `handlers.notes`, as all words do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.domain import accounts, goal_ratings, goal_telling, goal_words, goals
from bot.domain.goal_words import Heard
from bot.domain.goals import Goal
from bot.model import Child, May, Person, Right, Screen
from bot.text.screens import choosing
from bot.text.screens import goal_shaping as shaping_screens
from bot.text.screens import goals as screens
from handlers import whom
from handlers.context import Home

Verb = Callable[[Home, int], Awaitable[Screen | None]]


async def show_goals(_: Update, home: Home) -> None:
    children = await whom.children(home, May.CARE)
    if not children:
        home.say(choosing.no_child(home.voice))
        return
    if len(children) > 1:
        home.say(choosing.which_child(home.voice, children, "g:child"))
        return
    shown = await _child(home, children[0].id)
    assert shown is not None  # noqa: S101 - one of theirs
    home.say(shown)


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where the child or the goal is not theirs."""
    _g, verb, number = home.data
    if home.me.asking.startswith(goal_words.ASKING):
        await accounts.ask(home.tx, home.chat, "")
    screen = await _VERBS[verb](home, int(number))
    await home.show_or_say_gone(screen)


async def seat_of(home: Home, child: int) -> tuple[Child, Person] | None:
    """The child and the seat by which this account cares for it."""
    for one, person in await accounts.children(home.tx, home.me, Right.CARE, home.now):
        seat = next((seat for seat in home.me.people if seat.id == person), None)
        if one.id == child and seat is not None:
            return one, seat
    return None


async def therapist_of(home: Home, child: int) -> str:
    hosts = await accounts.therapists(home.tx, child, home.now)
    return hosts[0].name if hosts else ""


async def _child(home: Home, child: int) -> Screen | None:
    found = await seat_of(home, child)
    if found is None:
        return None
    one, seat = found
    mine = await goals.of_seat(home.tx, seat.id, child, home.now)
    ratings = await goal_ratings.of_seat(home.tx, seat.id, child, home.now)
    voice = home.voice_of(seat, one.gender)
    return await _for(home, child, screens.listed(voice, one, await therapist_of(home, child), seat, mine, ratings))


async def _for(home: Home, child: int, shown: Screen) -> Screen:
    """As they may use it."""
    gives = any(one.id == child for one in await whom.children(home, May.GIVE))
    return shown if gives else screens.for_reader(shown)


async def _goal(home: Home, number: int) -> Screen | None:
    found = await goals.own(home.tx, home.chat, number, home.now)
    return None if found is None else await _shown(home, found[0])


async def _shown(home: Home, goal: Goal) -> Screen | None:
    at = await seat_of(home, goal.child)
    if at is None:
        return None
    child, seat = at
    ratings = await goal_ratings.of_seat(home.tx, seat.id, child.id, home.now)
    shown = screens.one(home.voice_of(seat, child.gender), goal, seat, await therapist_of(home, child.id), ratings)
    return await _for(home, child.id, shown)


async def _answer(home: Home, number: int, kind: str) -> Screen | None:
    found = await goal_words.answer(home.tx, home.chat, number, kind, home.now)
    at = None if found is None else await seat_of(home, found[0].child)
    if found is None or at is None:
        return None
    goal, (child, seat) = found[0], at
    voice, name = home.voice_of(seat, child.gender), await therapist_of(home, child.id)
    await _tell(home, kind, child, seat, goal)
    if kind == "change" or (kind == "agree" and goal.why(seat.id) is None):
        question = "change" if kind == "change" else "why"
        await accounts.ask(home.tx, home.chat, goal_words.asking(question, goal.id, home.now))
        return screens.ask(voice, goal, f"goal-ask-{question}", f"goal-thanks-{kind}", name=name)
    shown = await _shown(home, goal)
    return None if shown is None else screens.thanks(voice, shown, f"goal-thanks-{kind}", name=name)


async def _tell(home: Home, kind: str, child: Child, seat: Person, goal: Goal) -> None:
    """Who treats the child hears of it in their working hours."""
    for host in await accounts.therapists(home.tx, child.id, home.now):
        screen = shaping_screens.news(home.voice_of(host, child.gender), kind, child, seat, goal)
        await home.tell(host, screen, child.id, seat.id)


async def _agree(home: Home, number: int) -> Screen | None:
    return await _answer(home, number, "agree")


async def _change(home: Home, number: int) -> Screen | None:
    return await _answer(home, number, "change")


async def _talk(home: Home, number: int) -> Screen | None:
    return await _answer(home, number, "talk")


async def _why(home: Home, number: int) -> Screen | None:
    return await _ask(home, number, "why")


async def _talked(home: Home, number: int) -> Screen | None:
    if await goal_words.talked(home.tx, home.chat, number, home.now) is None:
        return None
    return await _ask(home, number, "talked")


async def _ask(home: Home, number: int, kind: str) -> Screen | None:
    found = await goals.own(home.tx, home.chat, number, home.now, May.BOTH)
    at = None if found is None else await seat_of(home, found[0].child)
    if found is None or at is None:
        return None
    child, seat = at
    await accounts.ask(home.tx, home.chat, goal_words.asking(kind, number, home.now))
    return screens.ask(home.voice_of(seat, child.gender), found[0], f"goal-ask-{kind}", child=child.name)


async def _quiet(home: Home, number: int) -> Screen | None:
    done = await goal_telling.no_more_starters(home.tx, home.chat, number, home.now)
    return screens.no_starters(home.voice) if done else None


async def _wish(home: Home, child: int) -> Screen | None:
    found = await seat_of(home, child)
    if found is None or not any(one.id == child for one in await whom.children(home, May.GIVE)):
        return None
    await accounts.ask(home.tx, home.chat, goal_words.asking("wish", child, home.now))
    return screens.ask_wish(home.voice_of(found[1], found[0].gender), found[0])


async def _ended(home: Home, child: int) -> Screen | None:
    found = await seat_of(home, child)
    if found is None:
        return None
    one, seat = found
    mine = await goals.of_seat(home.tx, seat.id, child, home.now)
    return screens.ended(home.voice_of(seat, one.gender), one, seat, mine)


async def heard(home: Home, said: Heard, *, aloud: bool = True) -> None:
    """Words about goals are safely stored: said once, and a wish is told to who treats the child."""
    found = await seat_of(home, said.child)
    name = await therapist_of(home, said.child)
    if aloud:
        home.say(screens.heard(home.voice, said.kind, said.child, said.goal, name), message=said.message)
    if said.kind == "wish" and found is not None:
        word = next((one for one in (await _wishes(home, *found)) if one.id == said.word), None)
        for host in await accounts.therapists(home.tx, said.child, home.now):
            voice = home.voice_of(host, found[0].gender)
            await home.tell(host, shaping_screens.wished(voice, *found, word), said.child, found[1].id)


async def _wishes(home: Home, child: Child, seat: Person) -> tuple[goals.Word, ...]:
    return (await goals.of_seat(home.tx, seat.id, child.id, home.now)).wishes


_VERBS: dict[str, Verb] = {
    "child": _child,
    "goal": _goal,
    "agree": _agree,
    "change": _change,
    "talk": _talk,
    "why": _why,
    "talked": _talked,
    "quiet": _quiet,
    "wish": _wish,
    "ended": _ended,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("goals", show_goals),
        CallbackQueryHandler(pressed, pattern=rf"^g:({'|'.join(_VERBS)}):\d{{1,19}}$"),
    ]
