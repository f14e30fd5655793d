"""/meeting: a therapist agrees a visit, moves it, calls it off. /meetings: what a caregiver was asked to.

Buttons are `meet:<verb>:<id>[:<more>[:<more>]]`; the id is a page, a child, or else a visit. A caregiver's are
`meets:<yes|no>:<visit>[:all]`. What is typed answers `meet:write:<visit>`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, families, meetings
from bot.domain.auditing import What
from bot.domain.meetings import Kind
from bot.model import Person, Screen
from bot.text.screens import help as help_screens
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import meetings as screens
from handlers.context import Home

ASKING = "meet:write:"
Verb = Callable[[Home, Person, int, list[str]], Awaitable[Screen | None]]


async def show_meeting(_: Update, home: Home) -> None:
    therapist = home.me.therapist
    if therapist is None:
        home.say(inviting_screens.therapists_only(home.voice))
        return
    home.say(screens.listed(home.voice, await meetings.coming(home.tx, therapist.id, home.now)))


async def show_meetings(update: Update, home: Home) -> None:
    """A therapist who is no caregiver gets the own list."""
    if home.me.caregivers:
        home.say(screens.agreed(home.voice, await meetings.agreed(home.tx, home.me, home.now)))
    elif home.me.therapist is not None:
        await show_meeting(update, home)
    else:
        home.say(help_screens.help_for(home.voice, home.me))


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where the child or visit is not this therapist's."""
    _meet, verb, number, *rest = home.data
    therapist = home.me.therapist
    screen = None if therapist is None else await _VERBS[verb](home, therapist, int(number), rest)
    await home.show_or_say_gone(screen)


async def _list(home: Home, therapist: Person, _: int, _rest: list[str]) -> Screen | None:
    await accounts.ask(home.tx, home.chat, "")
    return screens.listed(home.voice, await meetings.coming(home.tx, therapist.id, home.now))


async def _page(home: Home, therapist: Person, number: int, _: list[str]) -> Screen | None:
    return screens.whom(home.voice, await families.page(home.tx, therapist.id, number, home.now))


