"""/oncall: a therapist's own hours on call, by buttons: `oc:<verb>[:<more>[:<more>]]`."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import on_call
from bot.model import Person, Screen
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import on_call as screens
from handlers.context import Home


async def show_on_call(_: Update, home: Home) -> None:
    me = home.me.therapist
    home.say(inviting_screens.therapists_only(home.voice) if me is None else await _listed(home, me))


async def _listed(home: Home, me: Person) -> Screen:
    everyone = await on_call.everyone(home.tx)
    mine = [one for one in everyone if one.person.id == me.id]
    return screens.listed(home.voice, mine, on_call.now_on(everyone, home.now))


async def pressed(_: Update, home: Home) -> None:
    _oc, verb, *rest = home.data
    me = home.me.therapist
    screen = None if me is None else await _next(home, me, verb, rest)
    if screen is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        await home.show(screen)


async def _next(home: Home, me: Person, verb: str, rest: list[str]) -> Screen | None:
    match verb, rest:
        case "add", [days, first, last]:
            if not await on_call.put(home.tx, me.id, days, f"{first}:00", f"{last}:00"):
                return None
        case "add", [days, first]:
            return screens.until(home.voice, days, int(first))
        case "add", [days]:
            return screens.begins(home.voice, days)
        case "add", []:
            return screens.days(home.voice)
        case "drop", [shift]:
            await on_call.drop(home.tx, me.id, int(shift))
    return await _listed(home, me)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    hour = "([01][0-9]|2[0-3])"
    return [
        CommandHandler("oncall", show_on_call, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(
            pressed, pattern=rf"^oc:(list|drop:\d{{1,18}}|add(:(?=\d)0?1?2?3?4?5?6?(:{hour}(:{hour})?)?)?)$"
        ),
    ]
