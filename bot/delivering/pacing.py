"""How fast messages go out: overall, to one chat, and while Telegram or the way to it is in trouble.

The overall clock never catches up after a pause: a burst is what provokes a 429. All times are the machine's,
in seconds that only grow.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.clock import Clock

PER_CHAT = 1.0  # seconds between messages to a chat, once its burst is used up
BURST = 3
OUTAGE = 3  # failures in a row after which only one probe at a time goes out
LONGEST_PROBE = 30.0
CHATS_REMEMBERED = 5_000


@dataclass(slots=True)
class Pacer:
    """`rate` in messages a second; 0: no limit, overall or per chat."""

    rate: float
    clock: Clock
    _next: float = 0.0
    _paused_until: float = 0.0
    _chats: dict[int, float] = field(default_factory=dict)  # when a chat's burst is whole again
    _held: dict[int, float] = field(default_factory=dict)  # 429s in force, by chat
    _failures: int = 0

    def slot(self) -> float:
        """Take the next place in the stream; returns how many seconds to wait for it."""
        now = self.clock.monotonic()
        start = max(now, self._paused_until)
        if self.rate:
            start = max(start, self._next)
            self._next = start + 1 / self.rate
        return start - now

    def paused(self) -> float:
        """Seconds until anything may be sent at all: a 429 for everything, or an outage."""
        return max(0.0, self._paused_until - self.clock.monotonic())

    def ahead(self, parallel: int) -> int:
        """How many rows are worth claiming: about half a second's, one where only a probe may go."""
        if self._failures >= OUTAGE:
            return 1
        return min(parallel, max(2, int(self.rate / 2))) if self.rate else parallel

    def chat_wait(self, chat: int) -> float:
        """Seconds until that chat may be written to; 0: now, and its place is taken."""
        now = self.clock.monotonic()
        held = self._held.get(chat, 0.0)
        if held > now:
            return held - now
        if not self.rate:
            return 0.0
        whole = max(self._chats.get(chat, 0.0), now)
        wait = whole + PER_CHAT - BURST * PER_CHAT - now
        if wait > 0:
            return wait
        self._chats[chat] = whole + PER_CHAT
        self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats = {chat: whole for chat, whole in self._chats.items() if whole > now}
            self._held = {chat: until for chat, until in self._held.items() if until > now}

    def too_many(self, chat: int, wait: float) -> None:
        """A 429: this chat waits; a second chat's while one is in force means that everything does."""
        now = self.clock.monotonic()
        others = [until for other, until in self._held.items() if other != chat and until > now]
        self._held[chat] = max(self._held.get(chat, 0.0), now + wait)
        if others:
            self._paused_until = max(self._paused_until, self._held[chat], *others)

    def failed(self) -> None:
        """The way is in trouble: after some failures in a row only a probe goes out, ever more seldom."""
        self._failures += 1
        if self._failures >= OUTAGE:
            wait = min(LONGEST_PROBE, 0.5 * 2 ** min(self._failures - OUTAGE, 6))
            self._paused_until = max(self._paused_until, self.clock.monotonic() + wait)

    def succeeded(self) -> None:
        self._failures = 0
