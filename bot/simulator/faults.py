"""Faults on request: what the network and Telegram do on a bad day."""

import asyncio
from dataclasses import dataclass

from bot.simulator.errors import Json


@dataclass(frozen=True, slots=True)
class Refused:
    """The connection is reset at once, nothing is done."""


@dataclass(frozen=True, slots=True)
class DropBefore:
    """The connection is closed, nothing is done."""


@dataclass(frozen=True, slots=True)
class DropAfter:
    """The call is done, then the connection is closed without an answer."""


@dataclass(frozen=True, slots=True)
class CutShort:
    """The call is done, and the connection is reset in the middle of the answer's body."""


@dataclass(frozen=True, slots=True)
class Hang:
    """The answer is withheld until the event is set; a client runs into its read time-out."""

    released: asyncio.Event
    done: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """An error status; `body` replaces the JSON answer, for example by a proxy's HTML page."""

    code: int
    description: str = ""
    parameters: Json | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class TooMany:
    retry_after: int
    html: bool = False
    without_parameters: bool = False


@dataclass(frozen=True, slots=True)
class Garbage:
    """The call is done, and something unreadable comes back."""

    body: str
    status: int = 200


Fault = Refused | DropBefore | DropAfter | CutShort | Hang | Status | TooMany | Garbage


@dataclass(slots=True)
class Rule:
    fault: Fault
    method: str | None
    chat: int | None
    times: int | None
    used: int = 0

    def fits(self, method: str, chat: int | None) -> bool:
        left = self.times is None or self.used < self.times
        return left and self.method in (None, method) and self.chat in (None, chat)


class FaultList:
    def __init__(self) -> None:
        self._rules: list[Rule] = []

    def add(self, fault: Fault, method: str | None = None, chat: int | None = None, times: int | None = None) -> Rule:
        """The fault meets the next `times` fitting calls, or every one of them."""
        rule = Rule(fault, method, chat, times)
        self._rules.append(rule)
        return rule

    def clear(self) -> None:
        self._rules.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        for rule in self._rules:
            if rule.fits(method, chat):
                rule.used += 1
                return rule.fault
        return None
