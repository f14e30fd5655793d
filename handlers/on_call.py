"""/oncall: a therapist's own hours on call; for an admin everybody's. By buttons: `oc:<verb>[:<more>…]`."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import auditing, on_call
from bot.domain.on_call import Hours, Shift
from bot.model import Person, Screen
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import on_call as screens
from handlers.context import Home


async def show_on_call(_: Update, home: Home) -> None:
    me = home.me.therapist
    home.say(inviting_screens.therapists_only(home.voice) if me is None else await _listed(home, me))


async def _listed(home: Home, me: Person, put: str = "") -> Screen:
    everyone = await on_call.everyone(home.tx)
    now = on_call.now_on(everyone, home.now)
    if await on_call.is_admin(home.tx, me.id):
        return screens.rota(home.voice, everyone, now, put)
    return screens.listed(home.voice, [one for one in everyone if one.person.id == me.id], now)


async def pressed(_: Update, home: Home) -> None:
    _oc, verb, *rest = home.data
    me = home.me.therapist
    screen = None if me is None else await _next(home, me, verb, rest)
    await home.show_or_say_gone(screen)


async def _next(home: Home, me: Person, verb: str, rest: list[str]) -> Screen | None:
    match verb:
        case "add":
            return await _add(home, me, rest)
        case "for":
            return await _for(home, me, rest)
        case "drop":
            await on_call.drop(home.tx, me.id, int(rest[0]), home.now)
        case "off":
            dropped = await on_call.drop_any(home.tx, me.id, int(rest[0]), home.now)
            if dropped is None:
                return None
            if dropped.person.id != me.id:
                await _tell(home, dropped.person, dropped, off=True)
    return await _listed(home, me)


async def _add(home: Home, me: Person, rest: list[str]) -> Screen | None:
    """`oc:add[:<days>[:<from>[:<until>]]]`: one's own time."""
    if len(rest) < len(_HOURS):
        return _asked(home, "oc:add", rest)
    hours = Hours(rest[0], f"{rest[1]}:00", f"{rest[2]}:00")
    if not await on_call.put(home.tx, auditing.of(me.kind, me.id), me.id, hours, home.now):
        return None
    return await _listed(home, me)


async def _for(home: Home, me: Person, rest: list[str]) -> Screen | None:
    """`oc:for[:<therapist>[:<days>[:<from>[:<until>[:<place>]]]]]`: an admin sets a colleague's."""
    therapists = await on_call.therapists(home.tx, me.id)
    if not rest:
        return screens.who(home.voice, therapists) if therapists else None
    other, *chosen = rest
    whose = next((one for one in therapists if one.id == int(other)), None)
    if whose is None:
        return None
    if len(chosen) < len(_HOURS):
        return _asked(home, f"oc:for:{other}", chosen)
    if len(chosen) == len(_HOURS):
        return screens.places(home.voice, ":".join(["oc:for", *rest]))
    hours = Hours(chosen[0], f"{chosen[1]}:00", f"{chosen[2]}:00", int(chosen[3]))
    done = await on_call.put_for(home.tx, me.id, whose.id, hours, home.now)
    return await _put(home, me, whose, hours) if done else None


async def _put(home: Home, me: Person, whose: Person, hours: Hours) -> Screen:
    if whose.id == me.id:
        return await _listed(home, me)
    told = await _tell(home, whose, hours, off=False)
    return await _listed(home, me, screens.put(home.voice, whose, told=told))


async def _tell(home: Home, whose: Person, hours: Hours | Shift, *, off: bool) -> bool:
    """A colleague hears of it, in their hours; who sets the own time knows it. False: no message reaches them."""
    by = home.me.therapist
    assert by is not None  # noqa: S101 - an admin
    return await home.tell(whose, screens.yours(home.voice_of(whose), by, hours, off=off), None, None)


_HOURS = ("days", "from", "until")


def _asked(home: Home, data: str, chosen: list[str]) -> Screen:
    """What of the hours is not chosen yet."""
    here = ":".join([data, *chosen])
    match chosen:
        case [_, first]:
            return screens.until(home.voice, here, int(first))
        case [_]:
            return screens.begins(home.voice, here)
    return screens.days(home.voice, here)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    hour = "([01][0-9]|2[0-3])"
    hours = rf"(:(?=\d)0?1?2?3?4?5?6?(:{hour}(:{hour})?)?)?"
    return [
        CommandHandler("oncall", show_on_call, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(
            pressed, pattern=rf"^oc:(list|(drop|off):\d{{1,18}}|add{hours}|for(:\d{{1,18}}{hours})?)$"
        ),
        CallbackQueryHandler(pressed, pattern=rf"^oc:for:\d{{1,18}}:(?=\d)0?1?2?3?4?5?6?:{hour}:{hour}:[1-9]$"),
    ]
