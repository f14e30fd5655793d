"""The list of milestones for a child's age, beside /milestone. Buttons are `m:<verb>:<id>[:<more>[:<answer>]]`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import date
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.clock import from_ms
from bot.domain import milestones, on_demand
from bot.domain.milestones import ANSWERS, Round
from bot.model import Child, Person, Screen
from bot.text.screens import milestones as screens
from handlers import checkin, goals
from handlers.context import Home

Verb = Callable[[Home, int, list[str]], Awaitable[Screen | None]]
_YEAR, _MONTH = re.compile(r"20\d\d"), re.compile(r"20\d\d-(0[1-9]|1[0-2])")


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where the child or the round is not theirs."""
    _m, verb, number, *rest = home.data
    screen = await _VERBS[verb](home, int(number), rest)
    await home.show_or_say_gone(screen)


def _today(home: Home, seat: Person) -> date:
    return from_ms(home.now).astimezone(ZoneInfo(seat.timezone)).date()


async def _list(home: Home, child: int, _: list[str]) -> Screen | None:
    found = await goals.seat_of(home, child)
    return None if found is None else await _offered(home, *found)


async def _offered(home: Home, child: Child, seat: Person) -> Screen | None:
    today = _today(home, seat)
    offer = await milestones.offer(home.tx, home.chat, child.id, today, home.now)
    voice = home.voice_of(seat, child.gender)
    if offer is None:
        return None
    return screens.ask_year(voice, child, today) if offer.age is None else screens.offered(voice, child, offer)


async def _begin(home: Home, child: int, _: list[str], *, again: bool = False) -> Screen | None:
    found = await goals.seat_of(home, child)
    if found is None:
        return None
    today = _today(home, found[1])
    begun = await milestones.begin(home.tx, home.chat, child, today, home.now, again=again)
    return None if begun is None else await _asked(home, begun)


async def _again(home: Home, child: int, _: list[str]) -> Screen | None:
    return await _begin(home, child, [], again=True)


async def _asked(home: Home, found: Round) -> Screen | None:
    name = await goals.therapist_of(home, found.row["child_id"])
    return screens.asked(home.voice_of(home.person, found.row["gender"]), found, name)


async def _answer(home: Home, number: int, rest: list[str]) -> Screen | None:
    at, kind = rest
    found = await milestones.answer(home.tx, home.chat, number, int(at), kind, home.now)
    return None if found is None else await _asked(home, found)


async def _skip(home: Home, number: int, rest: list[str]) -> Screen | None:
    return await _answer(home, number, [rest[0], ""])


async def _stop(home: Home, number: int, _: list[str]) -> Screen | None:
    found = await milestones.own(home.tx, home.chat, number, home.now)
    return None if found is None else screens.stopped(home.voice)


async def _early(home: Home, child: int, rest: list[str]) -> Screen | None:
    """`m:early:<child>[:<weeks>]`."""
    found = await goals.seat_of(home, child)
    if found is None:
        return None
    if not rest:
        return screens.ask_early(home.voice_of(found[1], found[0].gender), found[0])
    await milestones.set_early(home.tx, home.chat, child, int(rest[0]), home.now)
    return await _offered(home, *found)


async def _born(home: Home, child: int, rest: list[str]) -> Screen | None:
    """`m:born:<child>:<year>`, then `:<YYYY-MM>`."""
    found, chosen = await goals.seat_of(home, child), "".join(rest)
    if found is None:
        return None
    if _YEAR.fullmatch(chosen):
        return screens.ask_month(home.voice, found[0], int(chosen))
    if _MONTH.fullmatch(chosen):
        await milestones.set_month(home.tx, home.chat, child, chosen, home.now)
    return await _offered(home, *found)


async def lost(_: Update, home: Home) -> None:
    """`m:lost:<child>`: the question of /milestone about a skill that went away, with all that follows from it."""
    child = int(home.data[2])
    opened = await on_demand.open_at(home.tx, home.chat, child, milestones.NEW, milestones.WENT_AWAY, home.now)
    if opened is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        checkin.show(home, *opened)


_VERBS: dict[str, Verb] = {
    "list": _list,
    "begin": _begin,
    "again": _again,
    "a": _answer,
    "skip": _skip,
    "stop": _stop,
    "early": _early,
    "born": _born,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(pressed, pattern=r"^m:(list|begin|again|stop):\d{1,18}$"),
        CallbackQueryHandler(lost, pattern=r"^m:lost:\d{1,18}$"),
        CallbackQueryHandler(pressed, pattern=rf"^m:a:\d{{1,18}}:\d{{1,2}}:({'|'.join(ANSWERS)})$"),
        CallbackQueryHandler(pressed, pattern=r"^m:skip:\d{1,18}:\d{1,2}$"),
        CallbackQueryHandler(pressed, pattern=r"^m:early:\d{1,18}(:\d{1,2})?$"),
        CallbackQueryHandler(pressed, pattern=r"^m:born:\d{1,18}:\d{4}(-\d\d)?$"),
    ]
