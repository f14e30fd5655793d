"""/behaviour: a moment while it is fresh, one of earlier today, or how often it was on a day.

Buttons are `beh:<verb>:<id>[:<more>]`; the id is a child, or else a behaviour that was agreed on.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, behaviours, on_demand
from bot.domain.behaviour import KEY
from bot.model import Child, May, Person, Right
from bot.text.screens import behaviours as screens
from bot.text.screens import checkin as checkin_screens
from bot.text.screens import choosing
from handlers import whom
from handlers.context import Home

Verb = Callable[[Home, int, Sequence[str]], Awaitable[bool]]
_HOUR = re.compile(r"([01]\d|2[0-3])[0-5]\d")


async def behaviour_now(_: Update, home: Home) -> None:
    """Of two children, for whom?"""
    children = await whom.children(home, May.GIVE)
    if not children:
        home.say(await whom.nobody(home))
    elif len(children) == 1:
        found = await _mine(home, children[0].id)
        assert found is not None  # noqa: S101 - one of theirs
        await _start(home, *found)
    else:
        home.say(choosing.which_child(home.voice, children, "for:behaviour"))


async def chosen(_: Update, home: Home) -> None:
    """`for:behaviour:<child>`."""
    await home.show(choosing.chosen(home.voice))
    found = await _mine(home, int(home.data[2]))
    if found is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        await _start(home, *found)


async def _start(home: Home, child: Child, seat: Person) -> None:
    agreed = await behaviours.offered(home.tx, seat.id, child.id, home.now)
    home.say(screens.start(home.voice, child, agreed=bool(agreed)))


async def _mine(home: Home, child_id: int) -> tuple[Child, Person] | None:
    """A child of whom this account may tell something, and the seat that may."""
    mine = await accounts.children(home.tx, home.me, Right.CARE, home.now, May.GIVE)
    people = {one.id: one for one in home.me.people}
    return next(((child, people[seat]) for child, seat in mine if child.id == child_id), None)


async def pressed(_: Update, home: Home) -> None:
    """A verb says whether it found what it was about."""
    _beh, verb, number, *rest = home.data
    if not await _VERBS[verb](home, int(number), rest):
        home.toast(home.voice.plain("button-gone"), alert=True)


async def _now(home: Home, child: int, _: Sequence[str]) -> bool:
    return await _record(home, child, home.now)


async def _at(home: Home, child: int, rest: Sequence[str]) -> bool:
    """`beh:at:<child>:<HHMM>`: an hour of today that is over."""
    found = await _mine(home, child)
    if found is None or not _HOUR.fullmatch("".join(rest)):
        return False
    moment = behaviours.moment_of(found[1].timezone, f"{rest[0][:2]}:{rest[0][2:]}", home.now)
    return moment is not None and await _record(home, child, moment)


async def _record(home: Home, child: int, at: int) -> bool:
    """A fresh message at the bottom of the chat; what asked for it gives up its buttons."""
    opened = await on_demand.open_now(home.tx, home.chat, child, KEY, home.now, at=at)
    if opened is None:
        return False
    view, _left = opened
    await home.show(choosing.chosen(home.voice))
    home.say(checkin_screens.any_state(home.catalogue_voice(view), view), message=view.message)
    return True


async def _earlier(home: Home, child: int, _: Sequence[str]) -> bool:
    found = await _mine(home, child)
    if found is None:
        return False
    await home.show(screens.hours(home.voice, child, behaviours.passed(found[1].timezone, home.now)))
    return True


async def _count(home: Home, child: int, _: Sequence[str]) -> bool:
    """Of several behaviours, which one?"""
    found = await _mine(home, child)
    targets = [] if found is None else await behaviours.offered(home.tx, found[1].id, child, home.now)
    if not targets:
        return False
    if len(targets) == 1:
        return await _of(home, targets[0].id, ())
    await home.show(screens.which(home.voice, targets))
    return True


async def _of(home: Home, target: int, rest: Sequence[str]) -> bool:
    """`beh:of:<behaviour>[:<date>]`: how often, on that day or today."""
    seen = await behaviours.seen(home.tx, home.chat, target, home.now)
    on = None if seen is None else _date(rest[0]) if rest else seen.today
    if seen is None or on is None:
        return False
    await home.show(screens.bands(home.voice, seen, on))
    return True


async def _band(home: Home, target: int, rest: Sequence[str]) -> bool:
    """`beh:band:<behaviour>:<band>:<date>`: a count alone says nothing; how long were they there?"""
    seen = await behaviours.seen(home.tx, home.chat, target, home.now)
    on = _date("".join(rest[1:2]))
    if seen is None or on is None:
        return False
    await home.show(screens.observed(home.voice, seen, on, rest[0]))
    return True


async def _seen(home: Home, target: int, rest: Sequence[str]) -> bool:
    """`beh:seen:<behaviour>:<band>:<date>:<hours>`."""
    return await _counted(home, target, rest, settled=False)


async def _fine(home: Home, target: int, rest: Sequence[str]) -> bool:
    """It stays as it is; only the buttons go."""
    return await _counted(home, target, rest, settled=True)


async def _counted(home: Home, target: int, rest: Sequence[str], *, settled: bool) -> bool:
    seen = await behaviours.seen(home.tx, home.chat, target, home.now)
    on = _date("".join(rest[1:2]))
    if seen is None or on is None or len(rest) != 3:  # noqa: PLR2004 - band, date, hours
        return False
    band, _on, hours = rest
    if not settled and not await behaviours.count(home.tx, seen, on, band, hours, home.now):
        return False
    if not behaviours.is_count(band, hours):
        return False
    await home.show(screens.counted(home.voice, seen, on, band, hours, settled=settled))
    return True


def _date(digits: str) -> date | None:
    try:
        return date.fromisoformat(digits)
    except ValueError:
        return None


_VERBS: dict[str, Verb] = {
    "now": _now,
    "earlier": _earlier,
    "at": _at,
    "count": _count,
    "of": _of,
    "band": _band,
    "seen": _seen,
    "fine": _fine,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("behaviour", behaviour_now, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(chosen, pattern=r"^for:behaviour:\d{1,19}$"),
        CallbackQueryHandler(pressed, pattern=rf"^beh:({'|'.join(_VERBS)}):\d{{1,19}}(:[a-z0-9_]{{1,10}}){{0,3}}$"),
    ]
