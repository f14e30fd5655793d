"""/privacy: who reads what, where it is, and every consent with its switch."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, consents, settings
from bot.model import Purpose, Right, Screen
from bot.text.screens import notes as note_screens
from bot.text.screens import privacy as screens
from handlers.context import Home
from handlers.leaving import tell_therapists

_EXPLAINED = (Purpose.NEWSLETTER, Purpose.RESEARCH)
_PURPOSES = "|".join(purpose.value for purpose in consents.EXTRA)


async def show_privacy(_: Update, home: Home) -> None:
    home.say(await _privacy(home))


async def _privacy(home: Home) -> Screen:
    switches = [
        (purpose.value, bool(await consents.given(home.tx, home.me, purpose)))
        for purpose in consents.EXTRA
        if home.me.caregivers
    ]
    names: dict[str, None] = {}
    for child, _seat in await accounts.children(home.tx, home.me, Right.CARE, home.now):
        names |= dict.fromkeys(one.name for one in await accounts.therapists(home.tx, child.id, home.now))
    agreed = await consents.agreed(home.tx, home.me)
    return screens.privacy(home.voice, ", ".join(names) or home.house.clinic, tuple(switches), agreed)


async def switched(_: Update, home: Home) -> None:
    """`privacy:<purpose>:<yes|no>`. What nobody has read about yet is explained before the yes."""
    _area, purpose, word = home.data
    if word == "yes" and Purpose(purpose) in _EXPLAINED:
        await home.show(note_screens.ask_consent(home.voice, Purpose(purpose)))
        return
    await consents.record(home.tx, home.me, Purpose(purpose), given=word == "yes", now=home.now)
    await home.show(await _privacy(home))


async def leaving(_: Update, home: Home) -> None:
    """`privacy:leave`, `privacy:stay`, `privacy:gone`."""
    if not home.me.caregivers:
        home.toast(home.voice.plain("button-gone"), alert=True)
    elif home.data == ["privacy", "leave"]:
        await home.show(screens.sure(home.voice))
    elif home.data == ["privacy", "stay"]:
        await home.show(await _privacy(home))
    else:
        await _gone(home)


async def _gone(home: Home) -> None:
    for row in await settings.withdraw(home.tx, home.me, consents.TEXT_VERSION, home.now):
        await tell_therapists(home, row, screens.told)
    await home.show(screens.gone(home.voice))


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("privacy", show_privacy, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(switched, pattern=rf"^privacy:({_PURPOSES}):(yes|no)$"),
        CallbackQueryHandler(leaving, pattern=r"^privacy:(leave|stay|gone)$"),
    ]
