"""How many messages Telegram lets a bot send, counted over real time."""

import math
import time
from collections import deque
from dataclasses import dataclass

from bot.simulator.errors import too_many


@dataclass(frozen=True, slots=True)
class Limits:
    """Over any rolling second for all chats, and a refilling bucket for each chat."""

    per_second: int | None = 30
    per_chat_per_second: float | None = 1
    per_chat_burst: int = 3


@dataclass(slots=True)
class Bucket:
    left: float
    at: float


class Pace:
    def __init__(self) -> None:
        self._sent: deque[float] = deque()
        self._buckets: dict[int, Bucket] = {}

    def count(self, limits: Limits | None, chat_id: int | None) -> None:
        """Counts one message, or raises 429. What was refused is not counted."""
        if limits is None:
            return
        now = time.monotonic()
        self._check_all(limits, now)
        if chat_id is not None and limits.per_chat_per_second is not None:
            self._take_from_bucket(limits, limits.per_chat_per_second, chat_id, now)
        self._sent.append(now)

    def _check_all(self, limits: Limits, now: float) -> None:
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        if limits.per_second is not None and len(self._sent) >= limits.per_second:
            raise too_many(1)

    def _take_from_bucket(self, limits: Limits, rate: float, chat_id: int, now: float) -> None:
        bucket = self._buckets.setdefault(chat_id, Bucket(limits.per_chat_burst, now))
        bucket.left = min(limits.per_chat_burst, bucket.left + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.left < 1:
            raise too_many(math.ceil((1 - bucket.left) / rate))
        bucket.left -= 1
