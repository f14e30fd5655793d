"""Behaviours that a therapist agrees on with a family. From /families.

Buttons are `bt:<verb>:<id>[:yes]`; what is typed answers `bt:add:<child>` or `bt:text:<behaviour>`.
"""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import accounts, behaviours, families
from bot.domain.auditing import What
from bot.model import Person, Screen
from bot.text.screens import behaviours as screens
from bot.text.screens import home_steps as step_screens
from bot.text.screens import inviting as inviting_screens
from handlers.context import Home

ASKING = "bt:"


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where the child or behaviour is not this therapist's."""
    _bt, verb, number, *rest = home.data
    therapist = home.me.therapist
    screen = None if therapist is None else await _screen(home, therapist, verb, int(number), "".join(rest))
    await home.show_or_say_gone(screen)


async def _screen(home: Home, therapist: Person, verb: str, number: int, more: str) -> Screen | None:
    if verb in ("list", "add"):
        return await _of_child(home, therapist, number, adding=verb == "add")
    found = await behaviours.one(home.tx, therapist.id, number, home.now)
    if found is None:
        return None
    target, _name = found
    if verb == "text":
        await accounts.ask(home.tx, home.chat, f"bt:text:{number}")
        return screens.ask_text(home.voice)
    if verb == "end" and more == "yes":
        await behaviours.end(home.tx, number, home.now)
        await home.changed(What.PLAN_CHANGED, target.child)
        return await _of_child(home, therapist, target.child)
    return screens.sure(home.voice, target) if verb == "end" else screens.one(home.voice, target)


async def _of_child(home: Home, therapist: Person, child: int, *, adding: bool = False) -> Screen | None:
    found = await families.family(home.tx, therapist.id, child, home.now)
    if found is None:
        return None
    targets = await behaviours.of_child(home.tx, therapist.id, child, home.now)
    if not adding or len(targets) >= behaviours.MOST:
        return screens.listed(home.voice, found, targets)
    await accounts.ask(home.tx, home.chat, f"bt:add:{child}")
    return screens.ask_text(home.voice)


async def typed(home: Home, words: str) -> None:
    """The words that were asked for; the question stays open where they do not fit."""
    _bt, verb, number = home.me.asking.split(":")
    therapist = home.me.therapist
    found = None if therapist is None else await _child_of(home, therapist, verb, int(number))
    if therapist is None or found is None:
        await accounts.ask(home.tx, home.chat, "")
        home.say(inviting_screens.therapists_only(home.voice))
        return
    if verb == "add":
        taken = await behaviours.add(home.tx, therapist.id, found, words, home.now)
    else:
        taken = await behaviours.say(home.tx, int(number), words)
    if not taken:
        home.say(step_screens.too_long(home.voice, behaviours.LONGEST))
        return
    await accounts.ask(home.tx, home.chat, "")
    await home.changed(What.PLAN_CHANGED, found)
    shown = await _of_child(home, therapist, found)
    assert shown is not None  # noqa: S101 - the right was checked above
    home.say(shown)


async def _child_of(home: Home, therapist: Person, verb: str, number: int) -> int | None:
    if verb == "add":
        found = await families.family(home.tx, therapist.id, number, home.now)
        return None if found is None else number
    one = await behaviours.one(home.tx, therapist.id, number, home.now)
    return None if one is None else one[0].child


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [CallbackQueryHandler(pressed, pattern=r"^bt:(list|add|one|text|end):\d{1,18}(:yes)?$")]
