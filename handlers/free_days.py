"""Days off, in /settings: weekend, holidays, the month of fasting, school breaks: `free:<verb>[:<more>[:<more>]]`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import accounts, free_days, resting, settings
from bot.domain.free_days import Free
from bot.model import Screen
from bot.text.screens import free_days as screens
from bot.text.screens import settings as settings_screens
from handlers.context import Home
from handlers.settings import hour

Verb = Callable[[Home, list[str]], Awaitable[Screen | None]]


async def pressed(_: Update, home: Home) -> None:
    """None where it was not offered. All but the weekend is a family's."""
    _free, verb, *rest = home.data
    offered = home.me.caregivers or verb in ("show", "week")
    screen = await _VERBS[verb](home, rest) if offered else None
    await home.show_or_say_gone(screen)


async def _free(home: Home) -> Free:
    return await free_days.of_account(home.tx, home.me, home.now)


async def _changed(home: Home) -> Free:
    """As it stands now; over the chat it says when the family is asked next."""
    home.account = await accounts.load(home.tx, home.chat)
    home.toast(settings_screens.changed(home.voice, await free_days.next_asked(home.tx, home.me, home.now)))
    return await _free(home)


async def _show(home: Home, _: list[str]) -> Screen | None:
    return screens.shown(home.voice, await _free(home))


async def _week(home: Home, rest: list[str]) -> Screen | None:
    """`free:week[:<days>|:country]`."""
    days = "".join(rest)
    if not days:
        return screens.weekend(home.voice, await _free(home))
    if days != "country" and (days != "".join(sorted(set(days) & set(screens.WEEK))) or days == screens.WEEK):
        return None
    await settings.set_weekend(home.tx, home.me, "" if days == "country" else days, home.now)
    return screens.weekend(home.voice, await _changed(home))


async def _work(home: Home, _: list[str]) -> Screen | None:
    await free_days.only_working_days(home.tx, home.me, home.now)
    return screens.shown(home.voice, await _changed(home))


async def _feasts(home: Home, rest: list[str]) -> Screen | None:
    if not rest:
        return screens.feasts(home.voice, await _free(home))
    if not await free_days.set_feast(home.tx, home.me, rest[0]):
        return None
    return screens.feasts(home.voice, await _changed(home))


async def _fast(home: Home, rest: list[str]) -> Screen | None:
    """`free:fast[:<HHMM>|:hour|:off]`."""
    wanted = "".join(rest)
    if wanted in ("", "hour"):
        return screens.fast(home.voice, await _free(home), hours=bool(wanted))
    chosen = hour(wanted)
    if not chosen and wanted != "off":
        return None
    await free_days.set_fast(home.tx, home.me, chosen, home.now)
    return await _fast_is(home)


async def _moon(home: Home, rest: list[str]) -> Screen | None:
    """`free:moon:<days>`."""
    days = next((one for one in free_days.SHIFTS if rest == [str(one)]), None)
    if days is None:
        return None
    await free_days.move_fast(home.tx, home.me, days, home.now)
    return await _fast_is(home)


async def _fast_is(home: Home) -> Screen:
    free = await _changed(home)
    return screens.shown(home.voice, free) if free.fast is None else screens.fast(home.voice, free, hours=False)


async def _breaks(home: Home, _: list[str]) -> Screen | None:
    return screens.breaks(home.voice, await _free(home))


async def _first(home: Home, rest: list[str]) -> Screen | None:
    """`free:first[:<first day of a month>]`."""
    today = resting.today_of(settings.first_seat(home.me), home.now)
    days = _dates(rest)
    if not rest:
        return screens.months(home.voice, today)
    return screens.first_days(home.voice, days[0], today) if days and _near(home, days[0]) else None


async def _last(home: Home, rest: list[str]) -> Screen | None:
    """`free:last:<first day>[:<begin of the month that is shown>]`."""
    days = _dates(rest)
    if not days or not _near(home, days[-1]):
        return None
    return screens.last_days(home.voice, days[0], max(days))


def _near(home: Home, day: date) -> bool:
    """Within the times that buttons are about."""
    away = (day - resting.today_of(settings.first_seat(home.me), home.now)).days
    return abs(away) <= free_days.AHEAD.days + free_days.LONGEST_BREAK


async def _add(home: Home, rest: list[str]) -> Screen | None:
    """`free:add:<first day>:<last day>`."""
    days = _dates(rest)
    if len(days) != len(("first", "last")):
        return None
    if not await free_days.add_break(home.tx, home.me, (days[0], days[1]), home.now):
        return None
    return screens.breaks(home.voice, await _changed(home))


async def _drop(home: Home, rest: list[str]) -> Screen | None:
    days = _dates(rest)
    if len(days) != len(("first", "last")):
        return None
    await free_days.drop_break(home.tx, home.me, (days[0], days[1]), home.now)
    return screens.breaks(home.voice, await _changed(home))


def _dates(rest: list[str]) -> list[date]:
    """20270319 as a date; [] where one of them is none."""
    try:
        return [date.fromisoformat(one) for one in rest]
    except ValueError:
        return []


_VERBS: dict[str, Verb] = {
    "show": _show,
    "week": _week,
    "work": _work,
    "feasts": _feasts,
    "fast": _fast,
    "moon": _moon,
    "breaks": _breaks,
    "first": _first,
    "last": _last,
    "add": _add,
    "drop": _drop,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(pressed, pattern=r"^free:(show|breaks|work)$"),
        CallbackQueryHandler(pressed, pattern=r"^free:(week|feasts|fast)(:[a-z_0-9]{1,20})?$"),
        CallbackQueryHandler(pressed, pattern=r"^free:moon:-?1$"),
        CallbackQueryHandler(pressed, pattern=r"^free:(first|last)(:\d{8}){0,2}$"),
        CallbackQueryHandler(pressed, pattern=r"^free:(add|drop):\d{8}:\d{8}$"),
    ]
