"""Sending: claimed, sent, settled. Workers send; one bookkeeper settles and refills in one transaction.

Every claimed row may be shown twice after a crash, so never more are claimed than are about to be sent. What is urgent
has places of its own beside them: a way that hangs with everything else on it must not hold up an alarm.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from telegram.request import BaseRequest

from bot import log
from bot.clock import Clock
from bot.delivering import settling
from bot.delivering.calling import Caller
from bot.delivering.outcomes import Verdict
from bot.delivering.pacing import Pacer
from bot.delivering.settling import Settled
from bot.delivering.turns import Turns
from bot.storage import outbox, withheld
from bot.storage.database import Database, DatabaseError, Row, Tx

_log = log.get(__name__)

PARALLEL = 32
URGENT = 8  # more places, for what is urgent alone
LEASE = 120_000  # ms: longer than any call may take
IDLE = 1.0  # seconds between two looks at the table when nobody wakes us
AGAIN = 0.5  # seconds until a database that failed is asked again
STOP_WITHIN = 8.0
SETTLE_TRIES = 3  # at the end: what was not settled is shown twice
_AS_USUAL = (Verdict.SENT, Verdict.DONE, Verdict.HELD)


class Unauthorized(Exception):
    """Telegram refuses TELEGRAM_BOT_TOKEN."""


@dataclass(slots=True)
class Dispatcher:
    db: Database
    request: BaseRequest
    base_url: str
    pacer: Pacer
    clock: Clock
    _caller: Caller = field(init=False)
    _settled: list[Settled] = field(default_factory=list)
    _sending: set[asyncio.Task[None]] = field(default_factory=set)
    _probing: asyncio.Task[None] | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _refused: bool = False
    _stopping: bool = False

    def __post_init__(self) -> None:
        turns = Turns(self.pacer, self.clock)
        self._caller = Caller(self.request, self.base_url, self.pacer, self.clock, turns)

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop`; then finish what is on its way. Raises `Unauthorized`."""
        ending = asyncio.create_task(self._end(stop))
        try:
            await self.recover(everything=True)
            while not stop.is_set():
                self._wake.clear()
                under_way = len(self._sending)
                rows = await self._book(self.pacer.ahead(PARALLEL) - under_way, PARALLEL + URGENT - under_way)
                for row in rows:
                    self._start(row)
                if self._refused:
                    raise Unauthorized
                await self._rest(busy=bool(rows))
        finally:
            self._stop()
            ending.cancel()
            await self._finish()

    async def _end(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stop()
        self._wake.set()

    def _stop(self) -> None:
        self._stopping = True
        self._caller.turns.stop()

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
        if self._probing is None and await self._worth_probing():
            self._probing = asyncio.create_task(self._probe())
        try:
            await asyncio.wait_for(self._wake.wait(), IDLE)
        except TimeoutError:
            return

    async def _worth_probing(self) -> bool:
        """Once an outage has been waited out; at once, while something urgent waits."""
        if not self.pacer.doubtful or self.pacer.refused():
            return False
        return not self.pacer.paused() or await self._urgent_waits()

    async def _urgent_waits(self) -> bool:
        """Asked of a reader, so that it holds up nobody."""
        machine = self.clock.machine_ms()
        try:
            return await self.db.read(lambda tx: outbox.urgent_waits(tx, machine))
        except DatabaseError:
            return False

    async def _probe(self) -> None:
        outcome = await self._caller.probe()
        self._refused = self._refused or outcome.verdict is Verdict.UNAUTHORIZED
        self._probing = None
        if outcome.verdict is Verdict.DONE:
            self._wake.set()

    async def _book(self, room: int, urgent: int = 0) -> list[Row]:
        """Settle what came back, claim what may go now: one transaction. A failing database loses no outcome.

        `room` for anything; where there is none, `urgent` for what is.
        """
        settled = list(self._settled)
        no_way = self.pacer.doubtful or self._stopping
        room, urgent = 0 if no_way or self.pacer.paused() else room, 0 if no_way or self.pacer.refused() else urgent
        if room <= 0 and not settled and not (urgent > 0 and await self._urgent_waits()):
            return []
        try:
            rows = await self.db.write(lambda tx: self._write(tx, settled, room, urgent))
        except DatabaseError as error:
            _log.error("settling_failed", error=type(error).__name__, waiting=len(settled))
            await asyncio.sleep(AGAIN)
            return []
        del self._settled[: len(settled)]
        self._look_again(settled)
        return rows

    async def _write(self, tx: Tx, settled: list[Settled], room: int, urgent: int) -> list[Row]:
        machine, now = self.clock.machine_ms(), self.clock.now_ms()
        if settled:
            await settling.settle(tx, settled, machine, now)
        while room > 0:
            claimed = await outbox.claim(tx, room, machine, machine + LEASE)
            rows = await withheld.without(tx, claimed, machine + LEASE, machine, now) if claimed else []
            if rows or not claimed:
                return rows
        return await outbox.claim_urgent(tx, urgent, machine, machine + LEASE) if urgent > 0 else []

    def _look_again(self, settled: list[Settled]) -> None:
        """When what was put back may go: to the second where Telegram named it."""
        loop = asyncio.get_running_loop()
        for wait in {one.outcome.wait for one in settled if one.outcome.wait > 0}:
            loop.call_later(wait, self._wake.set)

    def _start(self, row: Row) -> None:
        task = asyncio.create_task(self._one(row))
        self._sending.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._wake.set()

    async def _one(self, row: Row) -> None:
        outcome = await self._caller.attempt(row)
        self._settled.append(Settled(row, outcome))
        if outcome.verdict is Verdict.UNAUTHORIZED:
            self._refused = True
        if outcome.verdict not in _AS_USUAL:
            _log.warning("not_sent", row=row["id"], verdict=outcome.verdict.value, detail=outcome.detail)

    async def _finish(self) -> None:
        """What is on its way comes to its end; what was only claimed goes back."""
        if self._probing is not None:
            self._probing.cancel()
        if self._sending:
            _done, late = await asyncio.wait(self._sending, timeout=STOP_WITHIN)
            for task in late:  # claimed, perhaps shown: the next start repeats it
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for _ in range(SETTLE_TRIES):
            if self._settled:
                await self._book(0)

    async def drain(self) -> int:
        """Send all that may go now, and return how many went; what is held stays. For tests and short-lived runs."""
        sent = 0
        while True:
            if await self._worth_probing():
                await self._probe()
            rows = await self._book(PARALLEL, URGENT)
            if not rows:
                return sent
            await asyncio.gather(*(self._one(row) for row in rows))
            sent += len(rows)
            if self._refused:
                raise Unauthorized
