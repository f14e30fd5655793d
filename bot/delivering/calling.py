"""One claimed row, one outcome: its turn is waited for, the call is made, and whatever happens is one of the list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.clock import Clock
from bot.delivering.outcomes import Outcome, Verdict, classify
from bot.delivering.pacing import Pacer
from bot.delivering.transport import Body, call, post
from bot.delivering.turns import Turns
from bot.model import PROTECTION
from bot.storage.database import Row

PROBE_TIMEOUT = 10.0  # seconds
_NEVER_SHOWN = Outcome(Verdict.STALE, detail="never_shown")


@dataclass(slots=True)
class Caller:
    request: BaseRequest
    base_url: str
    pacer: Pacer
    clock: Clock
    turns: Turns

    async def attempt(self, row: Row) -> Outcome:
        """Send it at its turn; what it taught is known to the pacer. Raises nothing but a cancellation."""
        outcome = await self.turns.turn(row)
        if outcome is None:
            began = self.clock.monotonic()
            outcome = await self._try(row)
            learn(self.pacer, row["chat_id"], outcome, began)
        return outcome

    async def _try(self, row: Row) -> Outcome:
        try:
            return await self._send(row)
        except TelegramError as error:
            return classify(error)
        except Exception as error:  # noqa: BLE001 - a row without an outcome would hold up its chat for ever
            return Outcome(Verdict.LOST, detail=type(error).__name__)

    async def _send(self, row: Row) -> Outcome:
        """The call itself; an edit is made wherever the message is shown."""
        if not row["method"].startswith("editMessage"):
            return _sent(await self._post(row["method"], row["payload"], row["upload"]))
        payload = json.loads(row["payload"])
        payload.pop(PROTECTION, None)
        outcomes = [await self._edit(row["method"], {**payload, "message_id": shown}) for shown in row["copies"]]
        return _worst(outcomes) if outcomes else _NEVER_SHOWN

    async def _edit(self, method: str, payload: dict[str, Any]) -> Outcome:
        try:
            await self._post(method, json.dumps(payload), None)
        except TelegramError as error:
            return classify(error)
        return Outcome(Verdict.DONE)

    async def _post(self, method: str, payload: str, upload: bytes | None) -> Any:
        return await post(self.request, f"{self.base_url}/{method}", Body(payload, upload))

    async def probe(self) -> Outcome:
        """A call that risks no message: does anybody answer? A message whose answer is lost may be repeated only once,
        so none is spent on a way that is known to be in trouble.
        """
        began = self.clock.monotonic()
        try:
            await call(self.request, f"{self.base_url}/getMe", read_timeout=PROBE_TIMEOUT)
        except TelegramError as error:
            outcome = classify(error)
            if outcome.verdict in IN_TROUBLE:
                self.pacer.failed(began)
                return outcome
            if outcome.verdict is Verdict.UNAUTHORIZED:
                return outcome
        self.pacer.doubtful = False
        return Outcome(Verdict.DONE)


IN_TROUBLE = (Verdict.NOT_SENT, Verdict.LOST, Verdict.SERVER)


def learn(pacer: Pacer, chat: int, outcome: Outcome, began: float) -> None:
    """What the pace learns from an outcome."""
    match outcome.verdict:
        case Verdict.TOO_MANY:
            pacer.too_many(chat, outcome.wait)
        case verdict if verdict in IN_TROUBLE:
            pacer.failed(began)
        case Verdict.HELD | Verdict.STALE:
            pass
        case _:
            pacer.succeeded()


def _sent(result: Any) -> Outcome:
    if isinstance(result, list) and result:
        result = result[0]
    if isinstance(result, dict) and isinstance(result.get("message_id"), int):
        return Outcome(Verdict.SENT, telegram=result["message_id"])
    return Outcome(Verdict.DONE)


def _worst(outcomes: list[Outcome]) -> Outcome:
    """Of several copies, the one that still needs something to be done; a copy that is gone counts for nothing."""
    troubled = [one for one in outcomes if one.verdict not in (Verdict.DONE, Verdict.GONE)]
    fine = [one for one in outcomes if one.verdict is Verdict.DONE]
    return (troubled or fine or outcomes)[0]
