"""One caregiver in /plan: `care:<verb>:<seat>[:<more>[:<more>]]`; and the two who share: `link:<verb>:<link>`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import links, planning, seats
from bot.domain.auditing import What
from bot.domain.links import Kind
from bot.domain.seats import Shown
from bot.model import Person, Screen
from bot.text.screens import planning as planning_screens
from bot.text.screens import seats as screens
from handlers.context import Home

Verb = Callable[[Home, Person, Shown, list[str]], Awaitable[Screen | None]]
_DAYS = re.compile(r"(?=.)0?1?2?3?4?5?6?")


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where it was not offered. The caregiver is one of the therapist's own."""
    _care, verb, number, *rest = home.data
    therapist = home.me.therapist
    found = None if therapist is None else await seats.shown(home.tx, therapist.id, int(number), home.now)
    screen = None if therapist is None or found is None else await _VERBS[verb](home, therapist, found, rest)
    await home.show_or_say_gone(screen)


async def _again(home: Home, therapist: Person, found: Shown) -> Shown:
    return await seats.shown(home.tx, therapist.id, found.seat.row["id"], home.now) or found


async def _changed(home: Home, found: Shown) -> None:
    await home.changed(What.PLAN_CHANGED, found.family.child["id"], found.seat.row["id"])


async def _one(home: Home, therapist: Person, found: Shown, _: list[str]) -> Screen | None:
    return screens.one(home.voice, await _again(home, therapist, found), home.now)


async def _days(home: Home, therapist: Person, found: Shown, rest: list[str]) -> Screen | None:
    return await _set_days(home, therapist, found, rest, "")


async def _weeks(home: Home, therapist: Person, found: Shown, rest: list[str]) -> Screen | None:
    return await _set_days(home, therapist, found, rest, "weeks 2 ")


async def _set_days(home: Home, therapist: Person, found: Shown, rest: list[str], kind: str) -> Screen | None:
    if rest and _DAYS.fullmatch(rest[0]):
        await seats.set_days(home.tx, found, f"{kind}{rest[0]}", home.now)
        await _changed(home, found)
    return screens.days(home.voice, await _again(home, therapist, found), home.now)


async def _turn(home: Home, therapist: Person, found: Shown, _: list[str]) -> Screen | None:
    await seats.other_week(home.tx, found)
    await _changed(home, found)
    return screens.days(home.voice, await _again(home, therapist, found), home.now)


async def _cap(home: Home, therapist: Person, found: Shown, rest: list[str]) -> Screen | None:
    """`care:cap:<seat>[:p<n>|:c<n>]`."""
    if rest and rest[0][1:].isdecimal():
        number = int(rest[0][1:])
        prompts, content = (number, None) if rest[0][0] == "p" else (None, number)
        if await seats.cap(home.tx, found, prompts=prompts, content=content):
            await _changed(home, found)
    return screens.caps(home.voice, await _again(home, therapist, found))


async def _add(home: Home, therapist: Person, found: Shown, rest: list[str]) -> Screen | None:
    """`care:add:<seat>[:<template>]`."""
    if not rest:
        return screens.which_plan(home.voice, found)
    added = await seats.add_plan(home.tx, found, rest[0], home.now)
    shown = None if added is None else await planning.shown(home.tx, therapist.id, added, home.now)
    if shown is not None:
        await _changed(home, found)
    return None if shown is None else planning_screens.one(home.voice, shown)


async def _link(home: Home, therapist: Person, found: Shown, rest: list[str]) -> Screen | None:
    """`care:link:<seat>[:<other>[:<kind>]]`."""
    if not rest or not rest[0].isdecimal():
        return screens.which_other(home.voice, found)
    if len(rest) == 1 or rest[1] not in tuple(Kind):
        return screens.which_kind(home.voice, found, int(rest[0]))
    pair = (found.seat.row["id"], int(rest[0]))
    if not await links.propose(home.tx, therapist.id, pair, Kind(rest[1]), home.now):
        return None
    await _changed(home, found)
    home.toast(home.voice.plain("seat-linked"))
    return await _one(home, therapist, found, [])


async def _unlink(home: Home, therapist: Person, found: Shown, _: list[str]) -> Screen | None:
    if await links.end(home.tx, therapist.id, found.seat.row["id"], home.now):
        await _changed(home, found)
    return await _one(home, therapist, found, [])


async def reply(_: Update, home: Home) -> None:
    """`link:<yes|no>:<link>`: one of the two, alone."""
    _link, word, number = home.data
    agrees = word == "yes"
    if await links.reply(home.tx, home.me, int(number), home.now, agrees=agrees) is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        await home.show(screens.said(home.voice, agrees=agrees))


async def leave(_: Update, home: Home) -> None:
    """`link:end:<link>[:yes]`, from /settings."""
    _link, _end, number, *rest = home.data
    row = next((one for one in await links.of_account(home.tx, home.me) if one["id"] == int(number)), None)
    if row is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    elif not rest:
        await home.show(screens.end_sure(home.voice, row))
    else:
        await links.leave(home.tx, home.me, row["id"], home.now)
        await home.show(screens.ended(home.voice, row))


_VERBS: dict[str, Verb] = {
    "one": _one,
    "days": _days,
    "weeks": _weeks,
    "turn": _turn,
    "cap": _cap,
    "add": _add,
    "link": _link,
    "unlink": _unlink,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(pressed, pattern=rf"^care:({'|'.join(_VERBS)}):\d{{1,18}}(:[a-z0-9]{{1,18}}){{0,2}}$"),
        CallbackQueryHandler(reply, pattern=r"^link:(yes|no):\d{1,18}$"),
        CallbackQueryHandler(leave, pattern=r"^link:end:\d{1,18}(:yes)?$"),
    ]
