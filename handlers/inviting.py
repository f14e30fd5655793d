"""/invite: a nickname, one tap, and a link to hand on."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, families, inviting, zones
from bot.model import Person
from bot.text.screens import families as family_screens
from bot.text.screens import inviting as screens
from bot.text.screens import settings as settings_screens
from handlers.context import Home

ASKING = "invite:nickname"
CHOSEN = "invite:chosen:"


async def invite(_: Update, home: Home) -> None:
    if home.me.therapist is None:
        home.say(screens.therapists_only(home.voice))
        return
    await accounts.ask(home.tx, home.chat, ASKING)
    home.say(screens.ask_nickname(home.voice))


async def nickname(home: Home, words: str) -> None:
    """The words that /invite asked for. Nothing is stored before the tap but what was typed."""
    name = families.cleaned(words)
    if not 0 < len(name) <= families.LONGEST_NAME:
        home.say(family_screens.too_long(home.voice, families.LONGEST_NAME))
        return
    await accounts.ask(home.tx, home.chat, CHOSEN + name)
    plan = inviting.Plan()
    language, zone = settings_screens.language_name(home.house.language), zones.city(home.house.timezone)
    home.say(screens.confirm(home.voice, name, plan.time, language, zone))


async def make(_: Update, home: Home) -> None:
    """One tap: child, seat, schedule, code."""
    therapist = home.me.therapist
    if therapist is None or not home.me.asking.startswith(CHOSEN):
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    name = home.me.asking.removeprefix(CHOSEN)
    await accounts.ask(home.tx, home.chat, "")
    house = home.house
    invited = await inviting.invite_family(home.tx, therapist.id, name, house.language, house.timezone, home.now)
    await home.show(screens.made(home.voice, name))
    hand_over(home, therapist, invited.code, house.language)


def hand_over(home: Home, therapist: Person, code: str, language: str) -> None:
    """The text to forward, in the family's language, and the picture of the link."""
    link = inviting.link(home.house.bot_username, code)
    if link is None:
        home.say(screens.no_name_yet(home.voice, code))
        return
    home.say(screens.forward(home.house.voice(language), therapist.name, link))
    home.say(screens.qr(home.voice, link))


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("invite", invite, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(make, pattern=r"^invite:make$"),
    ]
