"""The only calls beside the outbox: stopping the spinner of a press. Should one get lost, nothing is."""

from __future__ import annotations

import asyncio

from telegram.constants import CallbackQueryLimit
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot import log
from bot.delivering.transport import call

_log = log.get(__name__)

AT_ONCE = 30
LONGEST = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
TIMEOUT = 5.0  # seconds: a spinner is not worth waiting for


class BestEffort:
    def __init__(self, request: BaseRequest, base_url: str) -> None:
        self._request, self._base = request, base_url
        self._places = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    def answer(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Stop the spinner, with a line over the chat where `text` is given. Returns at once."""
        said = {"text": text[:LONGEST], "show_alert": alert} if text else {}
        payload = {"callback_query_id": query, **said}
        task = asyncio.create_task(self._call("answerCallbackQuery", payload))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _call(self, method: str, payload: dict[str, object]) -> None:
        async with self._places:
            try:
                await call(self._request, f"{self._base}/{method}", payload, TIMEOUT)
            except TelegramError as error:
                _log.debug("best_effort_failed", method=method, error=type(error).__name__)

    async def flush(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._under_way)

    async def close(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
