"""Home steps as a therapist gives them: words, routine, days, how to, tips. From /families and /plan.

Buttons are `step:<verb>:<id>[:<more>]`; the id is a step, for `list` and `add` a child. What is typed or sent answers
`step:add:<child>`, `step:text:<step>`, `step:how:<step>` or `step:tip:<step>:<barrier>`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import accounts, families, home_steps, practising
from bot.domain.auditing import What
from bot.domain.home_steps import Shown
from bot.domain.notes import clean
from bot.domain.practice import BARRIERS
from bot.model import Person, Screen
from bot.text.screens import home_steps as screens
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import practice as practice_screens
from handlers.context import Home
from handlers.incoming import media

ASKING, ASKING_HOW = "step:", "step:how:"
Verb = Callable[[Home, Person, int, str], Awaitable[Screen | None]]
OfStep = Callable[[Home, Person, Shown, str], Awaitable[Screen | None]]

_DAYS = re.compile(r"(?=.)0?1?2?3?4?5?6?")


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where the child or step is not this therapist's."""
    _step, verb, number, *rest = home.data
    therapist, more = home.me.therapist, "".join(rest)
    screen = None if therapist is None else await _screen(home, therapist, verb, int(number), more)
    await home.show_or_say_gone(screen)


async def _screen(home: Home, therapist: Person, verb: str, number: int, more: str) -> Screen | None:
    if verb in _OF_CHILD:
        return await _OF_CHILD[verb](home, therapist, number, more)
    found = await home_steps.shown(home.tx, therapist, number, home.now)
    return None if found is None else await _OF_STEP[verb](home, therapist, found, more)


async def listed(home: Home, therapist: Person, child: int, _: str = "") -> Screen | None:
    found = await families.family(home.tx, therapist.id, child, home.now)
    if found is None:
        return None
    steps = await home_steps.of_child(home.tx, therapist, child, home.now)
    return screens.listed(home.voice, found, steps, home_steps.today(therapist, home.now))


async def _add(home: Home, therapist: Person, child: int, _: str) -> Screen | None:
    shown = await listed(home, therapist, child)
    full = len(await home_steps.of_child(home.tx, therapist, child, home.now)) >= home_steps.MOST
    if shown is None or full:
        return shown
    await accounts.ask(home.tx, home.chat, f"step:add:{child}")
    return screens.ask_text(home.voice)


async def _one(home: Home, therapist: Person, found: Shown, _: str) -> Screen | None:
    return await _again(home, therapist, found)


async def _changed(home: Home, therapist: Person, found: Shown) -> Screen | None:
    await home.changed(What.STEP_CHANGED, found.step.child)
    return await _again(home, therapist, found)


async def _again(home: Home, therapist: Person, found: Shown) -> Screen | None:
    now = await home_steps.shown(home.tx, therapist, found.step.id, home.now)
    return None if now is None else screens.one(home.voice, now)


async def _text(home: Home, _: Person, found: Shown, _more: str) -> Screen | None:
    await accounts.ask(home.tx, home.chat, f"step:text:{found.step.id}")
    return screens.ask_text(home.voice)


async def _how(home: Home, _: Person, found: Shown, _more: str) -> Screen | None:
    await accounts.ask(home.tx, home.chat, f"{ASKING_HOW}{found.step.id}")
    return screens.ask_how(home.voice)


async def _routine(home: Home, therapist: Person, found: Shown, chosen: str) -> Screen | None:
    if await home_steps.set_routine(home.tx, found.step.id, chosen, home.now):
        return await _changed(home, therapist, found)
    return screens.routines(home.voice, found)


async def _days(home: Home, therapist: Person, found: Shown, chosen: str) -> Screen | None:
    """Each tap turns a day, and the buttons stay."""
    if _DAYS.fullmatch(chosen):
        await home_steps.set_days(home.tx, therapist, found.step.id, chosen, home.now)
        await home.changed(What.STEP_CHANGED, found.step.child)
    now = await home_steps.shown(home.tx, therapist, found.step.id, home.now)
    return None if now is None else screens.days(home.voice, now)


