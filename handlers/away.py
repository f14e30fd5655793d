"""/away: a therapist's leave and who stands in, by buttons: `aw:<verb>[:<more>]`; days are ISO dates."""

from __future__ import annotations

from datetime import date

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import notices, staff, standing_in
from bot.model import Person, Screen
from bot.storage.database import Tx
from bot.text.catalogue import Catalogue
from bot.text.screens import away as screens
from bot.text.screens import inviting as inviting_screens
from handlers import rights
from handlers.context import Home, date_of


async def show(_: Update, home: Home) -> None:
    me = home.me.therapist
    home.say(inviting_screens.therapists_only(home.voice) if me is None else await _listed(home, me))


async def _listed(home: Home, me: Person) -> Screen:
    return screens.listed(home.voice_of(me), await standing_in.of(home.tx, me, home.now))


async def pressed(_: Update, home: Home) -> None:
    _aw, verb, *rest = home.data
    me = home.me.therapist
    screen = None if me is None else await _next(home, me, verb, rest)
    await home.show_or_say_gone(screen)


async def _next(home: Home, me: Person, verb: str, rest: list[str]) -> Screen | None:
    match verb, rest:
        case "from", [page]:
            return screens.first_day(home.voice_of(me), standing_in.today_of(me, home.now), int(page))
        case "until", [first, page]:
            return _until(home, me, date_of(first), int(page))
        case "who", [first, last]:
            return await _who(home, me, date_of(first), date_of(last))
        case "with", [first, last, other]:
            if not await standing_in.plan(home.tx, me, date_of(first), date_of(last), int(other), home.now):
                return None
        case "end", [number]:
            await standing_in.end(home.tx, me, int(number), home.now)
    return await _listed(home, me)


def _until(home: Home, me: Person, first: date, page: int) -> Screen | None:
    possible = standing_in.possible(me, first, first, home.now)
    return screens.last_day(home.voice_of(me), first, page) if possible else None


async def _who(home: Home, me: Person, first: date, last: date) -> Screen | None:
    if not standing_in.possible(me, first, last, home.now):
        return None
    return screens.who(home.voice_of(me), first, last, await standing_in.free(home.tx, me, first, last, home.now))


async def remove(
    tx: Tx, catalogue: Catalogue, therapist: int, to: int | None, now: int
) -> tuple[int, list[Person]] | None:
    """The end of employment, and whoever has to hear of it, each alone and in their hours.

    How many families were handed over, and in whose leave nobody stands in any more. None: see `staff.remove`.
    """
    leaves = await standing_in.for_whom(tx, therapist, now)
    handed = await staff.remove(tx, therapist, now, to)
    if handed is None:
        return None
    await rights.tell(tx, catalogue, handed, now)
    for away, leave in leaves:
        screen = screens.alone(catalogue.voice(away.language, address=away.address), leave)
        await notices.put(tx, away, None, None, screen, now)
    return len(handed), [away for away, _ in leaves]


def handlers() -> list[BaseHandler[Update, Home, None]]:
    day = r"\d{4}-\d\d-\d\d"
    return [
        CommandHandler("away", show, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(
            pressed,
            pattern=rf"^aw:(list|from:\d{{1,2}}|until:{day}:\d{{1,2}}|who:{day}:{day}|with:{day}:{day}:\d{{1,18}}"
            r"|end:\d{1,18})$",
        ),
    ]
