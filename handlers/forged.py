"""Button data that no button of ours carries: a client can send any text as a press."""

from __future__ import annotations

import re

from telegram import Update
from telegram.ext import ApplicationHandlerStop, BaseHandler, CallbackQueryHandler

from handlers.context import Home

LARGEST = 2**63 - 1  # of the ids that buttons name rows by
_OURS = re.compile(r"[!-~]{1,64}")
_NUMBER = re.compile(r"(?<![^:])\d{1,31}(?![^:])")  # a field of its own; not the digits within an invitation's key


def is_ours(data: str) -> bool:
    """Whether it could be: printable ASCII, and numbers that a row can have."""
    return bool(_OURS.fullmatch(data)) and all(int(number) <= LARGEST for number in _NUMBER.findall(data))


async def guard(_: Update, home: Home) -> None:
    """Only what could be ours goes on."""
    assert home.press is not None  # noqa: S101 - a CallbackQueryHandler
    if is_ours(home.press.data or ""):
        return
    home.toast(home.voice.plain("button-gone"), alert=True)
    raise ApplicationHandlerStop


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [CallbackQueryHandler(guard)]
