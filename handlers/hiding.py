"""/hide: the bot's messages go from this chat, for one who shares a phone or is looked at. What was told is kept."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import taking_back
from bot.text.screens import hiding as screens
from bot.text.screens import leaving as leaving_screens
from handlers.context import Home


async def ask(_: Update, home: Home) -> None:
    home.say(screens.sure(home.voice) if home.me.caregivers else leaving_screens.families_only(home.voice))


async def pressed(_: Update, home: Home) -> None:
    """`hide:no`, `hide:yes`."""
    if not home.me.caregivers:
        home.toast(home.voice.plain("button-gone"), alert=True)
    elif home.data == ["hide", "no"]:
        await home.show(screens.left(home.voice))
    else:
        await home.pressed_message()  # it goes, too, even if nobody heard yet that it was sent
        await taking_back.hide(home.tx, home.me, home.house.clock.machine_ms(), home.now)
        home.say(screens.hidden(home.voice))


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("hide", ask, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=r"^hide:(yes|no)$"),
    ]
