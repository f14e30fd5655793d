"""/families: who is there, who has not joined yet, and everything that can be changed about them.

Buttons are `fam:<verb>:<id>[:<more>]`; what is typed answers `fam:name:<child>`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.clock import from_ms
from bot.domain import accounts, auditing, explaining, families, inviting, silence
from bot.domain.auditing import What
from bot.domain.families import Family
from bot.model import Person, Screen
from bot.storage.database import Row
from bot.text.screens import explaining as explaining_screens
from bot.text.screens import families as screens
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import tasks as task_screens
from handlers import digest
from handlers import inviting as inviting_handlers
from handlers.context import Home

ASKING_NAME = "fam:name:"
Verb = Callable[[Home, Person, int, list[str]], Awaitable[Screen | None]]

_HOUR = re.compile(r"([01]\d|2[0-3])[0-5]\d")
_DAYS = re.compile(r"(?=.)0?1?2?3?4?5?6?")
_YEAR, _MONTH = re.compile(r"(19|20)\d\d"), re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


async def show_families(_: Update, home: Home) -> None:
    therapist = home.me.therapist
    if therapist is None:
        home.say(inviting_screens.therapists_only(home.voice))
        return
    shown = screens.listed(home.voice, await families.page(home.tx, therapist.id, 0, home.now))
    home.say(await digest.with_tasks(home, therapist, shown))


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where the child or seat is not this therapist's."""
    _fam, verb, number, *rest = home.data
    therapist = home.me.therapist
    screen = None if therapist is None else await _VERBS[verb](home, therapist, int(number), rest)
    await home.show_or_say_gone(screen)


async def _page(home: Home, therapist: Person, number: int, _: list[str]) -> Screen | None:
    shown = screens.listed(home.voice, await families.page(home.tx, therapist.id, number, home.now))
    return shown if number else await digest.with_tasks(home, therapist, shown)


async def contacted(_: Update, home: Home) -> None:
    """`task:done:<seat>`: the therapist has spoken to them; what is left of the tasks stays in the list."""
    therapist, seat = home.me.therapist, int(home.data[2])
    if therapist is None or not await silence.contacted(home.tx, therapist.id, seat, home.now):
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    home.toast(task_screens.done(home.voice))
    shown = await _page(home, therapist, 0, [])
    assert shown is not None  # noqa: S101 - a page is always there
    await home.show(shown)


async def _child(home: Home, therapist: Person, child: int, _: list[str]) -> Screen | None:
    found = await families.family(home.tx, therapist.id, child, home.now)
    if found is None:
        return None
    await auditing.seen(home.tx, therapist.id, child, home.now)
    return screens.family(home.voice, found, home.now)


async def apart(_: Update, home: Home) -> None:
    """`fam:apart:<child>`: the family in a message of its own; what it is opened from is still to be read."""
    therapist = home.me.therapist
    shown = None if therapist is None else await _child(home, therapist, int(home.data[2]), [])
    if shown is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        home.say(shown)


async def _seat(home: Home, therapist: Person, person: int, _: list[str]) -> Screen | None:
    found = await families.of_seat(home.tx, therapist.id, person, home.now)
    seat = found.seat(person) if found else None
    return None if found is None or seat is None else screens.seat(home.voice, found, seat)


async def _hour(home: Home, therapist: Person, person: int, rest: list[str]) -> Screen | None:
    """`fam:hour:<seat>:<schedule>[:<HHMM>]`."""
    found = await families.of_seat(home.tx, therapist.id, person, home.now)
    plan = _plan(found, person, rest)
    if found is None or plan is None:
        return None
    if not _HOUR.fullmatch("".join(rest[1:])):
        return screens.hour(home.voice, found, person, plan)
    await families.set_plan(home.tx, plan, home.now, time=f"{rest[1][:2]}:{rest[1][2:]}")
    await home.changed(What.PLAN_CHANGED, found.child["id"], person)
    return await _seat(home, therapist, person, [])


async def _days(home: Home, therapist: Person, person: int, rest: list[str]) -> Screen | None:
    """`fam:days:<seat>:<schedule>[:<days>]`: each tap turns a day, and the buttons stay."""
    found = await families.of_seat(home.tx, therapist.id, person, home.now)
    plan = _plan(found, person, rest)
    if found is not None and plan is not None and _DAYS.fullmatch("".join(rest[1:])):
        await families.set_plan(home.tx, plan, home.now, days=rest[1])
        await home.changed(What.PLAN_CHANGED, found.child["id"], person)
        found = await families.of_seat(home.tx, therapist.id, person, home.now)
        plan = _plan(found, person, rest)
    return None if found is None or plan is None else screens.days(home.voice, found, person, plan)


def _plan(found: Family | None, person: int, rest: list[str]) -> Row | None:
    seat = found.seat(person) if found else None
    wanted = int(rest[0]) if rest and rest[0].isdecimal() else 0
    return next((plan for plan in seat.plans if plan["id"] == wanted), None) if seat else None


async def _role(home: Home, therapist: Person, person: int, rest: list[str]) -> Screen | None:
    found = await families.of_seat(home.tx, therapist.id, person, home.now)
    if found is not None and rest and await families.set_role(home.tx, person, rest[0]):
        await home.changed(What.FAMILY_CHANGED, found.child["id"], person)
        return await _seat(home, therapist, person, [])
    return None if found is None else screens.roles(home.voice, found, f"fam:role:{person}")


