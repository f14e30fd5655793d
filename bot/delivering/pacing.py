"""How fast messages go out: overall, to one chat, and while Telegram or the way to it is in trouble.

The overall clock never catches up after a pause: a burst is what provokes a 429. All times are the machine's,
in seconds that only grow.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from bot.clock import Clock

PER_CHAT = 1.01  # seconds between messages to a chat, once its burst is used up: one, and what the way may take off
BURST = 3
WINDOW = 1.01  # seconds in which there are never more than a second's messages, however late a timer rings
ALIKE = 2.0  # seconds: 429s of two chats that end so close to each other are one, for everything
OUTAGE = 3  # failures one after the other from which on we wait, ever longer, and send one at a time
LONGEST_WAIT = 30.0
CHATS_REMEMBERED = 5_000


@dataclass(slots=True)
class Pacer:
    """`rate` in messages a second; 0: no limit, overall or per chat.

    `doubtful` after a failure: nothing more is to be sent until a call that risks nothing has come through.
    """

    rate: float
    clock: Clock
    doubtful: bool = False
    _next: float = 0.0
    _sent: deque[float] = field(default_factory=deque)  # the last second's
    _refused_until: float = 0.0  # a 429 for everything
    _out_until: float = 0.0  # an outage
    _chats: dict[int, float] = field(default_factory=dict)  # when a chat's burst is whole again
    _held: dict[int, float] = field(default_factory=dict)  # 429s in force, by chat
    _failures: int = 0
    _failed_at: float = 0.0

    def wait(self, chat: int, *, urgent: bool = False) -> float:
        """Seconds until that chat may be written to, by its own pace and by what Telegram said; 0: now.

        What is urgent waits out no outage of others: it goes as soon as a harmless call came through.
        """
        now = self.clock.monotonic()
        ready = max(self._held.get(chat, 0.0), self._refused_until, 0.0 if urgent else self._out_until)
        if self.rate:
            ready = max(ready, self._chats.get(chat, 0.0) - (BURST - 1) * PER_CHAT)
        return max(0.0, ready - now)

    def place(self) -> float:
        """Seconds until there is a place in the stream; 0: now."""
        if not self.rate:
            return 0.0
        full = self._sent[0] + WINDOW if len(self._sent) >= math.ceil(self.rate) else 0.0
        return max(0.0, max(self._next, full) - self.clock.monotonic())

    def take(self, chat: int) -> None:
        """A message goes out now. A timer that rang late is made up for by the next place, a pause never is."""
        now = self.clock.monotonic()
        if not self.rate:
            return
        apart = 1 / self.rate
        self._next = (self._next if now - self._next < apart else now) + apart
        self._sent.append(now)
        while len(self._sent) > math.ceil(self.rate):
            self._sent.popleft()
        self._chats[chat] = max(self._chats.get(chat, 0.0), now) + PER_CHAT
        self._forget(now)

    def paused(self) -> float:
        """Seconds until anything may be sent at all: a 429 for everything, or an outage."""
        return max(self.refused(), self._out_until - self.clock.monotonic())

    def refused(self) -> float:
        """The same for a 429 alone, which holds for everybody."""
        return max(0.0, self._refused_until - self.clock.monotonic())

    def ahead(self, parallel: int) -> int:
        """How many rows are worth claiming: about half a second's, one after an outage until it comes through."""
        if self._failures >= OUTAGE:
            return 1
        return min(parallel, max(2, int(self.rate / 2))) if self.rate else parallel

    def _forget(self, now: float) -> None:
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats = {chat: whole for chat, whole in self._chats.items() if whole > now}
            self._held = {chat: until for chat, until in self._held.items() if until > now}

    def too_many(self, chat: int, wait: float) -> None:
        """A 429: this chat waits. Where another chat's ends at the same time, both speak of everything."""
        until = self._held[chat] = max(self._held.get(chat, 0.0), self.clock.monotonic() + wait)
        alike = [end for other, end in self._held.items() if other != chat and abs(end - until) <= ALIKE]
        if alike:
            self._refused_until = max(self._refused_until, until, *alike)

    def failed(self, began: float) -> None:
        """The way is in trouble. `began`: when the call did; those that were under way together fail as one."""
        self.doubtful = True
        if began <= self._failed_at:
            return
        self._failures += 1
        self._failed_at = self.clock.monotonic()
        if self._failures >= OUTAGE:
            wait = min(LONGEST_WAIT, 0.5 * 2 ** min(self._failures - OUTAGE, 6))
            self._out_until = max(self._out_until, self._failed_at + wait)

    def succeeded(self) -> None:
        """A message came through."""
        self._failures, self.doubtful = 0, False
