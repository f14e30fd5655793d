"""People whom we do not know: a polite line for each of their first five messages in an hour, then nothing.

Words that may be about danger are met by the numbers to call. They leave no trace but a counter; of who was with us
before, in which messages of ours they were answered. The window lives in memory: it holds nothing worth keeping.
"""

from __future__ import annotations

from collections import OrderedDict, deque

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, BaseHandler, TypeHandler

from bot.domain import accounts, auditing, careful, crisis, vital_signs
from bot.house import House
from bot.model import Priority, Screen
from bot.storage.database import Tx
from bot.text.catalogue import Voice
from bot.text.screens import joining as screens
from bot.text.screens import urgent
from handlers.context import Home

LINES = 5
HOUR = 3_600_000
REMEMBERED = 10_000  # strangers at a time; the oldest are forgotten first

_COMMANDS = ("/privacy", "/export", "/delete_my_data")
_PRESSES = ("privacy:", "leave:", "do:privacy", "do:export", "do:delete_my_data")

_heard: OrderedDict[int, deque[int]] = OrderedDict()


def may_speak(chat: int, now: int) -> bool:
    """Whether this stranger gets a line: at most five in an hour."""
    times = _heard.setdefault(chat, deque(maxlen=LINES))
    _heard.move_to_end(chat)
    while len(_heard) > REMEMBERED:
        _heard.popitem(last=False)
    if len(times) == LINES and 0 <= now - times[0] < HOUR:
        return False
    times.append(now)
    return True


async def turned_away(home: Home, line: Screen, *, urgent: bool = False) -> None:
    """One more in the counter, and the line while it may be said. Polite lines use up no cry for help."""
    await vital_signs.stranger(home.tx)
    if may_speak(-home.chat if urgent else home.chat, home.now):
        home.say(line, priority=await how(home.tx, home.chat, urgent=urgent))


async def how(tx: Tx, chat: int, *, urgent: bool) -> Priority:
    """What is said to a stranger leaves no trace. Of who was a caregiver here we know anyway: in which message it was
    said is kept, as of all others, so that /hide takes it from a shared phone once they have access again.
    """
    if await accounts.with_every_seat(tx, chat) is None:
        return Priority.STRANGER
    return Priority.SAFETY if urgent else Priority.REPLY


async def numbers(home: Home) -> None:
    """A cry for help of somebody who is not with us, or not any more."""
    await turned_away(home, card(home.voice, home.house), urgent=True)


def card(voice: Voice, house: House) -> Screen:
    """Whom to call. Nobody here is told."""
    return urgent.card(voice, crisis.card(house.country), None, told=False, on_call=False)


def _in_danger(message: Message | None) -> bool:
    return message is not None and careful.in_danger(message.text or message.caption)


def _own_data(text: str | None, data: str | None) -> bool:
    """What a caregiver whose access rests or has ended may still do: see, take along and delete what they gave."""
    command = (text or "").split(maxsplit=1)[:1]
    return bool(command and command[0].partition("@")[0] in _COMMANDS) or (data or "").startswith(_PRESSES)


async def guard(update: Update, home: Home) -> None:
    """Nobody without a seat gets past here, but for /start, the buttons of an invitation, and a cry for help; and who
    had one, for what they gave.
    """
    if update.effective_user is None:
        raise ApplicationHandlerStop
    if home.account is not None:
        return
    text = update.message.text if update.message else None
    if text and text.split()[:1] in (["/start"], [f"/start@{home.house.bot_username}"]):
        return
    if home.press is not None and (home.press.data or "").startswith(("join:", "urgent:ask:")):
        return
    if _own_data(text, home.press.data if home.press else None):
        home.account = await accounts.with_every_seat(home.tx, home.chat)
        if home.account is not None:
            return
    if _in_danger(update.message or update.edited_message):
        await numbers(home)
    elif update.message is not None:
        await turned_away(home, screens.stranger(home.voice))
    elif home.press is not None:
        await auditing.turned_away(home.tx, home.chat, home.now)
        home.toast(home.voice.plain("button-gone"), alert=True)
    raise ApplicationHandlerStop


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [TypeHandler(Update, guard)]