async def _add(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    """`fam:add:<child>[:<role>]`: the role, then the link."""
    found = await families.family(home.tx, therapist.id, child, home.now)
    if found is None or not found.led:
        return None
    if not rest or rest[0] not in families.ROLES:
        return screens.roles(home.voice, found, f"fam:add:{child}")
    language, timezone = home.house.language, home.house.timezone
    by = auditing.of(therapist.kind, therapist.id)
    invited = await families.add_caregiver(home.tx, by, child, rest[0], language, timezone, home.now)
    inviting_handlers.hand_over(home, therapist, invited.code, language)
    return await _child(home, therapist, child, [])


async def _link(home: Home, therapist: Person, person: int, _: list[str]) -> Screen | None:
    """A new link for someone who has not joined; the older one stops working."""
    found = await families.of_seat(home.tx, therapist.id, person, home.now)
    seat = found.seat(person) if found else None
    if found is None or seat is None or seat.row["joined_at"] is not None:
        return None
    code = await inviting.new_code(home.tx, person, home.now)
    await home.changed(What.LINK_CHANGED, found.child["id"], person)
    inviting_handlers.hand_over(home, therapist, code, seat.row["language"])
    return await _seat(home, therapist, person, [])


async def _cancel(home: Home, therapist: Person, person: int, _: list[str]) -> Screen | None:
    found = await families.of_seat(home.tx, therapist.id, person, home.now)
    if found is None:
        return None
    await families.cancel_link(home.tx, person, home.now)
    await home.changed(What.LINK_CHANGED, found.child["id"], person)
    return await _seat(home, therapist, person, [])


async def _out(home: Home, therapist: Person, person: int, _: list[str]) -> Screen | None:
    found = await families.of_seat(home.tx, therapist.id, person, home.now)
    return screens.sure(home.voice, found, person) if found is not None and found.led else None


async def _born(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    """`fam:born:<child>[:<year>|:<YYYY-MM>|:0]`."""
    found = await families.family(home.tx, therapist.id, child, home.now)
    chosen = "".join(rest)
    if found is None:
        return None
    if _YEAR.fullmatch(chosen):
        return screens.months(home.voice, found, int(chosen))
    if chosen != "0" and not _MONTH.fullmatch(chosen):
        return screens.years(home.voice, found, from_ms(home.now).date())
    await families.born(home.tx, child, "" if chosen == "0" else chosen, home.now)
    await home.changed(What.FAMILY_CHANGED, child)
    return await _child(home, therapist, child, [])


async def _early(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    """`fam:early:<child>[:<weeks>]`."""
    found = await families.family(home.tx, therapist.id, child, home.now)
    weeks = int(rest[0]) if rest and rest[0].isdecimal() else -1
    if found is not None and await families.early(home.tx, child, weeks):
        await home.changed(What.FAMILY_CHANGED, child)
        return await _child(home, therapist, child, [])
    return None if found is None else screens.early(home.voice, found)


async def _words(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    found = await families.family(home.tx, therapist.id, child, home.now)
    if found is not None and rest and await families.speak_of(home.tx, child, rest[0]):
        await home.changed(What.FAMILY_CHANGED, child)
        return await _child(home, therapist, child, [])
    return None if found is None else screens.words(home.voice, found)


async def _cards(home: Home, therapist: Person, child: int, rest: list[str]) -> Screen | None:
    """`fam:cards:<child>[:<card>]`: each tap turns a card, and the buttons stay."""
    found = await families.family(home.tx, therapist.id, child, home.now)
    if found is None or (rest and not await families.turn_card(home.tx, child, rest[0], home.now)):
        return None
    if rest:
        await home.changed(What.FAMILY_CHANGED, child)
    return screens.cards(home.voice, found, await families.cards_of(home.tx, child), home.now)


async def _why(home: Home, therapist: Person, child: int, _: list[str]) -> Screen | None:
    found = await families.family(home.tx, therapist.id, child, home.now)
    if found is None:
        return None
    return explaining_screens.why(home.voice, found, await explaining.lately(home.tx, therapist.id, child, home.now))


async def _name(home: Home, therapist: Person, child: int, _: list[str]) -> Screen | None:
    if await families.family(home.tx, therapist.id, child, home.now) is None:
        return None
    await accounts.ask(home.tx, home.chat, f"{ASKING_NAME}{child}")
    return screens.ask_name(home.voice)


async def typed(home: Home, words: str) -> None:
    """The words that a new nickname was asked for."""
    number = home.me.asking.removeprefix(ASKING_NAME)
    therapist, child = home.me.therapist, int(number)
    if therapist is None or await families.family(home.tx, therapist.id, child, home.now) is None:
        await accounts.ask(home.tx, home.chat, "")
        home.say(inviting_screens.therapists_only(home.voice))
        return
    if not await families.rename(home.tx, child, words):
        home.say(screens.too_long(home.voice, families.LONGEST_NAME))
        return
    await home.changed(What.FAMILY_CHANGED, child)
    await accounts.ask(home.tx, home.chat, "")
    shown = await _child(home, therapist, child, [])
    assert shown is not None  # noqa: S101 - the right was checked above
    home.say(shown)


_VERBS: dict[str, Verb] = {
    "page": _page,
    "child": _child,
    "seat": _seat,
    "hour": _hour,
    "days": _days,
    "role": _role,
    "add": _add,
    "link": _link,
    "cancel": _cancel,
    "out": _out,
    "born": _born,
    "early": _early,
    "words": _words,
    "name": _name,
    "cards": _cards,
    "why": _why,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("families", show_families, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(apart, pattern=r"^fam:apart:\d{1,18}$"),
        CallbackQueryHandler(contacted, pattern=r"^task:done:\d{1,18}$"),
        CallbackQueryHandler(pressed, pattern=rf"^fam:({'|'.join(_VERBS)}):\d{{1,18}}(:[a-z0-9_-]{{1,18}}){{0,2}}$"),
    ]
