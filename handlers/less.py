"""What a family answers when less, or another hour, is offered: `less:<verb>:<schedule>`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import schedule, settings, silence
from bot.model import Screen
from bot.storage.database import Row
from bot.text.screens import less as screens
from bot.text.screens import plans
from handlers.context import Home

Verb = Callable[[Home, Row], Awaitable[Screen]]


async def pressed(_: Update, home: Home) -> None:
    """Only of a plan of one's own."""
    _less, verb, number = home.data
    plan = await settings.own_plan(home.tx, home.me, int(number))
    if plan is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        await home.show(await _VERBS[verb](home, plan))


async def _keep(home: Home, plan: Row) -> Screen:
    return screens.kept(home.voice, await _next(home, plan))


async def _fewer(home: Home, plan: Row) -> Screen:
    await silence.less_often(home.tx, plan, home.data[1], home.now)
    changed = await settings.own_plan(home.tx, home.me, plan["id"])
    return screens.fewer(home.voice, changed or plan, await _next(home, plan))


async def _next(home: Home, plan: Row) -> str:
    return plans.moment(home.voice, await schedule.next_moment(home.tx, plan["id"]), plan["timezone"])


async def move(_: Update, home: Home) -> None:
    """`less:at<HHMM>:<schedule>`: the hour that was proposed."""
    _less, at, number = home.data
    changed = await settings.set_hour(home.tx, home.me, int(number), f"{at[2:4]}:{at[4:]}", home.now)
    if changed is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    when = plans.moment(home.voice, changed.at, changed.timezone)
    await home.show(Screen(home.voice("settings-next", when=when) if when else home.voice("settings-kept")))


async def on(_: Update, home: Home) -> None:
    """`less:on:0`: the press itself was the word that ended the silence."""
    moments = [
        (at, plan.row["timezone"])
        for plan in await settings.plans(home.tx, home.me)
        if plan.child and (at := await schedule.next_moment(home.tx, plan.row["id"])) is not None
    ]
    following = min(moments, default=None)
    await home.show(screens.on(home.voice, plans.moment(home.voice, *following) if following else ""))


_VERBS: dict[str, Verb] = {"keep": _keep, "stay": _keep, **dict.fromkeys(silence.FEWER, _fewer)}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(on, pattern=r"^less:on:0$"),
        CallbackQueryHandler(move, pattern=r"^less:at([01]\d|2[0-3])[0-5]\d:\d{1,18}$"),
        CallbackQueryHandler(pressed, pattern=rf"^less:({'|'.join(_VERBS)}):\d{{1,18}}$"),
    ]
