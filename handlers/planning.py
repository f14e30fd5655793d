"""/plan: what a family is asked, how often and when; by taps alone.

Buttons are `plan:<verb>:<id>[:<more>]`; the id is a page, a child, or else a schedule.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import families, planning
from bot.domain.auditing import What
from bot.model import Person, Screen
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import planning as screens
from bot.text.screens import plans
from handlers.context import Home

Verb = Callable[[Home, Person, int, str], Awaitable[Screen | None]]

_DAYS = re.compile(r"(?=.)0?1?2?3?4?5?6?")
_HOUR = re.compile(r"([01]\d|2[0-3])[0-5]\d")


async def show_plans(_: Update, home: Home) -> None:
    therapist = home.me.therapist
    if therapist is None:
        home.say(inviting_screens.therapists_only(home.voice))
        return
    home.say(screens.listed(home.voice, await families.page(home.tx, therapist.id, 0, home.now)))


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen, or None where the child or plan is not this therapist's."""
    _plan, verb, number, *rest = home.data
    therapist = home.me.therapist
    screen = None if therapist is None else await _VERBS[verb](home, therapist, int(number), "".join(rest))
    await home.show_or_say_gone(screen)


async def _page(home: Home, therapist: Person, number: int, _: str) -> Screen | None:
    return screens.listed(home.voice, await families.page(home.tx, therapist.id, number, home.now))


async def of_child(home: Home, therapist: Person, child: int, _: str = "") -> Screen | None:
    """The plans of one family. None where this therapist does not treat the child."""
    found = await families.family(home.tx, therapist.id, child, home.now)
    return None if found is None else screens.family(home.voice, found)


async def _one(home: Home, therapist: Person, number: int, _: str) -> Screen | None:
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    return None if found is None else screens.one(home.voice, found)


async def _set(
    home: Home, therapist: Person, number: int, *, days: str | None = None, time: str | None = None
) -> planning.Shown | None:
    """Change it, and read it again."""
    await planning.change(home.tx, therapist.id, number, home.now, days=days, time=time)
    return await _say_next(home, therapist, number)


async def _say_next(home: Home, therapist: Person, number: int) -> planning.Shown | None:
    """It was changed: that is on record, and over the chat stands when it comes next."""
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    if found is not None:
        await home.changed(What.PLAN_CHANGED, found.row["child_id"], found.row["person_id"])
        home.toast(screens.changed(home.voice, found.moments, found.row["timezone"]))
    return found


async def _set_and_show(
    home: Home, therapist: Person, number: int, *, days: str | None = None, time: str | None = None
) -> Screen | None:
    found = await _set(home, therapist, number, days=days, time=time)
    return None if found is None else screens.one(home.voice, found)


async def _often(home: Home, therapist: Person, number: int, _: str) -> Screen | None:
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    return None if found is None else screens.often(home.voice, found.row)


async def _days(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    if _DAYS.fullmatch(chosen):
        found = await _set(home, therapist, number, days=chosen)
    return None if found is None else screens.days(home.voice, found)


async def _weeks(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    if _DAYS.fullmatch(chosen):
        found = await _set(home, therapist, number, days=f"weeks 2 {chosen}")
    return None if found is None else screens.weeks(home.voice, found)


async def _every(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    if chosen not in map(str, screens.EVERY):
        return None
    return await _set_and_show(home, therapist, number, days=f"every {chosen}")


async def _month(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    if chosen in screens.MONTHLY:
        return await _set_and_show(home, therapist, number, days=screens.monthly(chosen))
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    return None if found is None else screens.month(home.voice, found.row)


async def _hour(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    if _HOUR.fullmatch(chosen):
        return await _set_and_show(home, therapist, number, time=f"{chosen[:2]}:{chosen[2:]}")
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    return None if found is None else screens.hour(home.voice, found.row, other=False)


async def _other(home: Home, therapist: Person, number: int, _: str) -> Screen | None:
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    return None if found is None else screens.hour(home.voice, found.row, other=True)


async def _window(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    wanted = next((one for one in screens.WINDOWS if plans.plain(one) == chosen), None)
    if wanted is not None:
        return await _set_and_show(home, therapist, number, time=wanted)
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    return None if found is None else screens.window(home.voice, found.row)


async def _burst(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    if found is None or not found.may_burst:
        return None
    if chosen not in ("w1", "w2"):
        return screens.burst(home.voice, found.row)
    added = await planning.burst(home.tx, therapist.id, number, int(chosen[1:]), home.now)
    found = None if added is None else await _say_next(home, therapist, added)
    return None if found is None else screens.one(home.voice, found)


async def _over(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    if found is None or found.is_burst:
        return None
    if chosen != "yes":
        return screens.over(home.voice, found.row)
    await planning.start_over(home.tx, therapist.id, number, home.now)
    found = await _say_next(home, therapist, number)
    return None if found is None else screens.one(home.voice, found)


async def _around(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    if chosen in screens.AROUND:
        return await _set_and_show(home, therapist, number, days=screens.anchored(chosen))
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    return None if found is None else screens.around(home.voice, found.row)


async def _follow(home: Home, therapist: Person, number: int, _: str) -> Screen | None:
    turned = await planning.turn_follow(home.tx, therapist.id, number, home.now)
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    if found is not None and turned:
        await home.changed(What.PLAN_CHANGED, found.row["child_id"], found.row["person_id"])
    return None if found is None else screens.one(home.voice, found)


async def _end(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    found = await planning.shown(home.tx, therapist.id, number, home.now)
    if found is not None and found.may_end and not found.is_burst and chosen != "yes":
        return screens.end(home.voice, found.row)
    if found is None or not await planning.end(home.tx, therapist.id, number, home.now):
        return None
    await home.changed(What.PLAN_CHANGED, found.row["child_id"], found.row["person_id"])
    return await of_child(home, therapist, found.row["child_id"], "")


async def _else(home: Home, therapist: Person, number: int, chosen: str) -> Screen | None:
    """What else there is; with a template's key it is asked from tomorrow on."""
    if not chosen:
        shown = await planning.shown(home.tx, therapist.id, number, home.now)
        offered = await planning.offered(home.tx, therapist.id, number, home.now)
        return None if shown is None or offered is None else screens.something_else(home.voice, shown.row, offered)
    added = await planning.add(home.tx, therapist.id, number, chosen, home.now)
    found = None if added is None else await _say_next(home, therapist, added)
    return None if found is None else screens.one(home.voice, found)


_VERBS: dict[str, Verb] = {
    "page": _page,
    "child": of_child,
    "one": _one,
    "often": _often,
    "days": _days,
    "weeks": _weeks,
    "every": _every,
    "month": _month,
    "hour": _hour,
    "other": _other,
    "window": _window,
    "burst": _burst,
    "over": _over,
    "end": _end,
    "else": _else,
    "around": _around,
    "follow": _follow,
}


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("plan", show_plans, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=rf"^plan:({'|'.join(_VERBS)}):\d{{1,18}}(:[a-z0-9_-]{{1,20}})?$"),
    ]
