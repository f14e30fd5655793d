"""Care is over: `over:ask:<child>`, `over:yes:<child>`, `over:undo:<child>:<when>`, for whose case it is."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import ending, families, notices
from bot.text.screens import ending as screens
from handlers.context import Home


async def ask(_: Update, home: Home) -> None:
    me, child = home.me.therapist, int(home.data[2])
    found = None if me is None else await families.family(home.tx, me.id, child, home.now)
    led = found is not None and found.led
    await home.show_or_say_gone(screens.sure(home.voice, child, found.child["name"]) if found and led else None)


async def end(_: Update, home: Home) -> None:
    """Each caregiver hears it in their hours; of no child, for they have no right to one any more."""
    me = home.me.therapist
    over = None if me is None else await ending.end(home.tx, me.id, int(home.data[2]), home.now)
    if over is not None:
        for one in over.tell:
            await notices.put(home.tx, one, None, None, screens.told(home.voice_of(one), over, one.id), home.now)
    await home.show_or_say_gone(screens.done(home.voice, over) if over else None)


async def undo(_: Update, home: Home) -> None:
    me, child, at = home.me.therapist, int(home.data[2]), int(home.data[3])
    back = None if me is None else await ending.take_back(home.tx, me.id, child, at, home.now)
    if back is not None:
        for one in back.tell:
            await notices.put(home.tx, one, child, None, screens.told_back(home.voice_of(one), back, one.id), home.now)
    await home.show_or_say_gone(screens.back(home.voice, back) if back else None)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(ask, pattern=r"^over:ask:\d{1,18}$"),
        CallbackQueryHandler(end, pattern=r"^over:yes:\d{1,18}$"),
        CallbackQueryHandler(undo, pattern=r"^over:undo:\d{1,18}:\d{1,15}$"),
    ]
