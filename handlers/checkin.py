"""Answering a check-in: each tap stores one answer and changes the one message that shows it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.domain import cards, checkins, content, habits, nudging, on_demand, practising
from bot.domain.checkins import Trouble, View
from bot.domain.practice import KEY
from bot.model import CheckInState, May, Screen
from bot.text.screens import checkin as screens
from bot.text.screens import choosing, less
from handlers import following, lost_skill, offers, practice, whom
from handlers.context import Home

Step = Callable[[Home, int, list[str]], Awaitable[View | Trouble]]


async def pressed(_: Update, home: Home) -> None:
    """`c:<check-in>:<verb>[:<question>[:<choice>]]`."""
    parts = home.data
    step = _STEPS.get(parts[2])
    outcome = Trouble.GONE if step is None else await step(home, int(parts[1]), parts[3:])
    if outcome is Trouble.GONE:
        home.toast(home.voice("button-gone"), alert=True)
        return
    await _show(home, int(parts[1]), outcome)


async def _show(home: Home, check_in: int, outcome: View | Trouble) -> None:
    if isinstance(outcome, Trouble):
        home.toast(home.voice("checkin-closed-toast" if outcome is Trouble.CLOSED else "checkin-moved-on"))
        found = await checkins.view(home.tx, home.chat, check_in, home.now)
        if found is None:
            return
        outcome = found
    await home.adopt(outcome.message)
    home.edit(outcome.message, await shown(home, outcome))
    await practice.help_with(home, outcome)
    await lost_skill.noticed(home, outcome)
    if screens.is_a_first(outcome):
        home.say(screens.celebration(home.catalogue_voice(outcome), outcome))
        await cards.wish_first(home.tx, outcome.id, home.now)
    await offers.follow(home, outcome)
    await following.after(home, outcome)
    if outcome.just_done:
        await _offer_hour(home, outcome)
        await _ask_for_wins(home, outcome)


async def _offer_hour(home: Home, view: View) -> None:
    """The parent is here now, and often is at this hour."""
    found = await habits.other_hour(home.tx, home.chat, view, home.now) if view.scheduled else None
    if found is not None:
        home.say(less.other_hour(home.catalogue_voice(view), *found))


async def _ask_for_wins(home: Home, view: View) -> None:
    """Once a month, as the parent is here now."""
    child = await content.asks_for_wins(home.tx, home.chat, view, home.now)
    if child is not None:
        home.say(screens.anything_new(home.catalogue_voice(view), view, child))


async def shown(home: Home, view: View) -> Screen:
    """As it is now; what was just practised leads on to the next step that is planned today."""
    voice, step = home.catalogue_voice(view), None
    if view.just_done and view.template.family == KEY:
        step = await practising.following(home.tx, home.chat, view, home.now)
    return screens.any_state(voice, view) if step is None else screens.with_next(voice, view, step)


async def _choose(home: Home, check_in: int, rest: list[str]) -> View | Trouble:
    if len(rest) != 2:  # noqa: PLR2004 - question and choice
        return Trouble.GONE
    return await checkins.choose(home.tx, home.chat, check_in, rest[0], rest[1], home.now)


async def _done(home: Home, check_in: int, rest: list[str]) -> View | Trouble:
    return await checkins.done(home.tx, home.chat, check_in, "".join(rest[:1]), home.now)


async def _skip(home: Home, check_in: int, rest: list[str]) -> View | Trouble:
    return await checkins.skip(home.tx, home.chat, check_in, "".join(rest[:1]), home.now)


async def _not_today(home: Home, check_in: int, _: list[str]) -> View | Trouble:
    return await checkins.end(home.tx, home.chat, check_in, CheckInState.EXCUSED, "not_with_child", home.now)


async def _stop(home: Home, check_in: int, _: list[str]) -> View | Trouble:
    return await checkins.end(home.tx, home.chat, check_in, CheckInState.SKIPPED, "stopped_by_parent", home.now)


async def _reopen(home: Home, check_in: int, _: list[str]) -> View | Trouble:
    return await checkins.reopen(home.tx, home.chat, check_in, home.now)


async def _back(home: Home, check_in: int, _: list[str]) -> View | Trouble:
    """Not later, but now after all."""
    return await checkins.view(home.tx, home.chat, check_in, home.now) or Trouble.GONE


async def later(_: Update, home: Home) -> None:
    """`c:<check-in>:l[:<minutes>]`: when to ask again."""
    _c, check_in, _l, *rest = home.data
    if rest:
        await _put_off(home, int(check_in), int(rest[0]))
        return
    view = await checkins.view(home.tx, home.chat, int(check_in), home.now)
    found = [] if view is None or view.state is not CheckInState.OPEN else nudging.moments(view, home.now)
    if view is None or not found:
        home.toast(home.voice("checkin-no-later"), alert=True)
        return
    await home.adopt(view.message)
    home.edit(view.message, screens.later(home.catalogue_voice(view), view, found))


async def _put_off(home: Home, check_in: int, minutes: int) -> None:
    put_off = await nudging.later(home.tx, home.chat, check_in, minutes, home.now)
    if isinstance(put_off, Trouble):
        home.toast(home.voice("checkin-no-later"), alert=True)
        return
    view, moment = put_off
    await home.adopt(view.message)
    home.edit(view.message, screens.put_off(home.catalogue_voice(view), view, moment))


async def fine(_: Update, home: Home) -> None:
    """Looks right: the receipt stays, its buttons go. /checkin brings it back."""
    view = await checkins.view(home.tx, home.chat, int(home.data[1]), home.now)
    if view is None or view.question is not None:
        home.toast(home.voice("button-gone"))
        return
    await home.adopt(view.message)
    home.edit(view.message, screens.closed(home.catalogue_voice(view), view, buttons=False))


_STEPS: dict[str, Step] = {
    "a": _choose,
    "d": _done,
    "s": _skip,
    "n": _not_today,
    "e": _stop,
    "r": _reopen,
    "b": _back,
}


async def check_in_now(_: Update, home: Home) -> None:
    """/checkin: today's, at any time."""
    await _begin(home, "pulse", "checkin")


