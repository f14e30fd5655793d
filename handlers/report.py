"""/report: whom, which time, and a paper that comes in a moment; and the chart of twelve weeks."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import reporting
from bot.model import Person, Screen
from bot.text.screens import chart as chart_screens
from bot.text.screens import report as screens
from handlers.context import Home


async def show_report(_: Update, home: Home) -> None:
    """A therapist's families, or a caregiver's own child."""
    therapist = home.me.therapist
    if therapist is not None:
        children = await reporting.treated(home.tx, therapist.id, home.now)
        if len(children) == 1:
            home.say(await _when(home, therapist, children[0]["id"]))
        else:
            home.say(screens.whom(home.voice_of(therapist), children))
        return
    own = await reporting.own_children(home.tx, home.me, home.now)
    for child, _name, seat in own:
        periods = await reporting.periods(home.tx, seat, child, home.now, therapist=False)
        home.say(screens.when(home.voice, seat, child, periods))
    if not own:
        home.say(screens.therapists_only(home.voice))


async def _when(home: Home, therapist: Person, child: int) -> Screen:
    periods = await reporting.periods(home.tx, therapist.id, child, home.now, therapist=True)
    return screens.when(home.voice_of(therapist), therapist.id, child, periods)


async def pressed(_: Update, home: Home) -> None:
    """`report:c:<child>`, `report:p:<person>:<child>:<period>`, `report:w:<child>`."""
    _area, verb, *rest = home.data
    if verb == "p":
        done = await _paper(home, int(rest[0]), int(rest[1]), rest[2])
    else:
        therapist = await _of_mine(home, int(rest[0]))
        done = therapist is not None
        if therapist is not None and verb == "c":
            await home.show(await _when(home, therapist, int(rest[0])))
        elif therapist is not None:
            wished_by = home.say(chart_screens.coming(home.voice_of(therapist)))
            await reporting.wish(home.tx, reporting.CHART, therapist.id, int(rest[0]), "12", str(wished_by), home.now)
    if not done:
        home.toast(home.voice.plain("button-gone"), alert=True)


async def _of_mine(home: Home, child: int) -> Person | None:
    """The therapist who is speaking, where that child is with them."""
    therapist = home.me.therapist
    treated = await reporting.treated(home.tx, therapist.id, home.now) if therapist is not None else []
    return therapist if child in {row["id"] for row in treated} else None


async def _paper(home: Home, person: int, child: int, period: str) -> bool:
    """False where that seat is not of the one who pressed, or may not have it."""
    seat = next((one for one in home.me.people if one.id == person), None)
    therapist = await _of_mine(home, child)
    mine = {(seat, child) for child, _name, seat in await reporting.own_children(home.tx, home.me, home.now)}
    if seat is None or not (seat == therapist or (person, child) in mine):
        return False
    shown = await home.show(screens.coming(home.voice_of(seat)))
    await reporting.wish(home.tx, reporting.REPORT, person, child, period, f"{shown}:{period}", home.now)
    return True


def handlers() -> list[BaseHandler[Update, Home, None]]:
    periods = "|".join(reporting.PERIODS)
    return [
        CommandHandler("report", show_report, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=rf"^report:([cw]:\d{{1,18}}|p:\d{{1,18}}:\d{{1,18}}:({periods}))$"),
    ]
