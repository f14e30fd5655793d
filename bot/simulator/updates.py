"""The queue of updates, kept until the bot confirms them."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.simulator.errors import Json

# Telegram keeps most updates for a day, but presses only as long as their spinner turns.
KEPT_SECONDS = 24 * 3600
KEPT_SECONDS_BY_KIND = {"callback_query": 150, "inline_query": 30}
NOT_SENT_UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FIRST_UPDATE_ID = 700_000_001
HISTORY = 50_000


@dataclass(slots=True, eq=False)
class Waiting:
    number: int
    numbering: int
    expires: float
    body: Json
    # Handed out at least once whatever the offset is: repeated, or queued with a number of its own.
    insists: bool = False
    handed_out: bool = False


class UpdateQueue:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pending: deque[Waiting] = deque()
        self._history: dict[int, Json] = {}
        self._next_id = FIRST_UPDATE_ID
        self._numbering = 0
        self._soonest_expiry = float("inf")
        self._arrived = asyncio.Event()
        self.allowed: frozenset[str] = frozenset()
        self.last_batch: list[Json] = []

    def __len__(self) -> int:
        return len(self._pending)

    def put(self, kind: str, payload: Json) -> int | None:
        """Queues an update; None where the bot did not ask for this kind."""
        if not self.wants(kind):
            return None
        number = self._new_id()
        self._append(Waiting(number, self._numbering, self._expiry(kind), {"update_id": number, kind: payload}))
        return number

    def put_raw(self, update: Json) -> int:
        body = dict(update)
        known = isinstance(body.get("update_id"), int)
        number = body["update_id"] if known else self._new_id()
        body.setdefault("update_id", number)
        self._append(Waiting(number, self._numbering, self._expiry(""), body, insists=known))
        return int(number)

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_SENT_UNASKED

    def take(self, limit: int) -> list[Json]:
        """The oldest updates; they stay until confirmed. One batch never mixes two numberings."""
        self._drop_expired()
        batch: list[Json] = []
        for waiting in self._pending:
            if len(batch) == limit or waiting.numbering != self._pending[0].numbering:
                break
            waiting.handed_out = True
            batch.append(waiting.body)
            self._remember(waiting)
        if batch:
            self.last_batch = batch
        return batch

    def waiting(self) -> list[Json]:
        """What the bot has not confirmed yet, oldest first."""
        self._drop_expired()
        return [waiting.body for waiting in self._pending]

    def confirm(self, offset: int) -> None:
        """Forgets what stands before the offset; a negative one keeps the last ones only."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
            return
        if offset == 0:
            return
        kept: list[Waiting] = []
        while self._pending and (self._pending[0].insists or self._is_confirmed(self._pending[0], offset)):
            waiting = self._pending.popleft()
            if not self._is_confirmed(waiting, offset):
                kept.append(waiting)
        self._pending.extendleft(reversed(kept))

    def confirm_one(self, body: Json) -> None:
        """A webhook confirms updates one by one."""
        for waiting in self._pending:
            if waiting.body is body:
                self._pending.remove(waiting)
                self._remember(waiting)
                return

    def forget_all(self) -> None:
        self._pending.clear()

    def repeat(self, bodies: Iterable[Json]) -> None:
        expires = self._expiry("")
        again = [Waiting(body["update_id"], self._numbering, expires, body, insists=True) for body in bodies]
        self._pending.extendleft(reversed(again))
        self._arrived.set()

    def find(self, number: int) -> Json:
        """An update by its id, pending or handed out earlier."""
        for waiting in self._pending:
            if waiting.number == number:
                return waiting.body
        return self._history[number]

    def restart_ids(self, at: int) -> None:
        self._next_id = at
        self._numbering += 1

    def wake(self) -> None:
        self._arrived.set()

    async def wait(self) -> None:
        self._arrived.clear()
        await self._arrived.wait()

    def _is_confirmed(self, waiting: Waiting, offset: int) -> bool:
        if waiting.insists and not waiting.handed_out:
            return False
        # After a restart of the ids an offset of the old numbering lies in the future of the new one.
        of_old_numbering = self._numbering > 0 and offset > self._next_id
        if waiting.numbering == self._numbering:
            return waiting.number < offset and not of_old_numbering
        return waiting.number < offset or not of_old_numbering

    def _append(self, waiting: Waiting) -> None:
        self._pending.append(waiting)
        self._soonest_expiry = min(self._soonest_expiry, waiting.expires)
        self._arrived.set()

    def _new_id(self) -> int:
        number = self._next_id
        self._next_id += 1
        return number

    def _expiry(self, kind: str) -> float:
        return self._clock().timestamp() + KEPT_SECONDS_BY_KIND.get(kind, KEPT_SECONDS)

    def _drop_expired(self) -> None:
        now = self._clock().timestamp()
        # Looking through the queue only when something is due keeps a flood cheap.
        if self._soonest_expiry <= now:
            self._pending = deque(waiting for waiting in self._pending if waiting.expires > now)
            self._soonest_expiry = min((waiting.expires for waiting in self._pending), default=float("inf"))

    def _remember(self, waiting: Waiting) -> None:
        self._history[waiting.number] = waiting.body
        if len(self._history) > HISTORY:
            del self._history[next(iter(self._history))]
