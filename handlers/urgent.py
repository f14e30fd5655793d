"""The "Urgent help" button: the card at once, the therapist at once, one question."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import crisis, urgent
from bot.model import Person, Priority, Screen
from bot.text.screens import urgent as screens
from handlers.context import Home


async def asked(_: Update, home: Home) -> None:
    """`urgent:ask:<check-in or 0>`. A new message, so that the check-in stays as it is."""
    raised = await urgent.raise_alert(home.tx, home.me, int(_last(home)), home.now)
    card = crisis.card(home.house.country)
    for alert, therapists in raised.alerts:
        for therapist in therapists:
            _tell(home, therapist, screens.told(home.voice_of(therapist), alert))
    first = raised.alerts[0][0] if raised.alerts else None
    told = any(one.telegram_id for _, therapists in raised.alerts for one in therapists)
    home.say(screens.card(home.voice, card, first, told=told), priority=Priority.SAFETY)


async def answered(_: Update, home: Home) -> None:
    """`urgent:<yes|no|unsure>:<alert>`."""
    danger = _data(home)[1]
    row = await urgent.answer(home.tx, home.me, int(_last(home)), danger)
    if row is None:
        home.toast(home.voice("button-gone"))
        return
    await _tell_all(home, row["child_id"], row["id"], danger)
    await home.show(screens.answered(home.voice, danger, crisis.card(home.house.country)))


async def false_alarm(_: Update, home: Home) -> None:
    row = await urgent.false_alarm(home.tx, home.me, int(_last(home)), home.now)
    if row is None:
        home.toast(home.voice("button-gone"))
        return
    await _tell_all(home, row["child_id"], row["id"], "false")
    await home.show(screens.false_alarm(home.voice))


async def opened(_: Update, home: Home) -> None:
    """`urgent:open:<alert>`: the therapist looks."""
    row = await urgent.open_by_therapist(home.tx, home.me, int(_last(home)), home.now)
    if row is None:
        home.toast(home.voice("button-gone"))
        return
    state = "false" if row["false_alarm_at"] is not None else row["danger"] or "open"
    name = row["caregiver_name"] or row["caregiver_role"]
    zone = home.person.timezone
    await home.show(screens.details(home.voice, row["child_name"], name, row["at"], zone, state))


async def _tell_all(home: Home, child: int, alert: int, key: str) -> None:
    for therapist in await urgent.therapists(home.tx, child, home.now):
        _tell(home, therapist, screens.update(home.voice_of(therapist), alert, key))


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
