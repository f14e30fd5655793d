"""Sending: claimed, sent, settled. Workers send; one bookkeeper settles and refills in one transaction.

Every claimed row may be shown twice after a crash, so never more are claimed than are about to be sent.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot import log
from bot.clock import Clock
from bot.delivering import settling
from bot.delivering.outcomes import Outcome, Verdict, classify
from bot.delivering.pacing import Pacer
from bot.delivering.settling import Settled
from bot.delivering.transport import Body, post
from bot.storage import outbox
from bot.storage.database import Database, DatabaseError, Row, Tx

_log = log.get(__name__)

PARALLEL = 32
LEASE = 120_000  # ms: longer than any call may take
IDLE = 1.0  # seconds between two looks at the table when nobody wakes us
STOP_WITHIN = 8.0


class Unauthorized(Exception):
    """Telegram refuses TELEGRAM_BOT_TOKEN."""


@dataclass(slots=True)
class Dispatcher:
    db: Database
    request: BaseRequest
    base_url: str
    pacer: Pacer
    clock: Clock
    _settled: list[Settled] = field(default_factory=list)
    _sending: set[asyncio.Task[None]] = field(default_factory=set)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _refused: bool = False

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then finish what is on its way. Raises `Unauthorized`."""
        ending = asyncio.create_task(self._end(stop))
        await self.recover(everything=True)
        try:
            while not stop.is_set():
                self._wake.clear()
                rows = await self._book(self.pacer.ahead(PARALLEL) - len(self._sending))
                for row in rows:
                    self._start(row)
                if self._refused:
                    raise Unauthorized
                await self._rest(busy=bool(rows))
        finally:
            self._stopping.set()
            ending.cancel()
            await self._finish()

    async def _end(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stopping.set()
        self._wake.set()

    async def recover(self, *, everything: bool) -> None:
        """What a dead process was sending goes again. `everything`: leases too, nobody else sends here."""
        machine = self.clock.machine_ms() + (LEASE * 1000 if everything else 0)
        count = await self.db.write(lambda tx: outbox.recover(tx, machine))
        if count:
            _log.warning("sending_recovered", rows=count)

    async def _rest(self, *, busy: bool) -> None:
        """Until somebody wakes us, a held row's time has come, or a moment has passed."""
        if busy and len(self._sending) < self.pacer.ahead(PARALLEL):
            await asyncio.sleep(0)
            return
        try:
            await asyncio.wait_for(self._wake.wait(), IDLE)
        except TimeoutError:
            return

    async def _book(self, room: int) -> list[Row]:
        """Settle what came back, claim what may go now: one transaction. A failing database loses no outcome."""
        settled = list(self._settled)
        if room <= 0 and not settled:
            return []
        room = 0 if self.pacer.paused() or self._stopping.is_set() else room
        try:
            rows = await self.db.write(lambda tx: self._write(tx, settled, room))
        except DatabaseError as error:
            _log.error("settling_failed", error=type(error).__name__, waiting=len(settled))
            await asyncio.sleep(0.5)
            return []
        del self._settled[: len(settled)]
        return rows

    async def _write(self, tx: Tx, settled: list[Settled], room: int) -> list[Row]:
        machine = self.clock.machine_ms()
        if settled:
            await settling.settle(tx, settled, machine, self.clock.now_ms())
        return await outbox.claim(tx, room, machine, machine + LEASE) if room > 0 else []

    def _start(self, row: Row) -> None:
        task = asyncio.create_task(self._one(row))
        self._sending.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._wake.set()

    async def _one(self, row: Row) -> None:
        outcome = await self._try(row)
        settled = Settled(row, outcome)
        settling.learn(self.pacer, settled)
        self._settled.append(settled)
        if outcome.verdict is Verdict.UNAUTHORIZED:
            self._refused = True
        if outcome.verdict not in (Verdict.SENT, Verdict.DONE, Verdict.HELD):
            _log.warning("not_sent", row=row["id"], verdict=outcome.verdict.value, detail=outcome.detail)

    async def _try(self, row: Row) -> Outcome:
        if row["expires_at"] is not None and row["expires_at"] <= self.clock.now_ms():
            return Outcome(Verdict.STALE, detail="stale")
        wait = self.pacer.chat_wait(row["chat_id"])
        if wait > 0:
            return Outcome(Verdict.HELD, wait=wait)
        if not await self._slot():
            return Outcome(Verdict.HELD)
        try:
            return await self._send(row)
        except TelegramError as error:
            return classify(error)

    async def _slot(self) -> bool:
        """Wait for a place in the stream; False where we are to stop before it comes."""
        wait = self.pacer.slot()
        if wait <= 0:
            return not self._stopping.is_set()
        try:
            await asyncio.wait_for(self._stopping.wait(), wait)
        except TimeoutError:
            return True
        return False

    async def _send(self, row: Row) -> Outcome:
        """The call itself; an edit is made wherever the message is shown."""
        if not row["method"].startswith("editMessage"):
            return _sent(await self._post(row["method"], row["payload"], row["upload"]))
        copies = await self.db.read(lambda tx: outbox.copies(tx, row["message_id"]))
        if not copies:
            return Outcome(Verdict.STALE, detail="never_shown")
        payload = json.loads(row["payload"])
        outcomes = []
        for shown in copies:
            try:
                await self._post(row["method"], json.dumps({**payload, "message_id": shown}), None)
                outcomes.append(Outcome(Verdict.DONE))
            except TelegramError as error:
                outcomes.append(classify(error))
        return _worst(outcomes)

    async def _post(self, method: str, payload: str, upload: bytes | None) -> Any:
        return await post(self.request, f"{self.base_url}/{method}", Body(payload, upload))

    async def _finish(self) -> None:
        """What is on its way comes to its end; what was only claimed goes back."""
        if self._sending:
            _done, late = await asyncio.wait(self._sending, timeout=STOP_WITHIN)
            for task in late:  # claimed, perhaps shown: the next start repeats it
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._book(0)

    async def drain(self) -> int:
        """Send all that may go now, and return how many went; what is held stays. For tests and short-lived runs."""
        sent = 0
        while True:
            rows = await self._book(PARALLEL)
            if not rows:
                await self._book(0)
                return sent
            await asyncio.gather(*(self._one(row) for row in rows))
            sent += len(rows)


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
