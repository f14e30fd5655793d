"""/progress: a caregiver's album. Buttons are `p:<verb>:<child>:<page>` or `p:<verb>:<kind>:<win>`."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.domain import progress, wins
from bot.model import May, Screen
from bot.text.screens import choosing
from bot.text.screens import progress as screens
from handlers import goals, whom
from handlers.context import Home


async def show_progress(_: Update, home: Home) -> None:
    children = await whom.children(home, May.CARE)
    if not children:
        home.say(choosing.no_child(home.voice))
        return
    for child in children:
        shown = await _page(home, child.id, 0)
        assert shown is not None  # noqa: S101 - one of theirs
        home.say(shown)


async def turned(_: Update, home: Home) -> None:
    """`p:<page|link>:<child>:<page>`."""
    _p, verb, child, number = home.data
    await _answer(home, await (_page if verb == "page" else _link)(home, int(child), int(number)))


async def _answer(home: Home, screen: Screen | None) -> None:
    await home.show_or_say_gone(screen)


async def _page(home: Home, child: int, number: int) -> Screen | None:
    found = await goals.seat_of(home, child)
    if found is None:
        return None
    shown = await progress.page(home.tx, found[1], child, number, home.now)
    return screens.album(home.voice_of(found[1], found[0].gender), *found, shown)


async def _link(home: Home, child: int, number: int) -> Screen | None:
    found = await goals.seat_of(home, child)
    if found is None:
        return None
    shown = await progress.page(home.tx, found[1], child, number, home.now)
    return screens.which(home.voice_of(found[1], found[0].gender), found[0], shown)


async def show(_: Update, home: Home) -> None:
    """`p:show:<kind>:<win>`: its photo or voice note."""
    _p, _show, kind, number = home.data
    win = await wins.own(home.tx, home.me, kind, int(number), home.now)
    if win is None or win.media is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        home.say(screens.medium(home.voice, win))


async def which_goal(_: Update, home: Home) -> None:
    """`p:goals:<kind>:<win>`."""
    _p, _goals, kind, number = home.data
    win = await wins.own(home.tx, home.me, kind, int(number), home.now)
    if win is None:
        await _answer(home, None)
        return
    listed = await wins.may_belong_to(home.tx, home.chat, kind, win.id, home.now)
    await _answer(home, screens.which_goal(home.voice, win, listed, win.child))


async def file(_: Update, home: Home) -> None:
    """`p:file:<kind>:<win>:<goal>`; 0 is no goal."""
    _p, _file, kind, number, goal = home.data
    child = await wins.file_own(home.tx, home.chat, kind, int(number), int(goal), home.now)
    await _answer(home, None if child is None else await _page(home, child, 0))


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("progress", show_progress),
        CallbackQueryHandler(turned, pattern=r"^p:(page|link):\d{1,18}:\d{1,4}$"),
        CallbackQueryHandler(show, pattern=r"^p:show:[cn]:\d{1,19}$"),
        CallbackQueryHandler(which_goal, pattern=r"^p:goals:[cn]:\d{1,19}$"),
        CallbackQueryHandler(file, pattern=r"^p:file:[cn]:\d{1,19}:\d{1,18}$"),
    ]
