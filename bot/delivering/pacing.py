"""How fast messages go out: overall, to one chat, and while Telegram or the way to it is in trouble.

The overall clock never catches up after a pause: a burst is what provokes a 429. All times are the machine's,
in seconds that only grow.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.clock import Clock

PER_CHAT = 1.0  # seconds between messages to a chat, once its burst is used up
BURST = 3
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
    _paused_until: float = 0.0
    _chats: dict[int, float] = field(default_factory=dict)  # when a chat's burst is whole again
    _held: dict[int, float] = field(default_factory=dict)  # 429s in force, by chat
    _failures: int = 0
    _failed_at: float = 0.0

    def wait(self, chat: int) -> float:
        """Seconds until that chat may be written to; 0: at the next place in the stream."""
        now = self.clock.monotonic()
        ready = max(self._held.get(chat, 0.0), self._paused_until)
        if self.rate:
            ready = max(ready, self._chats.get(chat, 0.0) - (BURST - 1) * PER_CHAT)
        return ready - now if ready > self._start(now) else 0.0

    def take(self, chat: int) -> float:
        """Take the next place in the stream, and one of the chat's; returns how many seconds to wait for it."""
        now = self.clock.monotonic()
        if not self.rate:
            return 0.0
        start = self._start(now)
        self._next = start + 1 / self.rate
        self._chats[chat] = max(self._chats.get(chat, 0.0), start) + PER_CHAT
        self._forget(now)
        return start - now

    def _start(self, now: float) -> float:
        return max(now, self._next) if self.rate else now

    def held(self, chat: int) -> float:
        """Seconds that Telegram told us to leave that chat, or everyone, alone; 0: nothing is in force."""
        until = max(self._held.get(chat, 0.0), self._paused_until)
        return max(0.0, until - self.clock.monotonic())

    def paused(self) -> float:
        """Seconds until anything may be sent at all: a 429 for everything, or an outage."""
        return max(0.0, self._paused_until - self.clock.monotonic())

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
            self._paused_until = max(self._paused_until, until, *alike)

    def failed(self, began: float) -> None:
        """The way is in trouble. `began`: when the call did; those that were under way together fail as one."""
        self.doubtful = True
        if began <= self._failed_at:
            return
        self._failures += 1
        self._failed_at = self.clock.monotonic()
        if self._failures >= OUTAGE:
            wait = min(LONGEST_WAIT, 0.5 * 2 ** min(self._failures - OUTAGE, 6))
            self._paused_until = max(self._paused_until, self._failed_at + wait)

    def succeeded(self) -> None:
        """A message came through."""
        self._failures, self.doubtful = 0, False
