"""Presses and commands far beyond human speed: a kind word, and nothing changes.

What carries words or media is kept and answered at any speed, and so is whatever has to do with urgent help and /stop.
"""

from __future__ import annotations

from telegram import Update
from telegram.ext import ApplicationHandlerStop, BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.text.screens import help as screens
from handlers.context import Home

_BARE = filters.Regex(r"^/(?!stop\b)\w+(@\w+)?\s*$")  # with words behind it, it may be something said


async def guard(_: Update, home: Home) -> None:
    """A press is always answered, for its spinner turns; a command once a flood."""
    if home.house.haste.allows(home.chat, home.house.clock.monotonic()):
        return
    if home.press is not None:
        home.toast(home.voice.plain("one-moment"))
    elif home.house.haste.tells(home.chat):
        home.say(screens.one_moment(home.voice))
    raise ApplicationHandlerStop


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(guard, pattern=r"^(?!urgent:).*$"),
        MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND & _BARE, guard),
    ]
