"""What the page needs to know of whoever runs it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.simulator.errors import Json
from bot.simulator.phone import Phone


@dataclass(slots=True)
class Seat:
    """Somebody whose phone the page shows. ``link`` is the start code that they were handed and have not used."""

    phone: Phone
    about: str
    zone: str
    link: str = ""


class Theatre(Protocol):
    """The people, and what stands above their phones."""

    @property
    def seats(self) -> list[Seat]: ...

    @property
    def scenes(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """What the buttons above the phones do, by name."""

    def shown(self) -> Json:
        """`now` (ISO 8601), `zone`, `power` (on, off, starting), `pid`, `waiting`, `busy`, `news`."""

    def newcomer(self, name: str) -> Seat:
        """One more phone, which the bot knows nothing of."""
