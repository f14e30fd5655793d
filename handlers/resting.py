"""/pause: nothing until a date, one question a day for a busy week, nothing while somebody is ill."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import resting, schedule, settings
from bot.domain.resting import Rest
from bot.model import Screen
from bot.text.screens import help as help_screens
from bot.text.screens import resting as screens
from handlers.context import Home, date_of


async def show_pause(_: Update, home: Home) -> None:
    """A therapist without a child here has nothing to pause."""
    home.say(await _offer(home) if home.me.caregivers else help_screens.help_for(home.voice, home.me))


async def back(_: Update, home: Home) -> None:
    await home.show(await _offer(home))


async def _offer(home: Home) -> Screen:
    taken = await resting.current(home.tx, home.me, home.now)
    return screens.offer(home.voice, taken, resting.today_of(home.person, home.now))


async def choose(_: Update, home: Home) -> None:
    """`rest:<kind>`: until when?"""
    kind = Rest(home.data[1])
    await home.show(screens.until(home.voice, kind, resting.today_of(home.person, home.now)))


async def take(_: Update, home: Home) -> None:
    """`rest:<kind>:<date>`."""
    _rest, kind, day = home.data
    taken = await resting.take(home.tx, home.me, Rest(kind), date_of(day), home.now)
    if taken is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        await home.show(screens.taken(home.voice, taken))


async def end(_: Update, home: Home) -> None:
    await resting.end(home.tx, home.me, home.now)
    moments = []
    for plan in await settings.plans(home.tx, home.me):
        at = await schedule.next_moment(home.tx, plan.row["id"])
        if plan.child and at is not None:
            moments.append((at, plan.row["timezone"]))
    await home.show(screens.ended(home.voice, moments))


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("pause", show_pause, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(back, pattern=r"^rest:show$"),
        CallbackQueryHandler(choose, pattern=r"^rest:(pause|ill)$"),
        CallbackQueryHandler(end, pattern=r"^rest:end$"),
        CallbackQueryHandler(take, pattern=r"^rest:(pause|ill|busy):\d{4}-\d{2}-\d{2}$"),
    ]