async def _new(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    """`meet:new:<child>[:<page>]`."""
    found = await families.family(home.tx, therapist.id, child, home.now)
    if found is None:
        return None
    today = screens.today_of(therapist, home.now)
    data, turn = f"meet:day:{child}", f"meet:new:{child}"
    return screens.days(home.voice, found.child["name"], today, _page_of(rest), data, turn)


async def _move(home: Home, therapist: Person, meeting: int, rest: list[str]) -> Screen | None:
    """`meet:move:<visit>[:<page>]`."""
    found = await meetings.shown(home.tx, therapist.id, meeting, home.now)
    if found is None:
        return None
    today = screens.today_of(therapist, home.now)
    data, turn = f"meet:on:{meeting}", f"meet:move:{meeting}"
    return screens.days(home.voice, found.row["child_name"], today, _page_of(rest), data, turn)


def _page_of(rest: list[str]) -> int:
    page = int(rest[0]) if rest and rest[0].isdecimal() else 0
    return page if page < screens.PAGES else 0


async def _day(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    """`meet:day:<child>:<YYYYMMDD>`."""
    if await families.family(home.tx, therapist.id, child, home.now) is None:
        return None
    return await _hours(home, therapist, rest, f"meet:hour:{child}")


async def _on(home: Home, therapist: Person, meeting: int, rest: list[str]) -> Screen | None:
    """`meet:on:<visit>:<YYYYMMDD>`."""
    if await meetings.shown(home.tx, therapist.id, meeting, home.now) is None:
        return None
    return await _hours(home, therapist, rest, f"meet:to:{meeting}")


async def _hours(home: Home, therapist: Person, rest: list[str], data: str) -> Screen | None:
    day = _date("".join(rest[:1]))
    if day is None:
        return None
    taken = await meetings.taken(home.tx, therapist.id, home.now)
    return screens.hours(home.voice, day, therapist.timezone, taken, home.now, data)


def _date(digits: str) -> date | None:
    """20270319; None for what no calendar has."""
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a local date
    except ValueError:
        return None


def _at(home: Home, therapist: Person, rest: list[str]) -> int | None:
    """202703191500 on the therapist's clock, in ms; None where it is over or no moment."""
    digits = rest[0] if rest else ""
    day, hour = _date(digits[:8]), f"{digits[8:10]}:{digits[10:12]}"
    if day is None or hour not in screens.HOURS:
        return None
    return meetings.moment(day, hour, therapist.timezone, home.now)


async def _hour(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    """`meet:hour:<child>:<YYYYMMDDHHMM>`."""
    at = _at(home, therapist, rest)
    if at is None or await families.family(home.tx, therapist.id, child, home.now) is None:
        return None
    return screens.kinds(home.voice, at, therapist.timezone, f"meet:make:{child}:{rest[0]}")


async def _make(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    """`meet:make:<child>:<YYYYMMDDHHMM>:<kind>[:<seat>|:0]`: where there are several caregivers, who is asked?"""
    at, kind = _at(home, therapist, rest), _kind(rest)
    found = await families.family(home.tx, therapist.id, child, home.now)
    if at is None or kind is None or found is None:
        return None
    if len(rest) < 3 and len(found.seats) > 1:  # noqa: PLR2004 - the third word is who
        return screens.who(home.voice, found, f"meet:make:{child}:{rest[0]}:{kind.value}")
    person = int(rest[2]) if len(rest) > 2 and rest[2].isdecimal() else 0  # noqa: PLR2004
    meeting = await meetings.agree(home.tx, therapist.id, child, at, kind, person or None, home.now)
    return None if meeting is None else await _changed(home, therapist, meeting)


def _kind(rest: list[str]) -> Kind | None:
    word = rest[1] if len(rest) > 1 else ""
    return Kind(word) if word in tuple(Kind) else None


async def _one(home: Home, therapist: Person, meeting: int, _: list[str]) -> Screen | None:
    found = await meetings.shown(home.tx, therapist.id, meeting, home.now)
    return None if found is None else screens.one(home.voice, found)


async def _changed(home: Home, therapist: Person, meeting: int) -> Screen | None:
    """As it is now; that it was changed is on record."""
    found = await meetings.shown(home.tx, therapist.id, meeting, home.now)
    if found is None:
        return None
    await home.changed(What.VISIT_CHANGED, found.row["child_id"])
    return screens.one(home.voice, found)


async def _to(home: Home, therapist: Person, meeting: int, rest: list[str]) -> Screen | None:
    """`meet:to:<visit>:<YYYYMMDDHHMM>`."""
    at = _at(home, therapist, rest)
    if at is None:
        return None
    if not await meetings.move(home.tx, therapist.id, meeting, at, home.now):
        home.toast(home.voice.plain("meeting-taken"))
        return await _one(home, therapist, meeting, [])
    return await _changed(home, therapist, meeting)


async def _again(home: Home, therapist: Person, meeting: int, _: list[str]) -> Screen | None:
    added = await meetings.again(home.tx, therapist.id, meeting, home.now)
    return None if added is None else await _changed(home, therapist, added)


async def _turn(home: Home, therapist: Person, meeting: int, _: list[str]) -> Screen | None:
    await meetings.turn_kind(home.tx, therapist.id, meeting, home.now)
    return await _changed(home, therapist, meeting)


async def _who(home: Home, therapist: Person, meeting: int, rest: list[str]) -> Screen | None:
    person = int(rest[0]) if rest and rest[0].isdecimal() else 0
    await meetings.turn_who(home.tx, therapist.id, meeting, person, home.now)
    return await _changed(home, therapist, meeting)


async def _write(home: Home, therapist: Person, meeting: int, _: list[str]) -> Screen | None:
    if await meetings.shown(home.tx, therapist.id, meeting, home.now) is None:
        return None
    await accounts.ask(home.tx, home.chat, f"{ASKING}{meeting}")
    return screens.write(home.voice)


async def typed(home: Home, words: str) -> None:
    """The place or the link of a visit."""
    therapist, meeting = home.me.therapist, int(home.me.asking.removeprefix(ASKING))
    if therapist is not None and not await meetings.write(home.tx, therapist.id, meeting, words, home.now):
        home.say(screens.too_long(home.voice))
        return
    await accounts.ask(home.tx, home.chat, "")
    shown = None if therapist is None else await _changed(home, therapist, meeting)
    home.say(Screen(home.voice("button-gone")) if shown is None else shown)


async def _off(home: Home, therapist: Person, meeting: int, rest: list[str]) -> Screen | None:
    """`meet:off:<visit>[:yes]`."""
    found = await meetings.shown(home.tx, therapist.id, meeting, home.now)
    if found is None:
        return None
    if rest != ["yes"]:
        return screens.off(home.voice, found)
    await meetings.cancel(home.tx, therapist.id, meeting, home.now)
    await home.changed(What.VISIT_CHANGED, found.row["child_id"])
    return screens.called_off(home.voice)


async def reply(_: Update, home: Home) -> None:
    """`meets:<yes|no>:<visit>[:all]`: a caregiver answers, on the visit itself or in the list."""
    _meets, word, number, *rest = home.data
    row = await meetings.reply(home.tx, home.me, int(number), home.now, comes=word == "yes")
    if row is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    elif rest:
        await home.show(screens.agreed(home.voice, await meetings.agreed(home.tx, home.me, home.now)))
    else:
        await home.show(screens.replied(home.voice, row))


_VERBS: dict[str, Verb] = {
    "list": _list,
    "page": _page,
    "new": _new,
    "day": _day,
    "hour": _hour,
    "make": _make,
    "one": _one,
    "move": _move,
    "on": _on,
    "to": _to,
    "again": _again,
    "turn": _turn,
    "who": _who,
    "write": _write,
    "off": _off,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("meeting", show_meeting, filters.UpdateType.MESSAGE),
        CommandHandler("meetings", show_meetings, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=rf"^meet:({'|'.join(_VERBS)}):\d{{1,18}}(:[a-z0-9]{{1,18}}){{0,3}}$"),
        CallbackQueryHandler(reply, pattern=r"^meets:(yes|no):\d{1,18}(:all)?$"),
    ]
