"""What a therapist answers when six weeks of a plan are over: `review:<verb>:<schedule>`."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import planning, reviewing
from bot.domain.auditing import What
from bot.text.screens import planning as planning_screens
from bot.text.screens import reviewing as screens
from handlers.context import Home


async def pressed(_: Update, home: Home) -> None:
    """Only of a plan that is theirs; fewer shows the plan as it is then."""
    _review, verb, number = home.data
    therapist, plan = home.me.therapist, int(number)
    theirs = therapist is not None and (verb == "keep" or await reviewing.fewer(home.tx, therapist.id, plan, home.now))
    found = await planning.shown(home.tx, therapist.id, plan, home.now) if therapist is not None and theirs else None
    if found is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    elif verb == "keep":
        await home.show(screens.kept(home.voice))
    else:
        await home.changed(What.PLAN_CHANGED, found.row["child_id"], found.row["person_id"])
        home.toast(planning_screens.changed(home.voice, found.moments, found.row["timezone"]))
        await home.show(planning_screens.one(home.voice, found))


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [CallbackQueryHandler(pressed, pattern=r"^review:(keep|fewer):\d{1,18}$")]
