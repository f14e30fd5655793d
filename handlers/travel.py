"""A journey, from /settings: where to, until when, back at home. `away:<verb>[:<more>]`."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import accounts, free_days, travel, zones
from bot.text.screens import settings as settings_screens
from bot.text.screens import travel as screens
from handlers import settings
from handlers.context import Home, date_of

ASKING = "away:zone"
LEAD = "away"


async def where(_: Update, home: Home) -> None:
    """`away:zone[:<continent>:<page>]`; meanwhile a city may be typed."""
    _away, _zone, *rest = home.data
    if len(rest) < 2 or not rest[1].isdecimal() or rest[0] not in zones.continents():  # noqa: PLR2004
        await accounts.ask(home.tx, home.chat, ASKING)
        await home.show(settings_screens.continents(home.voice, LEAD))
    else:
        await home.show(settings_screens.cities(home.voice, rest[0], int(rest[1]), home.now, LEAD))


async def typed(home: Home, words: str) -> None:
    home.say(settings_screens.found(home.voice, zones.search(words), home.now, LEAD))


async def until(_: Update, home: Home) -> None:
    """`away:tz:<zone>`."""
    there = home.data[2]
    if not zones.known(there):
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    await accounts.ask(home.tx, home.chat, "")
    await home.show(screens.until(home.voice, there, travel.today_in(there, home.now)))


async def go(_: Update, home: Home) -> None:
    """`away:to:<date>:<zone>`."""
    _away, _to, day, there = home.data
    away = await travel.go(home.tx, home.me, there, date_of(day), home.now)
    if away is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        await _shows_next(home)


async def end(_: Update, home: Home) -> None:
    await travel.end(home.tx, home.me, home.now)
    await _shows_next(home)


async def _shows_next(home: Home) -> None:
    home.account = await accounts.load(home.tx, home.chat)
    home.toast(settings_screens.changed(home.voice, await free_days.next_asked(home.tx, home.me, home.now)))
    await home.show(await settings.shown(home))


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(where, pattern=r"^away:zone(:[A-Za-z]{1,20}:\d{1,3})?$"),
        CallbackQueryHandler(until, pattern=r"^away:tz:[A-Za-z0-9_/+-]{1,50}$"),
        CallbackQueryHandler(go, pattern=r"^away:to:\d{4}-\d{2}-\d{2}:[A-Za-z0-9_/+-]{1,40}$"),
        CallbackQueryHandler(end, pattern=r"^away:end$"),
    ]
