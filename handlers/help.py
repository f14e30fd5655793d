"""/help, /stop, /cancel; and whatever command is not known yet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.domain import accounts, checkins, settings
from bot.domain.checkins import Trouble
from bot.text.screens import help as screens
from handlers import (
    away,
    behaviours,
    checkin,
    digest,
    families,
    goal_shaping,
    goals,
    hiding,
    inviting,
    leaving,
    meetings,
    messages,
    mirror,
    on_call,
    planning,
    practice,
    privacy,
    progress,
    report,
    resting,
    templates,
    whom,
)
from handlers import settings as settings_handlers
from handlers.context import Home


async def show_help(_: Update, home: Home) -> None:
    home.say(screens.help_for(home.voice, home.me, gives=await whom.gives(home)))


async def stop(_: Update, home: Home) -> None:
    await settings.stop(home.tx, home.me, home.now)
    home.say(screens.stopped(home.voice))


async def cancel(_: Update, home: Home) -> None:
    """Only the question that waits for words; everything given stays."""
    if home.me.asking:
        await accounts.ask(home.tx, home.chat, "")
        home.say(screens.cancelled(home.voice, anything=True))
        return
    home.say(screens.cancelled(home.voice, anything=await _skips(home)))


async def _skips(home: Home) -> bool:
    """The open check-in asked for words: that question is skipped, the next one is asked."""
    asked = await checkins.awaiting(home.tx, home.chat, home.said_at, home.now)
    if asked is None or asked.question is None:
        return False
    view = await checkins.skip(home.tx, home.chat, asked.id, asked.question.key, home.now)
    if isinstance(view, Trouble):
        return False
    home.edit(view.message, await checkin.shown(home, view))
    return True


Do = Callable[[Update, Home], Awaitable[None]]
_DO: dict[str, Do] = {
    "checkin": checkin.check_in_now,
    "milestone": checkin.milestone_now,
    "goals": goals.show_goals,
    "progress": progress.show_progress,
    "practice": practice.practice_now,
    "behaviour": behaviours.behaviour_now,
    "digest": digest.digest_now,
    "families": families.show_families,
    "goal": goal_shaping.show_goals,
    "plan": planning.show_plans,
    "templates": templates.show_templates,
    "meeting": meetings.show_meeting,
    "meetings": meetings.show_meetings,
    "invite": inviting.invite,
    "message": messages.show,
    "prepare": mirror.show,
    "oncall": on_call.show_on_call,
    "away": away.show,
    "report": report.show_report,
    "pause": resting.show_pause,
    "settings": settings_handlers.show_settings,
    "privacy": privacy.show_privacy,
    "hide": hiding.ask,
    "export": leaving.export,
    "delete_my_data": leaving.ask,
}


async def do(update: Update, home: Home) -> None:
    """`do:<command>`: every command is a button, too."""
    await _DO[home.data[1]](update, home)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("help", show_help, filters.UpdateType.MESSAGE),
        CommandHandler("stop", stop, filters.UpdateType.MESSAGE),
        CommandHandler("cancel", cancel, filters.UpdateType.MESSAGE),
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
