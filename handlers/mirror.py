"""/prepare: what a caregiver may want to raise at the visit. Buttons are `mirror:<show|on|off>:<child>`."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, briefs
from bot.model import Button, Person, Right, Screen
from bot.text.screens import choosing
from bot.text.screens import help as help_screens
from bot.text.screens import mirror as screens
from handlers.context import Home


async def show(_: Update, home: Home) -> None:
    """Of one child at once; of several, which?"""
    if not home.me.caregivers:
        home.say(help_screens.help_for(home.voice, home.me))
        return
    children = [child for child, _seat in await accounts.children(home.tx, home.me, Right.CARE, home.now)]
    if len(children) == 1:
        screen = await _screen(home, children[0].id)
        home.say(screen if screen is not None else choosing.no_child(home.voice))
    elif children:
        rows = tuple(
            (Button(home.voice.plain("plain-name", child=one.name), f"mirror:show:{one.id}"),) for one in children
        )
        home.say(Screen(home.voice("choose-child"), rows))
    else:
        home.say(choosing.no_child(home.voice))


async def _seat(home: Home, child: int) -> Person | None:
    found = await accounts.children(home.tx, home.me, Right.CARE, home.now)
    seat = next((person for one, person in found if one.id == child), None)
    return next((one for one in home.me.caregivers if one.id == seat), None)


async def _screen(home: Home, child: int) -> Screen | None:
    seat = await _seat(home, child)
    if seat is None:
        return None
    family = await briefs.own(home.tx, home.chat, child, seat.timezone, home.now, home.house.rules)
    if family is None:
        return None
    visit = await briefs.next_visit(home.tx, home.me, child, home.now)
    therapists = await accounts.therapists(home.tx, child, home.now)
    name = visit["therapist_name"] if visit is not None else therapists[0].name if therapists else ""
    at = None if visit is None else visit["starts_at"]
    on = await briefs.wants(home.tx, seat)
    return screens.mirror(home.voice_of(seat, family.gender), replace(family, visit_at=at), name, on=on)


async def pressed(_: Update, home: Home) -> None:
    _mirror, verb, child = home.data
    seat = await _seat(home, int(child))
    if seat is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    if verb != "show":
        await briefs.want(home.tx, seat, home.now, yes=verb == "on")
        home.toast(screens.turned(home.voice_of(seat), on=verb == "on"))
    screen = await _screen(home, int(child))
    if screen is not None:
        await home.show(screen)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("prepare", show, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=r"^mirror:(show|on|off):\d{1,18}$"),
    ]
