"""Urgent help: the card at once, the alarm at once, one question. Who has it is never asked of the family."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import auditing, checkins, crisis, urgent
from bot.domain.escalating import Told
from bot.domain.urgent import News, Raised
from bot.model import Button, Person, Priority, Screen
from bot.text.screens import urgent as screens
from handlers import strangers
from handlers.context import Home

WEEK = int(timedelta(days=7).total_seconds() * 1000)


async def asked(_: Update, home: Home) -> None:
    """`urgent:ask:<check-in or 0>`. A new message, so that the check-in stays as it is."""
    if home.account is None:  # no longer with us, but the button was still there
        await strangers.numbers(home)
        return
    await alarm(home, int(_last(home)))


async def alarm(home: Home, check_in: int) -> None:
    """The card for the one who speaks, and word to the staff. ``check_in``: which child it is about; 0: any."""
    raised = await urgent.raise_alert(home.tx, home.me, check_in, home.house.route, home.now)
    _told(home, raised.tells)
    _card(home, screens.card(home.voice, _numbers(home), raised.press, told=raised.told, on_call=raised.on_call))


async def alarmed(home: Home, raised: Raised, message: int, more: tuple[tuple[Button, ...], ...] = ()) -> None:
    """The same for words that were caught: the card is what acknowledges them. ``more`` buttons stand below.

    From somebody without a child here nothing was kept, and the card says so of nothing.
    """
    _told(home, raised.tells)
    known = {"told": raised.told, "on_call": raised.on_call}
    kept = raised.press is not None
    shown = screens.card(home.voice, _numbers(home), raised.press, words=kept, more=more, **known)
    _card(home, shown, message)


def _card(home: Home, shown: Screen, message: int | None = None) -> None:
    home.say(shown, priority=Priority.SAFETY, message=message)


def _told(home: Home, tells: Iterable[Told]) -> None:
    for one in tells:
        if one.message is not None:
            screen = screens.told(home.voice_of(one.person), one.press, one.cases)
            _tell(home, one.person, screen, one.message)


async def child_of(home: Home, check_in: int) -> int | None:
    return await checkins.load_child(home.tx, home.chat, check_in, home.now)


def _numbers(home: Home) -> crisis.Card | None:
    return crisis.card(home.house.country)


async def answered(_: Update, home: Home) -> None:
    """`urgent:<yes|no|unsure>:<press>`."""
    danger, press = home.data[1], int(_last(home))
    told = await urgent.answer(home.tx, home.me, press, danger, home.house.route, home.now)
    if await _passed_on(home, told, danger):
        await home.show(screens.answered(home.voice, danger, _numbers(home), _whom(home)))


async def false_alarm(_: Update, home: Home) -> None:
    """`urgent:false:<press>`."""
    if await _passed_on(home, await urgent.false_alarm(home.tx, home.me, int(_last(home)), home.now), "false"):
        await home.show(screens.false_alarm(home.voice, _whom(home)))


def _whom(home: Home) -> tuple[tuple[Button, ...], ...]:
    """What the card still asked beside the one question: for which child the note is."""
    markup = getattr(home.press.message, "reply_markup", None) if home.press else None
    rows = markup.inline_keyboard if markup else ()
    return tuple(
        tuple(Button(one.text, str(one.callback_data)) for one in row)
        for row in rows
        if all(str(one.callback_data).startswith("n:") for one in row)
    )


async def _passed_on(home: Home, told: tuple[News, ...] | None, key: str) -> bool:
    if told is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return False
    for one in told:
        screen = screens.update(home.voice_of(one.person), int(_last(home)), key, free=one.free)
        _tell(home, one.person, screen, one.message)
    return True


async def opened(_: Update, home: Home) -> None:
    """`urgent:open:<press>`: a therapist, or who was told on call, looks."""
    await _details(home, int(_last(home)))


async def _details(home: Home, press: int) -> None:
    me, found = home.me.therapist, await urgent.open_by_staff(home.tx, home.me, press, home.now)
    if me is None or found is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    for row in found.rows:
        await auditing.seen(home.tx, me.id, row["child_id"], home.now)
    await home.show(screens.details(home.voice_of(me), press, found, me))


async def taken(_: Update, home: Home) -> None:
    """`urgent:take:<press>`: "I have it". Whoever was told as well sees who has, and no message offers it any more."""
    press, me = int(_last(home)), home.me.therapist
    told = await urgent.take(home.tx, home.me, press, home.now)
    if told is None or me is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    shows = await home.pressed_message()
    await _details(home, press)
    for message, one in told:
        if message != shows:
            home.edit(message, screens.has_it(home.voice_of(one), press, me), to=one.telegram_id)


async def words(_: Update, home: Home) -> None:
    """`urgent:words:<concern>`: lesser words, for a therapist of the child."""
    me = home.me.therapist
    row = await urgent.concern(home.tx, home.me, int(_last(home)), home.now)
    if me is None or row is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    await auditing.seen(home.tx, me.id, row["child_id"], home.now)
    await home.show(screens.concern(home.voice_of(me), row, me.timezone))


def _tell(home: Home, one: Person, screen: Screen, message: int) -> None:
    """Also in quiet hours."""
    if one.telegram_id is not None:
        known = {"to": one.telegram_id, "message": message}
        home.say(screen, priority=Priority.SAFETY, expires_at=home.now + WEEK, **known)


def _last(home: Home) -> str:
    return home.data[-1]


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(asked, pattern=r"^urgent:ask:\d{1,19}$"),
        CallbackQueryHandler(answered, pattern=r"^urgent:(yes|no|unsure):\d{1,19}$"),
        CallbackQueryHandler(false_alarm, pattern=r"^urgent:false:\d{1,19}$"),
        CallbackQueryHandler(opened, pattern=r"^urgent:open:\d{1,19}$"),
        CallbackQueryHandler(taken, pattern=r"^urgent:take:\d{1,19}$"),
        CallbackQueryHandler(words, pattern=r"^urgent:words:\d{1,18}$"),
    ]
