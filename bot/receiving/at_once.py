"""A press on "Urgent help" that cannot be stored in time: the country's number stands over the chat at once.

The database is not asked, so that one that is locked, slow or full cannot keep the number from anybody. The press
itself is stored and passed on as soon as that can be done.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot import log
from bot.domain import crisis
from bot.house import House
from bot.model import Json
from bot.receiving.meaning import query_id
from bot.storage.database import DatabaseError
from bot.text.screens import urgent as screens

T = TypeVar("T")

_log = log.get(__name__)

WITHIN = 3.0  # seconds
_PRESS = re.compile(r"urgent:ask:\d{1,19}")


@dataclass(frozen=True, slots=True)
class AtOnce:
    """`answer` puts a text over the chat in which a query was pressed."""

    house: House
    answer: Callable[[str, str], None]
    _answered: deque[str] = field(default_factory=lambda: deque(maxlen=1000))  # queries

    async def unless_stored(self, raws: Sequence[Json], storing: Awaitable[T]) -> T:
        """What `storing` gives or raises; where it takes too long or fails, presses among `raws` are met already."""
        timer = asyncio.get_running_loop().call_later(WITHIN, self.show, raws)
        try:
            return await storing
        except DatabaseError:
            self.show(raws)
            raise
        finally:
            timer.cancel()

    def show(self, raws: Sequence[Json]) -> None:
        """The number, once for each press that asks for it."""
        for raw in raws:
            query = query_id(raw)
            if query is None or query in self._answered or not _PRESS.fullmatch(str(raw["callback_query"].get("data"))):
                continue
            self._answered.append(query)
            self.answer(query, self._number(raw["callback_query"].get("from")))
            _log.warning("urgent_press_not_stored_in_time")

    def _number(self, sender: object) -> str:
        """In the language of the phone: whose it is, only the database knows."""
        said = str(sender.get("language_code") or "") if isinstance(sender, dict) else ""
        texts = self.house.catalogue
        voice = texts.voice(texts.nearest(said, self.house.language))
        return screens.at_once(voice, crisis.card(self.house.country))
