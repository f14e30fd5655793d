"""The "Urgent help" button: the card at once, the therapist at once, one question."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import crisis, urgent
from bot.model import Person, Priority, Screen
from bot.text.screens import urgent as screens
from handlers import strangers
from handlers.context import Home


async def asked(_: Update, home: Home) -> None:
    """`urgent:ask:<check-in or 0>`. A new message, so that the check-in stays as it is."""
    if home.account is None:  # no longer with us, but the button was still there
        card = crisis.card(home.house.country)
        await strangers.turned_away(home, screens.card(home.voice, card, None, told=False))
        return
    await alarm(home, int(_last(home)))


async def alarm(home: Home, check_in: int) -> None:
    """The card for the one who speaks, and word to the therapists. ``check_in``: which child it is about; 0: any."""
    card = crisis.card(home.house.country)
    raised = await urgent.raise_alert(home.tx, home.me, check_in, home.now)
    for therapist in raised.therapists:
        _tell(home, therapist, screens.told(home.voice_of(therapist), raised.press or 0))
    home.say(screens.card(home.voice, card, raised.press, told=raised.told), priority=Priority.SAFETY)


async def answered(_: Update, home: Home) -> None:
    """`urgent:<yes|no|unsure>:<press>`."""
    danger, press = _data(home)[1], int(_last(home))
    if await _passed_on(home, await urgent.answer(home.tx, home.me, press, danger, home.now), danger):
        await home.show(screens.answered(home.voice, danger, crisis.card(home.house.country)))


async def false_alarm(_: Update, home: Home) -> None:
    """`urgent:false:<press>`."""
    if await _passed_on(home, await urgent.false_alarm(home.tx, home.me, int(_last(home)), home.now), "false"):
        await home.show(screens.false_alarm(home.voice))


async def _passed_on(home: Home, therapists: tuple[Person, ...] | None, key: str) -> bool:
    if therapists is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return False
    for therapist in therapists:
        _tell(home, therapist, screens.update(home.voice_of(therapist), int(_last(home)), key))
    return True


async def opened(_: Update, home: Home) -> None:
    """`urgent:open:<press>`: the therapist looks."""
    therapist = home.me.therapist
    rows = await urgent.open_by_therapist(home.tx, home.me, int(_last(home)), home.now)
    if therapist is None or not rows:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    await home.show(screens.details(home.voice_of(therapist), rows, therapist.timezone))


def _tell(home: Home, therapist: Person, screen: Screen) -> None:
    if therapist.telegram_id is not None:
        stale = home.now + int(timedelta(days=7).total_seconds() * 1000)
        home.say(screen, to=therapist.telegram_id, priority=Priority.SAFETY, expires_at=stale)


def _data(home: Home) -> list[str]:
    assert home.press is not None and home.press.data is not None  # noqa: S101, PT018
    return home.press.data.split(":")


def _last(home: Home) -> str:
    return _data(home)[-1]


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CallbackQueryHandler(asked, pattern=r"^urgent:ask:\d{1,19}$"),
        CallbackQueryHandler(answered, pattern=r"^urgent:(yes|no|unsure):\d{1,19}$"),
        CallbackQueryHandler(false_alarm, pattern=r"^urgent:false:\d{1,19}$"),
        CallbackQueryHandler(opened, pattern=r"^urgent:open:\d{1,19}$"),
    ]
