"""/help, /privacy, /stop, /cancel; and whatever command is not known yet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.domain import accounts, consents, settings
from bot.model import Purpose, Right
from bot.text.screens import help as screens
from handlers import checkin, digest, families, inviting
from handlers import settings as settings_handlers
from handlers.context import Home


async def show_help(_: Update, home: Home) -> None:
    home.say(screens.help_for(home.voice, home.me))


async def privacy(_: Update, home: Home) -> None:
    """Who reads what, where it is, and the yes or no for voice and photos."""
    switches = [
        (purpose.value, bool(await consents.given(home.tx, home.me, purpose)))
        for purpose in (Purpose.VOICE, Purpose.PHOTOS)
        if home.me.caregivers
    ]
    names: dict[str, None] = {}
    for child, _seat in await accounts.children(home.tx, home.me, Right.CARE, home.now):
        names |= dict.fromkeys(one.name for one in await accounts.therapists(home.tx, child.id, home.now))
    home.say(screens.privacy(home.voice, ", ".join(names), tuple(switches)))


async def stop(_: Update, home: Home) -> None:
    await settings.stop(home.tx, home.me, home.now)
    home.say(screens.stopped(home.voice))


async def cancel(_: Update, home: Home) -> None:
    """Only the question that waits for words; everything given stays."""
    anything = bool(home.me.asking)
    await accounts.ask(home.tx, home.chat, "")
    home.say(screens.cancelled(home.voice, anything=anything))


Do = Callable[[Update, Home], Awaitable[None]]
_DO: dict[str, Do] = {
    "checkin": checkin.check_in_now,
    "milestone": checkin.milestone_now,
    "digest": digest.digest_now,
    "families": families.show_families,
    "invite": inviting.invite,
    "settings": settings_handlers.show_settings,
    "privacy": privacy,
}


async def do(update: Update, home: Home) -> None:
    """`do:<command>`: every command is a button, too."""
    assert home.press is not None and home.press.data is not None  # noqa: S101, PT018
    await _DO[home.press.data.split(":")[1]](update, home)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("help", show_help),
        CommandHandler("privacy", privacy),
        CommandHandler("stop", stop),
        CommandHandler("cancel", cancel),
        CallbackQueryHandler(do, pattern=rf"^do:({'|'.join(_DO)})$"),
    ]


def unknown() -> list[BaseHandler[Update, Home, None]]:
    """A command that is not there yet gets the answer of /help; a button that nobody knows says so."""
    return [
        MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND, show_help),
        CallbackQueryHandler(_no_such_button),
    ]


async def _no_such_button(_: Update, home: Home) -> None:
    home.toast(home.voice.plain("button-gone"), alert=True)
