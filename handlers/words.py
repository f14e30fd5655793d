"""What typed words mean before they are an answer or a note: they may answer a question of our own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, BaseHandler, MessageHandler, filters

from bot.domain import accounts
from bot.domain.notes import clean
from bot.text.screens import help as help_screens
from handlers import (
    concerns,
    families,
    goal_shaping,
    home_steps,
    inviting,
    meetings,
    messages,
    notes,
    rights,
    snoozing,
    targets,
    templates,
    travel,
)
from handlers import settings as settings_handlers
from handlers.context import Home
from handlers.incoming import incoming, media

_ANSWERS: dict[str, Callable[[Home, str], Awaitable[None]]] = {
    inviting.ASKING: inviting.nickname,
    families.ASKING_NAME: families.typed,
    goal_shaping.ASKING: goal_shaping.typed,
    home_steps.ASKING: home_steps.typed,
    targets.ASKING: targets.typed,
    meetings.ASKING: meetings.typed,
    settings_handlers.ASKING: settings_handlers.typed,
    travel.ASKING: travel.typed,
    messages.ASKING: messages.typed,
    snoozing.ASKING: snoozing.typed,
    templates.ASKING: templates.typed,
    rights.ASKING: rights.typed,
}


_OF_CAREGIVERS = (settings_handlers.ASKING, travel.ASKING)


async def _in_danger(home: Home, message: Message) -> bool:
    """What a list knows is no place on a map: the question is over, and the words are a note like any."""
    taken = incoming(message, home.said_at)
    if taken is None or not concerns.listed(taken):
        return False
    await accounts.ask(home.tx, home.chat, "")
    return True


async def asked(update: Update, home: Home) -> None:
    """Words that we asked for go where they were asked; the next conversation never sees them."""
    message = update.message
    assert message is not None  # noqa: S101 - the filter
    if home.me.asking in _OF_CAREGIVERS and home.me.caregivers and await _in_danger(home, message):
        return
    answer = next((one for key, one in _ANSWERS.items() if home.me.asking.startswith(key)), None)
    if answer is not None and message.text is not None and message.forward_origin is None:
        await answer(home, clean(message.text) or "")
        raise ApplicationHandlerStop
    if home.me.asking.startswith(home_steps.ASKING_HOW) and media(message) is not None:
        await home_steps.sent(home, message)
        raise ApplicationHandlerStop
    if not home.me.caregivers:
        home.say(help_screens.not_here(home.voice, home.me))
        raise ApplicationHandlerStop


async def another_command(update: Update, home: Home) -> None:
    """A command instead of the words that were asked for: the question is over. What is said behind it is looked at."""
    assert update.message is not None  # noqa: S101 - the filter
    if home.account is None:
        return
    if home.account.asking and (update.message.text or "").split("@")[0] != "/cancel":
        await accounts.ask(home.tx, home.chat, "")
    await notes.behind_command(home, update.message)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        MessageHandler(filters.UpdateType.MESSAGE & ~filters.COMMAND, asked),
        MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND, another_command),
    ]
