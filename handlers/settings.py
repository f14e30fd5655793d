"""/settings and /language: hour, days, how often, language, clock, quiet hours, each by a tap; a city may be typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, free_days, links, settings, travel, zones
from bot.domain.settings import Changed
from bot.model import Screen
from bot.text.screens import settings as screens
from handlers.context import Home
from handlers.menus import set_menu

ASKING = "set:zone"
Verb = Callable[[Home, list[str]], Awaitable[Screen | None]]


async def show_settings(_: Update, home: Home) -> None:
    home.say(await shown(home))


async def show_languages(_: Update, home: Home) -> None:
    home.say(screens.languages(home.voice, home.house.catalogue.languages, "set:language"))


async def shown(home: Home) -> Screen:
    found = await settings.plans(home.tx, home.me)
    plain = screens.settings(home.voice, home.me, found, home.house.catalogue.languages, home.now)
    shared, away = await links.of_account(home.tx, home.me), await travel.current(home.tx, home.me)
    return screens.with_more(home.voice, plain, shared, away)


async def pressed(_: Update, home: Home) -> None:
    """`set:<verb>[:<more>]`: the next screen, or None where it was not offered."""
    _set, verb, *rest = home.data
    screen = await _VERBS[verb](home, rest)
    await home.show_or_say_gone(screen)


async def _show(home: Home, _: list[str]) -> Screen | None:
    await accounts.ask(home.tx, home.chat, "")
    return await shown(home)


async def _hour(home: Home, rest: list[str]) -> Screen | None:
    """`set:hour:<schedule>[:<HHMM>]`."""
    plan = await settings.own_plan(home.tx, home.me, int(rest[0]))
    if plan is None:
        return None
    time = hour("".join(rest[1:]))
    if not time:
        return screens.hour(home.voice, plan, other=False)
    _tell(home, await settings.set_hour(home.tx, home.me, plan["id"], time, home.now))
    return await shown(home)


async def _other(home: Home, rest: list[str]) -> Screen | None:
    plan = await settings.own_plan(home.tx, home.me, int(rest[0]))
    return None if plan is None else screens.hour(home.voice, plan, other=True)


async def _days(home: Home, rest: list[str]) -> Screen | None:
    """`set:days:<schedule>[:<days>]`: each tap turns a day, and the buttons stay."""
    days = "".join(rest[1:])
    if days and days == "".join(sorted(set(days) & set("0123456"))):
        _tell(home, await settings.set_days(home.tx, home.me, int(rest[0]), days, home.now))
    plan = await settings.own_plan(home.tx, home.me, int(rest[0]))
    return None if plan is None else screens.days(home.voice, plan)


async def _amount(home: Home, rest: list[str]) -> Screen | None:
    """`set:amount:<schedule>[:<key>]`."""
    if len(rest) > 1:
        _tell(home, await settings.set_amount(home.tx, home.me, int(rest[0]), rest[1], home.now))
    return await _shown_amount(home, int(rest[0]))


async def _shown_amount(home: Home, number: int) -> Screen | None:
    plan = await settings.own_plan(home.tx, home.me, number)
    if plan is None or plan["child_id"] is None:
        return None
    return screens.amount(home.voice, plan, await settings.a_day(home.tx, plan["person_id"]))


async def _a_day(home: Home, rest: list[str]) -> Screen | None:
    """`set:day:<schedule>:<most>`: how many questions a day are enough."""
    if not await settings.set_a_day(home.tx, home.me, int(rest[0]), int(rest[1])):
        return None
    _tell(home, await free_days.next_asked(home.tx, home.me, home.now))
    return await _shown_amount(home, int(rest[0]))


def hour(digits: str) -> str:
    """1930 as 19:30; "" for what is none."""
    ok = len(digits) == len("1930") and digits.isdecimal() and int(digits[:2]) < 24 and int(digits[2:]) < 60  # noqa: PLR2004
    return f"{digits[:2]}:{digits[2:]}" if ok else ""


def _tell(home: Home, changed: Changed | None) -> None:
    if changed is not None:
        home.toast(screens.changed(home.voice, changed))


async def _language(home: Home, rest: list[str]) -> Screen | None:
    if not rest:
        return screens.languages(home.voice, home.house.catalogue.languages, "set:language")
    return await shown(home) if await speak(home, rest[0]) else None


async def speak(home: Home, language: str) -> bool:
    """From now on in that language, the menu too. False where it is not shipped."""
    if language not in home.house.catalogue.languages:
        return False
    await settings.set_language(home.tx, home.me, language)
    home.account = await accounts.load(home.tx, home.chat)
    await set_menu(home)
    return True


async def _zone(home: Home, rest: list[str]) -> Screen | None:
    """`set:zone[:<continent>:<page>]`; meanwhile a city may be typed."""
    if len(rest) < 2 or not rest[1].isdecimal() or rest[0] not in zones.continents():  # noqa: PLR2004
        await accounts.ask(home.tx, home.chat, ASKING)
        return screens.continents(home.voice)
    return screens.cities(home.voice, rest[0], int(rest[1]), home.now)


async def _tz(home: Home, rest: list[str]) -> Screen | None:
    if not zones.known(rest[0]):
        return None
    await accounts.ask(home.tx, home.chat, "")
    await travel.stay(home.tx, home.me)
    await settings.set_timezone(home.tx, home.me, rest[0], home.now)
    home.account = await accounts.load(home.tx, home.chat)
    return await shown(home)


async def typed(home: Home, words: str) -> None:
    """A city, or a country."""
    home.say(screens.found(home.voice, zones.search(words), home.now))


async def _quiet(home: Home, rest: list[str]) -> Screen | None:
    """`set:quiet[:<from>[:<until>]]`."""
    hours = [found for one in rest if (found := hour(one))]
    if not hours:
        return screens.quiet_from(home.voice)
    if len(hours) == 1:
        return screens.quiet_until(home.voice, hours[0])
    await settings.set_quiet(home.tx, home.me, hours[0], hours[1])
    home.account = await accounts.load(home.tx, home.chat)
    _tell(home, await free_days.next_asked(home.tx, home.me, home.now))
    return await shown(home)


async def _hours(home: Home, rest: list[str]) -> Screen | None:
    """`set:hours[:<begin>[:<end>]]`: a therapist's."""
    if home.me.therapist is None:
        return None
    hours = [found for one in rest if (found := hour(one))]
    if not hours:
        return screens.hours_from(home.voice)
    if len(hours) == 1:
        return screens.hours_until(home.voice, hours[0])
    if hours[0] >= hours[1]:
        return None
    await settings.set_hours(home.tx, home.me, hours[0], hours[1], home.now)
    home.account = await accounts.load(home.tx, home.chat)
    return await shown(home)


_VERBS: dict[str, Verb] = {
    "show": _show,
    "hour": _hour,
    "other": _other,
    "days": _days,
    "amount": _amount,
    "day": _a_day,
    "language": _language,
    "zone": _zone,
    "tz": _tz,
    "quiet": _quiet,
    "hours": _hours,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("settings", show_settings, filters.UpdateType.MESSAGE),
        CommandHandler("language", show_languages, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=r"^set:(show|language|zone|quiet|hours)(:[A-Za-z0-9-]{1,20}){0,2}$"),
        CallbackQueryHandler(pressed, pattern=r"^set:(hour|other|days):\d{1,18}(:\d{1,7})?$"),
        CallbackQueryHandler(pressed, pattern=r"^set:amount:\d{1,18}(:[a-z]{1,10})?$"),
        CallbackQueryHandler(pressed, pattern=r"^set:day:\d{1,18}:[1-9]$"),
        CallbackQueryHandler(pressed, pattern=r"^set:tz:[A-Za-z0-9_/+-]{1,50}$"),
    ]
