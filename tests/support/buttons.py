"""Buttons that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from telegram.ext import CallbackQueryHandler

from bot.simulator.server import Call
from handlers.context import HomeApplication

NO_BUTTON = "?"  # what matches it guards, and handles nothing


def dead(application: HomeApplication, calls: Iterable[Call]) -> list[str]:
    """The data of buttons that were sent and that only the very last handler takes, which knows none of them."""
    handlers = [one for group in application.handlers.values() for one in group]
    patterns = [one.pattern for one in handlers if isinstance(one, CallbackQueryHandler)]
    known = [one for one in patterns if isinstance(one, re.Pattern) and not one.match(NO_BUTTON)]
    return sorted(data for data in _sent(calls) if not any(one.match(data) for one in known))


def _sent(calls: Iterable[Call]) -> set[str]:
    markups = (call.params.get("reply_markup") for call in calls)
    rows = [row for one in markups if isinstance(one, dict) for row in one.get("inline_keyboard", [])]
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}
