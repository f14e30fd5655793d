"""/message: a short line to one caregiver, with "Got it". Buttons are `msg:<verb>:<id>[:<person>[:<answer>]]` and
`got:<id>`; the answer is one of theirs that the line answers to.

What is typed answers `msg:write:<child>:<person>[:<answer>]`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, families, messages
from bot.model import Person, Screen
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import messages as screens
from handlers.context import Home

ASKING = "msg:write:"
Verb = Callable[[Home, Person, int, list[int]], Awaitable[Screen | None]]


async def show(_: Update, home: Home) -> None:
    therapist = home.me.therapist
    if therapist is None:
        home.say(inviting_screens.therapists_only(home.voice))
        return
    home.say(screens.whom(home.voice_of(therapist), await families.page(home.tx, therapist.id, 0, home.now)))


async def pressed(_: Update, home: Home) -> None:
    _msg, verb, number, *rest = home.data
    therapist = home.me.therapist
    more = [int(one) for one in rest]
    screen = None if therapist is None else await _VERBS[verb](home, therapist, int(number), more)
    await home.show_or_say_gone(screen)


async def _page(home: Home, therapist: Person, number: int, _: list[int]) -> Screen | None:
    return screens.whom(home.voice_of(therapist), await families.page(home.tx, therapist.id, number, home.now))


async def _to(home: Home, therapist: Person, child: int, more: list[int]) -> Screen | None:
    """`msg:to:<child>[:<person>[:<answer>]]`."""
    person, *answer = more or [0]
    return await to(home, therapist, child, person, answer[0] if answer else 0)


async def to(home: Home, therapist: Person, child: int, person: int, answer: int = 0) -> Screen | None:
    """Whom it is for; where there is one caregiver, nobody is asked about."""
    found = await messages.family(home.tx, therapist.id, child, home.now)
    if found is None or not found.seats:
        return None
    seat = found.seat(person) if person else found.seats[0]
    voice = home.voice_of(therapist)
    if not person and len(found.seats) > 1:
        return screens.to_whom(voice, found)
    if seat is None:
        return None
    name = screens.called(voice, seat.row["name"], seat.row["role"])
    if await messages.reached(home.tx, seat.row["id"]) is None:
        return screens.not_reached(voice, name)
    await accounts.ask(home.tx, home.chat, f"{ASKING}{child}:{seat.row['id']}{f':{answer}' if answer else ''}")
    return screens.write(voice, name)


async def typed(home: Home, words: str) -> None:
    """The words: shown as they will go, and when."""
    child, person, *answer = (int(one) for one in home.me.asking.removeprefix(ASKING).split(":"))
    therapist = home.me.therapist
    if therapist is None:
        return
    voice = home.voice_of(therapist)
    about = answer[0] if answer else None
    row = await messages.draft(home.tx, home.me, child, person, words, home.now, answer=about)
    if row is None:
        home.say(screens.too_long(voice))
        return
    await accounts.ask(home.tx, home.chat, "")
    home.say(screens.preview(voice, row, messages.goes_at(row, home.now), home.now))


async def _send(home: Home, therapist: Person, message: int, _: list[int]) -> Screen | None:
    row = await messages.send(home.tx, home.me, message, await home.pressed_message(), home.now)
    if row is None:
        return None
    at = messages.goes_at(row, home.now)
    return screens.fate(home.voice_of(therapist), row, "waits" if at > home.now else "on-its-way", at)


async def _drop(home: Home, therapist: Person, message: int, _: list[int]) -> Screen | None:
    row = await messages.drop(home.tx, home.me, message, home.now)
    return None if row is None else screens.dropped(home.voice_of(therapist))


async def got(_: Update, home: Home) -> None:
    """`got:<message>`: the caregiver has read it, and its author sees that."""
    found = await messages.confirm(home.tx, home.me, int(home.data[1]), home.now)
    if found is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    row, told = found
    await home.show(screens.confirmed(home.voice, row))
    if told is not None and told["author_message_id"] is not None and told["author_account"] is not None:
        voice = home.house.voice(told["author_language"], told["author_address"])
        shown = screens.fate(voice, told, "confirmed", home.now)
        home.edit(told["author_message_id"], shown, to=told["author_account"])


_VERBS: dict[str, Verb] = {"page": _page, "to": _to, "send": _send, "drop": _drop}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("message", show, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=rf"^msg:({'|'.join(_VERBS)}):\d{{1,18}}(:\d{{1,18}}){{0,2}}$"),
        CallbackQueryHandler(got, pattern=r"^got:\d{1,18}$"),
    ]
