"""How fast one chat may press and command: far beyond a thumb, short of a program that floods.

Lives in memory: it holds nothing worth keeping.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

AT_ONCE = 300  # also what a chat pressed while we were away, which arrives in one go
A_SECOND = 5.0
REMEMBERED = 10_000  # chats at a time; the oldest are forgotten first


@dataclass(slots=True)
class _Pace:
    left: float
    at: float  # seconds of the clock that only grows
    told: bool = False


@dataclass(frozen=True, slots=True)
class Haste:
    """The paces of one installation's chats."""

    _paces: OrderedDict[int, _Pace] = field(default_factory=OrderedDict)

    def __len__(self) -> int:
        return len(self._paces)

    def allows(self, chat: int, at: float) -> bool:
        """Whether one more may be followed; `at` in seconds."""
        pace = self._paces.setdefault(chat, _Pace(AT_ONCE, at))
        self._paces.move_to_end(chat)
        while len(self._paces) > REMEMBERED:
            self._paces.popitem(last=False)
        pace.left, pace.at = min(AT_ONCE, pace.left + max(0.0, at - pace.at) * A_SECOND), at
        pace.told = pace.told and pace.left < AT_ONCE / 2
        if pace.left < 1:
            return False
        pace.left -= 1
        return True

    def tells(self, chat: int) -> bool:
        """Whether this flood was not yet answered with a line; it is now."""
        pace = self._paces[chat]
        told, pace.told = pace.told, True
        return not told
