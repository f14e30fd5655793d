"""Whose turn it is: what was claimed waits here for its place in the stream, the most urgent first.

A reply that is claimed while a newsletter goes out takes the very next place, not the one behind all that wait.
"""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.delivering.outcomes import Outcome, Verdict
from bot.delivering.pacing import Pacer
from bot.model import Priority
from bot.storage.database import Row

_STALE = Outcome(Verdict.STALE, detail="stale")

Turn = asyncio.Future[Outcome | None]


@dataclass(slots=True)
class Turns:
    pacer: Pacer
    clock: Clock
    _waiting: list[tuple[int, int, Row, Turn]] = field(default_factory=list)
    _timer: asyncio.TimerHandle | None = None
    _stopped: bool = False

    async def turn(self, row: Row) -> Outcome | None:
        """None: now, its place is taken. It may become stale, or have to wait after all, before its turn comes."""
        turn: Turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (row["priority"], row["id"], row, turn))
        self._admit()
        return await turn

    def stop(self) -> None:
        """What still waits goes back, and nothing begins any more."""
        self._stopped = True
        self._admit()

    def _admit(self) -> None:
        """Everybody who need not wait for a place, and the first of all others once there is one."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            *_, row, turn = self._waiting[0]
            outcome = self._not_now(row)
            wait = self.pacer.place() if outcome is None else 0.0
            if wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self._admit)
                return
            heapq.heappop(self._waiting)
            if turn.cancelled():
                continue
            if outcome is None:
                self.pacer.take(row["chat_id"])
            turn.set_result(outcome)

    def _not_now(self, row: Row) -> Outcome | None:
        if self._stopped:
            return Outcome(Verdict.HELD)
        if row["expires_at"] is not None and row["expires_at"] <= self.clock.now_ms():
            return _STALE
        wait = self.pacer.wait(row["chat_id"], urgent=row["priority"] == Priority.SAFETY)
        return Outcome(Verdict.HELD, wait=wait) if wait > 0 else None
