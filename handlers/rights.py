"""A caregiver's access: `rt:<verb>:<seat>[:<more>]`; who treats a child: `case:<verb>:<child>[:<therapist>[:yes]]`.

All of it is for the therapist whose case it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.clock import from_ms
from bot.domain import accounts, auditing, families, handing_over, notices, rights, suspending
from bot.domain.auditing import Actor
from bot.domain.handing_over import Handed
from bot.model import Person, Preset, Screen
from bot.storage.database import Row, Tx
from bot.text.catalogue import Catalogue
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import rights as screens
from handlers.context import Home, date_of

ASKING = "rt:paper:"
Verb = Callable[[Home, Person, Row, str], Awaitable[Screen | None]]


async def pressed(_: Update, home: Home) -> None:
    _rt, verb, seat, *rest = home.data
    me = home.me.therapist
    found = None if me is None else await rights.care(home.tx, me.id, int(seat), home.now)
    screen = None if me is None or found is None else await _VERBS[verb](home, me, found, "".join(rest))
    await home.show_or_say_gone(screen)


async def _one(home: Home, me: Person, found: Row, _: str) -> Screen | None:
    again = await rights.care(home.tx, me.id, found["id"], home.now)
    return None if again is None else screens.one(home.voice, again, home.now)


def _by(me: Person) -> Actor:
    return auditing.of(me.kind, me.id)


async def _off(home: Home, me: Person, found: Row, _: str) -> Screen | None:
    await suspending.suspend(home.tx, found["id"], home.now, _by(me))
    return await _one(home, me, found, "")


async def _on(home: Home, me: Person, found: Row, _: str) -> Screen | None:
    await suspending.resume(home.tx, found["id"], home.now, _by(me))
    return await _one(home, me, found, "")


async def _until(home: Home, me: Person, found: Row, months: str) -> Screen | None:
    if not months:
        return screens.until(home.voice, found)
    if int(months) not in (0, *screens.MONTHS):
        return None
    day = rights.in_months(_today(home, found), int(months)) if int(months) else None
    return await _ends(home, me, found, day)


async def _ends(home: Home, me: Person, found: Row, day: date | None) -> Screen | None:
    at = None if day is None else rights.end_of(day, found["timezone"])
    await rights.set_end(home.tx, _by(me), found, at, home.now)
    return await _one(home, me, found, "")


def _today(home: Home, found: Row) -> date:
    return from_ms(home.now).astimezone(ZoneInfo(found["timezone"])).date()


async def _day(home: Home, me: Person, found: Row, chosen: str) -> Screen | None:
    """The day that a paper names: its month first."""
    today = _today(home, found)
    if not chosen:
        return screens.months(home.voice, found, today)
    if chosen.count("-") == 1:
        days = [day for day in screens.days_of(date_of(f"{chosen}-01")) if rights.possible(day, today)]
        return screens.days(home.voice, found, days) if days else None
    day = date_of(chosen)
    return await _ends(home, me, found, day) if rights.possible(day, today) else None


async def _may(home: Home, me: Person, found: Row, preset: str) -> Screen | None:
    if not preset:
        return screens.may(home.voice, found)
    await rights.set_preset(home.tx, _by(me), found, Preset(preset), home.now)
    return await _one(home, me, found, "")


async def _paper(home: Home, _me: Person, found: Row, _: str) -> Screen | None:
    await accounts.ask(home.tx, home.chat, f"{ASKING}{found['id']}")
    return screens.ask_paper(home.voice, found)


async def _no_paper(home: Home, me: Person, found: Row, _: str) -> Screen | None:
    await accounts.ask(home.tx, home.chat, "")
    await rights.set_document(home.tx, _by(me), found, "", home.now)
    return await _one(home, me, found, "")


async def typed(home: Home, words: str) -> None:
    """The note that was asked for."""
    me, seat = home.me.therapist, int(home.me.asking.removeprefix(ASKING))
    found = None if me is None else await rights.care(home.tx, me.id, seat, home.now)
    if me is None or found is None:
        await accounts.ask(home.tx, home.chat, "")
        home.say(inviting_screens.therapists_only(home.voice))
        return
    if not await rights.set_document(home.tx, _by(me), found, words, home.now):
        home.say(screens.too_long(home.voice, rights.LONGEST_DOCUMENT))
        return
    await accounts.ask(home.tx, home.chat, "")
    shown = await _one(home, me, found, "")
    assert shown is not None  # noqa: S101 - the right was checked above
    home.say(shown)


_VERBS: dict[str, Verb] = {
    "one": _one,
    "off": _off,
    "on": _on,
    "until": _until,
    "day": _day,
    "may": _may,
    "paper": _paper,
    "nopaper": _no_paper,
}


async def case(_: Update, home: Home) -> None:
    _case, verb, number, *rest = home.data
    me, child = home.me.therapist, int(number)
    found = None if me is None else await families.family(home.tx, me.id, child, home.now)
    team = [] if me is None else await handing_over.team(home.tx, me.id, child, home.now)
    screen = None
    if me is not None and found is not None and team:
        screen = await _CASE[verb](home, me, found.child, rest)
    await home.show_or_say_gone(screen)


async def _team(home: Home, me: Person, child: Row, _: list[str]) -> Screen | None:
    rows = await handing_over.team(home.tx, me.id, child["id"], home.now)
    return screens.team(home.voice, child["id"], child["name"], rows, me) if rows else None


async def _co(home: Home, me: Person, child: Row, rest: list[str]) -> Screen | None:
    others = await handing_over.colleagues(home.tx, me.id, child["id"])
    if not rest:
        treating = {row["id"] for row in await handing_over.team(home.tx, me.id, child["id"], home.now)}
        return screens.which(
            home.voice, child["id"], child["name"], "co", [one for one in others if one.id not in treating]
        )
    other = next((one for one in others if one.id == int(rest[0])), None)
    if other is not None and await handing_over.add_co(home.tx, me.id, child["id"], other.id, home.now):
        await home.tell(
            other, screens.yours(home.voice_of(other), child["id"], child["name"], helps=True), child["id"], None
        )
    return await _team(home, me, child, [])


async def _unco(home: Home, me: Person, child: Row, rest: list[str]) -> Screen | None:
    if rest:
        await handing_over.end_co(home.tx, me.id, child["id"], int(rest[0]), home.now)
    return await _team(home, me, child, [])


async def _give(home: Home, me: Person, child: Row, rest: list[str]) -> Screen | None:
    others = await handing_over.colleagues(home.tx, me.id, child["id"])
    if not rest:
        return screens.which(home.voice, child["id"], child["name"], "give", others)
    to = next((one for one in others if one.id == int(rest[0])), None)
    if to is None or len(rest) == 1:
        return None if to is None else screens.sure(home.voice, child["id"], child["name"], to)
    handed = await handing_over.hand_over(home.tx, me.id, child["id"], to.id, home.now)
    if handed is None:
        return None
    await tell(home.tx, home.house.catalogue, [handed], home.now)
    return screens.given(home.voice, handed)


async def tell(tx: Tx, catalogue: Catalogue, handed: Iterable[Handed], now: int) -> None:
    """Who has the case now, and each caregiver alone: in their hours."""
    for one in handed:
        voice = catalogue.voice(one.to.language, address=one.to.address)
        await notices.put(tx, one.to, one.child, None, screens.yours(voice, one.child, one.child_name), now)
        for caregiver in one.caregivers:
            theirs = catalogue.voice(caregiver.language, address=caregiver.address)
            await notices.put(tx, caregiver, one.child, None, screens.new_reader(theirs, one), now)


_CASE: dict[str, Callable[[Home, Person, Row, list[str]], Awaitable[Screen | None]]] = {
    "team": _team,
    "co": _co,
    "unco": _unco,
    "give": _give,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(pressed, pattern=r"^rt:(one|off|on|paper|nopaper):\d{1,18}$"),
        CallbackQueryHandler(pressed, pattern=r"^rt:until:\d{1,18}(:\d{1,2})?$"),
        CallbackQueryHandler(pressed, pattern=r"^rt:day:\d{1,18}(:\d{4}-\d\d(-\d\d)?)?$"),
        CallbackQueryHandler(pressed, pattern=rf"^rt:may:\d{{1,18}}(:({'|'.join(Preset)}))?$"),
        CallbackQueryHandler(case, pattern=r"^case:(team|co|unco):\d{1,18}(:\d{1,18})?$"),
        CallbackQueryHandler(case, pattern=r"^case:give:\d{1,18}(:\d{1,18}(:yes)?)?$"),
    ]
