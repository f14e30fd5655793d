"""Fetch updates as raw JSON, handle the batch, and only then move the offset: Telegram is the queue.

Raw, because one update that the library cannot parse must not block the rest. A 401 ends the process; a 409 waits with
an alarm; outages and a failing database back off, and nothing is confirmed meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot import log
from bot.clock import Clock
from bot.delivering.transport import call
from bot.model import Json
from bot.receiving import at_once
from bot.receiving.dispatch import Batch, Dispatch
from bot.receiving.stopping import unless, until_stop
from bot.storage.database import DatabaseError

_log = log.get(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
LIMIT = 100
LONG_POLL = 25  # seconds
LONGEST_WAIT = 30.0
LOOK = 1.0  # seconds between two looks at what came while a batch cannot be stored


class TokenRefused(Exception):
    """Telegram refuses TELEGRAM_BOT_TOKEN."""


@dataclass(slots=True)
class Poller:
    """`after` gets each committed batch. `caught_up` is set once Telegram had nothing more waiting."""

    request: BaseRequest
    url: str  # <base><token>/getUpdates
    dispatch: Dispatch
    clock: Clock
    after: Callable[[Batch], Awaitable[None]]
    offset: int = 0
    failures: int = 0
    last_poll_ms: int = 0
    caught_up: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set. Raises `TokenRefused`."""
        while not stop.is_set():
            # the first poll does not wait: nobody knows yet whether anything is there
            wait = await self.step(LONG_POLL if self.caught_up.is_set() else 0, stop)
            if wait:
                await until_stop(stop, wait)

    async def step(self, long_poll: int, stop: asyncio.Event | None = None) -> float:
        """One poll and its batch. Returns how many seconds to wait before the next: 0 when all went well.

        `stop` ends a poll that waits; a batch that has come is always handled.
        """
        try:
            raws = await (self._fetch(long_poll) if stop is None else unless(stop, self._fetch(long_poll)))
            if raws is None:
                return 0
            if raws:
                await self.after(await self._handle(raws))
            self.offset = _next(raws)
        except InvalidToken as error:
            raise TokenRefused from error
        except RetryAfter as error:
            return seconds_of(error)
        except (TelegramError, DatabaseError) as error:
            self.failures += 1
            self.caught_up.clear()  # who knows what waits by now
            wait = back_off("poll_failed", error, self.failures)
            return min(wait, at_once.WITHIN) if isinstance(error, DatabaseError) else wait
        self.failures = 0
        self.last_poll_ms = self.clock.machine_ms()
        if len(raws) < LIMIT:
            self.caught_up.set()
        return 0

    async def _handle(self, raws: list[Json]) -> Batch:
        """Store the batch; should that take long, an urgent press behind it is met nevertheless."""
        looking = asyncio.create_task(self._look_behind())
        try:
            return await self.dispatch.handle(raws)
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    async def _look_behind(self) -> None:
        """Asks with the offset that we still hold: that confirms nothing, and all of it comes again."""
        await asyncio.sleep(at_once.WITHIN)
        while True:
            with suppress(TelegramError):
                self.dispatch.at_once.show(await self._fetch(0))
            await asyncio.sleep(LOOK)

    async def _fetch(self, long_poll: int) -> list[Json]:
        wanted = {"offset": self.offset, "timeout": long_poll, "limit": LIMIT, "allowed_updates": ALLOWED}
        answer = await call(self.request, self.url, wanted, long_poll + 10)
        if not isinstance(answer, list):
            raise TelegramError("getUpdates did not answer with a list")
        return [raw for raw in answer if isinstance(raw, dict)]


def _next(raws: list[Json]) -> int:
    """One past the last number of the batch, which confirms it. After an empty answer all is confirmed, and none is
    named: numbers can restart lower, and must then not fall below an offset that we still hold.
    """
    numbers = [raw["update_id"] for raw in raws if isinstance(raw.get("update_id"), int)]
    return numbers[-1] + 1 if numbers else 0


def seconds_of(error: RetryAfter) -> float:
    """The library gives seconds or a timedelta, by its own setting."""
    wait: int | timedelta = error.retry_after
    seconds: float = wait if isinstance(wait, int) else wait.total_seconds()
    return seconds


def back_off(event: str, error: Exception, failures: int) -> float:
    """Say that it failed; returns how many seconds to wait after so many failures in a row."""
    wait: float = min(LONGEST_WAIT, 0.25 * 2 ** min(failures, 8))
    if isinstance(error, Conflict):
        _log.error("another_process_polls_this_bot", wait_s=wait)
    else:
        _log.warning(event, error=type(error).__name__, failures=failures, wait_s=wait)
    return wait