async def _weeks(home: Home, therapist: Person, found: Shown, chosen: str) -> Screen | None:
    if chosen.isdecimal() and await home_steps.set_weeks(home.tx, therapist, found.step.id, int(chosen), home.now):
        return await _changed(home, therapist, found)
    return screens.weeks(home.voice, found)


async def _tip(home: Home, therapist: Person, found: Shown, barrier: str) -> Screen | None:
    if barrier not in BARRIERS:
        return screens.tips(home.voice, found)
    await accounts.ask(home.tx, home.chat, f"step:tip:{found.step.id}:{barrier}")
    return screens.ask_tip(home.voice, found, barrier, therapist.name)


async def _see(home: Home, therapist: Person, found: Shown, _: str) -> Screen | None:
    """The card as the family gets it, in a message of its own."""
    home.say(practice_screens.card(home.voice, practising.as_seen(found, therapist.name)))
    return screens.one(home.voice, found)


async def _end(home: Home, therapist: Person, found: Shown, chosen: str) -> Screen | None:
    if chosen != "yes":
        return screens.sure(home.voice, found)
    await home_steps.end(home.tx, therapist, found.step.id, home.now)
    await home.changed(What.STEP_CHANGED, found.step.child)
    return await listed(home, therapist, found.step.child)


async def typed(home: Home, words: str) -> None:
    """What was asked for, in words."""
    await _taken(home, words, None)


async def sent(home: Home, message: Message) -> None:
    """How it goes, to be seen or heard; its caption are words for it."""
    await _taken(home, clean(message.caption) or "", message)


async def _taken(home: Home, words: str, message: Message | None) -> None:
    _step, verb, number, *rest = home.me.asking.split(":")
    therapist = home.me.therapist
    shown = (
        None
        if therapist is None
        else await _answered(home, therapist, verb, int(number), "".join(rest), words, message)
    )
    if shown is None:
        await accounts.ask(home.tx, home.chat, "")
        home.say(inviting_screens.therapists_only(home.voice))
        return
    home.say(shown)


async def _answered(
    home: Home, therapist: Person, verb: str, number: int, barrier: str, words: str, message: Message | None
) -> Screen | None:
    """The next screen; the question stays open where the words do not fit."""
    if verb == "add":
        return await _added(home, therapist, number, words)
    found = await home_steps.shown(home.tx, therapist, number, home.now)
    if found is None:
        return None
    if verb == "how":
        taken = await home_steps.set_how(home.tx, found, words, media(message) if message else None, home.now)
        most = home_steps.LONGEST_HOW
    elif verb == "tip":
        taken, most = await home_steps.set_tip(home.tx, number, barrier, words), home_steps.LONGEST_TIP
    else:
        taken, most = await home_steps.say(home.tx, number, words, home.now), home_steps.LONGEST
    if not taken:
        return screens.too_long(home.voice, most)
    await accounts.ask(home.tx, home.chat, "")
    return await _changed(home, therapist, found)


async def _added(home: Home, therapist: Person, child: int, words: str) -> Screen | None:
    """A new step, and at once: at which moment of the day?"""
    if await families.family(home.tx, therapist.id, child, home.now) is None:
        return None
    step = await home_steps.add(home.tx, therapist, child, words, home.now)
    found = None if step is None else await home_steps.shown(home.tx, therapist, step, home.now)
    if found is None:
        return screens.too_long(home.voice, home_steps.LONGEST)
    await accounts.ask(home.tx, home.chat, "")
    await home.changed(What.STEP_CHANGED, child)
    return screens.routines(home.voice, found)


_OF_CHILD: dict[str, Verb] = {"list": listed, "add": _add}
_OF_STEP: dict[str, OfStep] = {
    "one": _one,
    "text": _text,
    "routine": _routine,
    "days": _days,
    "weeks": _weeks,
    "how": _how,
    "tip": _tip,
    "see": _see,
    "end": _end,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    verbs = "|".join((*_OF_CHILD, *_OF_STEP))
    return [CallbackQueryHandler(pressed, pattern=rf"^step:({verbs}):\d{{1,18}}(:[a-z0-9_]{{1,20}})?$")]
