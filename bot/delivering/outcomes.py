"""The closed list of what can come of a call, and what follows from each: decided here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class Verdict(StrEnum):
    SENT = "sent"
    DONE = "done"  # an edit that changed nothing, a call without a message
    NOT_SENT = "not_sent"  # proven: nobody heard it
    LOST = "lost"  # the answer was lost: it may have been shown
    SERVER = "server"  # a 5xx: it may have been shown
    TOO_MANY = "too_many"
    MARKUP = "markup"
    EFFECT = "effect"  # the decoration is not to be had: the message itself is fine
    GONE = "gone"  # the message to edit is not there any more
    BLOCKED = "blocked"
    REFUSED = "refused"
    UNAUTHORIZED = "unauthorized"
    HELD = "held"  # not tried: the chat or the whole has to wait
    STALE = "stale"  # not tried: too late to be useful


@dataclass(frozen=True, slots=True)
class Outcome:
    """``telegram`` is the message id that Telegram gave; ``wait`` is in seconds (TOO_MANY, HELD)."""

    verdict: Verdict
    telegram: int | None = None
    wait: float = 0.0
    detail: str = ""


DEFAULT_WAIT = 5.0  # seconds, where a 429 does not say

_UNREACHABLE = ("chat not found", "user is deactivated", "bot was blocked", "peer_id_invalid", "user not found")
_TARGET_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to delete not found",
    "there is no text in the message to edit",
)
_TOO_MANY = ("too many requests", "http 429")  # Telegram's words, and the transport's for a page without any
_TOO_LARGE = ("request entity too large", "http 413")


_BY_KIND: dict[type[TelegramError], Verdict] = {
    InvalidToken: Verdict.UNAUTHORIZED,
    Forbidden: Verdict.BLOCKED,
    Conflict: Verdict.SERVER,
    ChatMigrated: Verdict.REFUSED,  # only a group does, and what is said here is for no group
}


def classify(error: TelegramError) -> Outcome:
    """An error of the library as one of the outcomes. `BadRequest` and `TimedOut` are `NetworkError`s there."""
    detail = type(error).__name__
    if isinstance(error, RetryAfter):
        return Outcome(Verdict.TOO_MANY, wait=_seconds(error.retry_after), detail=detail)
    if isinstance(error, BadRequest):
        return _bad_request(error.message.lower(), detail)
    if isinstance(error, NetworkError):
        return _network(error, detail)
    # What is left is an answer that nobody can read.
    return Outcome(_BY_KIND.get(type(error), Verdict.LOST), detail=detail)


def _seconds(wait: object) -> float:
    """The library hands on what Telegram said, as a number or, by its own setting, as a timedelta."""
    if isinstance(wait, timedelta):
        return wait.total_seconds()
    return float(wait) if isinstance(wait, (int, float)) else DEFAULT_WAIT


def _starts(error: TelegramError, words: tuple[str, ...]) -> bool:
    return error.message.lower().startswith(words)


def _bad_request(message: str, detail: str) -> Outcome:
    if "message is not modified" in message:
        return Outcome(Verdict.DONE)
    if "can't parse entities" in message:
        return Outcome(Verdict.MARKUP, detail="markup")
    if "effect" in message:
        return Outcome(Verdict.EFFECT, detail="effect")
    if any(words in message for words in _TARGET_GONE):
        return Outcome(Verdict.GONE, detail="gone")
    if any(words in message for words in _UNREACHABLE):
        return Outcome(Verdict.BLOCKED, detail="unreachable")
    return Outcome(Verdict.REFUSED, detail=detail)


def _network(error: NetworkError, detail: str) -> Outcome:
    cause = error.__cause__
    if isinstance(cause, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)):
        return Outcome(Verdict.NOT_SENT, detail=detail)
    if isinstance(error, TimedOut) or isinstance(cause, (aiohttp.ClientError, OSError, TimeoutError)):
        return Outcome(Verdict.LOST, detail=detail)
    if _starts(error, _TOO_MANY):
        return Outcome(Verdict.TOO_MANY, wait=DEFAULT_WAIT, detail=detail)
    return Outcome(Verdict.REFUSED if _starts(error, _TOO_LARGE) else Verdict.SERVER, detail=detail)


def repeat_after(verdict: Verdict, tries: int, repeats: int) -> float | None:
    """Seconds until the same message is tried again; None: this was the end of it.

    Not sent: as long as it is fresh. A lost answer: once. A 5xx: as long as it is fresh, because most of them mean
    that nothing was shown, and being shown at least once matters more than once at most.
    """
    if verdict is Verdict.LOST:
        return 1.0 if repeats == 0 else None
    if verdict in (Verdict.NOT_SENT, Verdict.SERVER):
        return float(min(30, 2 ** min(tries - 1, 5)))
    return None
