"""/practice: a log of what was tried at home, how it goes, and a moment for tomorrow.

Buttons are `home:<verb>:<id>[:<hour>]`; the id is a step, a check-in or a moment that was picked.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, checkins, practising, reading_time
from bot.domain.checkins import View
from bot.domain.practice import KEY
from bot.domain.practising import Known
from bot.model import Child, May, Person, Right
from bot.text.catalogue import Voice
from bot.text.screens import checkin as checkin_screens
from bot.text.screens import choosing
from bot.text.screens import practice as screens
from handlers import whom
from handlers.context import Home

Verb = Callable[[Home, int, str], Awaitable[bool]]
_HOUR = re.compile(r"([01]\d|2[0-3])[0-5]\d")


async def practice_now(_: Update, home: Home) -> None:
    """What was practised; of two children, for whom?"""
    children = await whom.children(home, May.GIVE)
    if not children:
        home.say(await whom.nobody(home))
    elif len(children) == 1:
        await of_child(home, children[0].id)
    else:
        home.say(choosing.which_child(home.voice, children, "for:practice"))


async def chosen(_: Update, home: Home) -> None:
    """`for:practice:<child>`."""
    await home.show(choosing.chosen(home.voice))
    await of_child(home, int(home.data[2]))


async def of_child(home: Home, child_id: int) -> None:
    """One step is asked about at once; several are a choice."""
    mine = await accounts.children(home.tx, home.me, Right.CARE, home.now, May.GIVE)
    found = next(((child, _seat(home, seat)) for child, seat in mine if child.id == child_id), None)
    if found is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    child, seat = found
    steps = await practising.steps(home.tx, home.chat, child.id, seat.timezone, home.now)
    if not steps:
        await _nothing(home, child)
    elif len(steps) == 1:
        await _log(home, steps[0].id)
    else:
        home.say(screens.which(home.voice_of(seat, child.gender), child.name, steps))


def _seat(home: Home, person: int) -> Person:
    return next(one for one in home.me.people if one.id == person)


async def _nothing(home: Home, child: Child) -> None:
    reader = await reading_time.next_reader(home.tx, child.id, home.now)
    home.say(screens.nothing(home.voice, child.name, reader[0] if reader else ""))


async def pressed(_: Update, home: Home) -> None:
    """A verb says whether it found what it was about."""
    _home, verb, number, *rest = home.data
    if not await _VERBS[verb](home, int(number), "".join(rest)):
        home.toast(home.voice.plain("button-gone"), alert=True)


async def _pick(home: Home, step: int, _: str) -> bool:
    """One of several was picked."""
    await home.show(choosing.chosen(home.voice))
    return await _log(home, step)


async def _next(home: Home, check_in: int, _: str) -> bool:
    """From the receipt of one step on to the next: the receipt stays, its buttons go."""
    view = await checkins.view(home.tx, home.chat, check_in, home.now)
    step = None if view is None else await practising.following(home.tx, home.chat, view, home.now)
    if view is None or step is None:
        return False
    await home.adopt(view.message)
    home.edit(view.message, checkin_screens.closed(home.catalogue_voice(view), view, buttons=False))
    return await _log(home, step.id)


async def _log(home: Home, step: int) -> bool:
    """A fresh message at the bottom of the chat; one that is open already moves there."""
    opened = await practising.log(home.tx, home.chat, step, home.now)
    if opened is None:
        return False
    view, left = opened
    voice = home.catalogue_voice(view)
    if left is not None:
        home.edit(left, checkin_screens.moved(voice))
    home.say(checkin_screens.any_state(voice, view), message=view.message)
    return True


async def _how(home: Home, check_in: int, _: str) -> bool:
    return _show_card(home, await practising.known_of(home.tx, home.chat, check_in, home.now))


async def _card(home: Home, step: int, _: str) -> bool:
    return _show_card(home, await practising.known(home.tx, home.chat, step, home.now))


def _show_card(home: Home, known: Known | None) -> bool:
    if known is not None:
        home.say(screens.card(_voice(home, known), known))
    return known is not None


async def _book(home: Home, check_in: int, _: str) -> bool:
    """A message of its own: the log stays as it is."""
    known = await practising.known_of(home.tx, home.chat, check_in, home.now)
    if known is not None:
        usual = await practising.usual(home.tx, known)
        home.say(screens.book(_voice(home, known), known, usual, every_hour=False))
    return known is not None


async def _hours(home: Home, step: int, _: str) -> bool:
    known = await practising.known(home.tx, home.chat, step, home.now, May.BOTH)
    if known is not None:
        usual = await practising.usual(home.tx, known)
        await home.show(screens.book(_voice(home, known), known, usual, every_hour=True))
    return known is not None


async def _at(home: Home, step: int, hour: str) -> bool:
    """`home:at:<step>:<HHMM>`."""
    known = await practising.known(home.tx, home.chat, step, home.now, May.BOTH)
    if known is None or not _HOUR.fullmatch(hour):
        return False
    booked = await practising.book(home.tx, known, f"{hour[:2]}:{hour[2:]}", home.now)
    if booked is None:
        return False
    await home.show(screens.booked(_voice(home, known), known, booked))
    return True


async def _keep(home: Home, booking: int, _: str) -> bool:
    """It stays; only the buttons go."""
    known = await practising.known_of_booking(home.tx, home.chat, booking, home.now)
    if known is None:
        return False
    one, booked = known
    await home.show(screens.booked(_voice(home, one), one, booked, settled=True))
    return True


async def _unbook(home: Home, booking: int, _: str) -> bool:
    if not await practising.unbook(home.tx, home.chat, booking):
        return False
    await home.show(screens.unbooked(home.voice))
    return True


def _voice(home: Home, known: Known) -> Voice:
    row = known.seat
    return home.house.catalogue.voice(row["language"], address=row["address"], gender=row["gender"])


async def help_with(home: Home, view: View) -> None:
    """What got in the way was just told: what helps comes back at once."""
    answer = view.answers.get("barrier")
    if view.template.family != KEY or view.said != "barrier" or answer is None or not isinstance(answer.value, list):
        return
    known = await practising.known_of(home.tx, home.chat, view.id, home.now)
    if known is not None and answer.value and not view.correcting:
        home.say(screens.tips(home.catalogue_voice(view), known, answer.value))


_VERBS: dict[str, Verb] = {
    "log": _pick,
    "next": _next,
    "how": _how,
    "card": _card,
    "book": _book,
    "hours": _hours,
    "at": _at,
    "keep": _keep,
    "unbook": _unbook,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("practice", practice_now, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(chosen, pattern=r"^for:practice:\d{1,19}$"),
        CallbackQueryHandler(pressed, pattern=rf"^home:({'|'.join(_VERBS)}):\d{{1,19}}(:\d{{4}})?$"),
    ]