async def milestone_now(_: Update, home: Home) -> None:
    """/milestone: something new that the child did."""
    await _begin(home, "milestone", "milestone")


async def _begin(home: Home, template: str, verb: str) -> None:
    children = await whom.children(home, May.GIVE)
    if not children:
        home.say(await whom.nobody(home))
    elif len(children) == 1:
        await _open(home, children[0].id, template)
    else:
        home.say(choosing.which_child(home.voice, children, f"for:{verb}"))


async def chosen(_: Update, home: Home) -> None:
    """`for:<checkin|milestone|goals>:<child>`: the child was chosen."""
    _for, verb, child = home.data
    await home.show(choosing.chosen(home.voice))
    await _open(home, int(child), "pulse" if verb == "checkin" else verb)


async def _open(home: Home, child: int, template: str) -> None:
    """A fresh message at the bottom of the chat; the old one gives up its buttons."""
    opened = await on_demand.open_now(home.tx, home.chat, child, template, home.now)
    if opened is None:
        home.toast(home.voice("button-gone"))
        return
    show(home, *opened)


def show(home: Home, view: View, left: int | None) -> None:
    """In a new message; ``left`` is the one that showed it before."""
    voice = home.catalogue_voice(view)
    if left is not None:
        home.edit(left, screens.moved(voice))
    home.say(screens.any_state(voice, view), message=view.message)


def presses() -> list[BaseHandler[Update, Home, None]]:
    """What people do most by far: the first to be asked about a press, the most frequent first."""
    return [
        CallbackQueryHandler(
            pressed, pattern=r"^c:\d{1,19}:[adsnerb](:[a-z_]{1,20}(\.[a-z0-9_]{1,12})?)?(:[a-z0-9_]{1,20})?$"
        ),
        CallbackQueryHandler(fine, pattern=r"^c:\d{1,19}:k$"),
        CallbackQueryHandler(later, pattern=r"^c:\d{1,19}:l(:\d{1,4})?$"),
    ]


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(chosen, pattern=r"^for:(checkin|milestone|goals):\d{1,19}$"),
        CommandHandler("checkin", check_in_now),
        CommandHandler("milestone", milestone_now),
    ]
