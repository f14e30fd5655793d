"""A batch of updates is one transaction; an update is one savepoint in it.

Only after the commit may the caller confirm the batch to Telegram. Handlers never touch the network.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from telegram import Update
from telegram.ext import Application, ApplicationHandlerStop

from bot import log
from bot.domain import accounts, sending, vital_signs
from bot.domain.sending import Prepared
from bot.model import Json, Outgoing
from bot.receiving.at_once import AtOnce
from bot.receiving.meaning import chat_id, meaning, query_id, update_id
from bot.receiving.parsing import parse
from bot.storage import updates
from bot.storage.database import Database, Tx, Unavailable, savepoint
from bot.storage.ids import batch_id
from bot.storage.seal import Seal

_log = log.get(__name__)


class Handling(Protocol):
    """What dispatch needs of a context."""

    outgoing: list[Outgoing]
    press_text: tuple[str, bool]

    async def begin(self, tx: Tx, house: Any, update: Update) -> None: ...

    async def finish(self) -> None: ...


@dataclass(slots=True)
class Batch:
    """What is left to do once the batch is committed: the spinners to stop, as (query id, text, alert)."""

    presses: list[tuple[str, str, bool]] = field(default_factory=list)
    outgoing: list[Prepared] = field(default_factory=list)
    handled: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Dispatch:
    """`apology` makes what is said, where it may be, in the chat of an update that could not be handled.

    `at_once` meets what cannot wait until it is stored.
    """

    db: Database
    application: Application[Any, Any, Any, Any, Any, Any]
    house: Any
    seal: Seal
    apology: Callable[[Tx, Any, int, Json], Awaitable[list[Outgoing]]]
    at_once: AtOnce

    async def handle(self, raws: Sequence[Json]) -> Batch:
        """Handle a batch in one transaction. Raises `DatabaseError` with nothing stored: the batch is not confirmed."""
        return await self.at_once.unless_stored(raws, self.db.write(lambda tx: self._handle(tx, raws)))

    async def again(self, tx: Tx, raw: Json) -> list[Outgoing]:
        """Handle one update that could not be handled; returns what is to be said. Raises what its handler raises."""
        context = await self._handled(tx, raw)
        return context.outgoing

    async def _handle(self, tx: Tx, raws: Sequence[Json]) -> Batch:
        known = [(meaning(raw), raw) for raw in raws]
        fresh = await updates.remember(
            tx, [(key, update_id(raw)) for key, raw in known], batch_id(self.house.clock.machine_ms())
        )
        batch = Batch()
        for key, raw in known:
            if key in fresh:
                fresh.discard(key)
                await self._one(tx, raw, batch)
        await sending.put_prepared(tx, batch.outgoing)
        return batch

    async def _one(self, tx: Tx, raw: Json, batch: Batch) -> None:
        try:
            async with savepoint(tx):
                await self._update(tx, raw, batch)
        except Unavailable:
            raise  # the database, not the update: the whole batch comes again
        except Exception as error:  # noqa: BLE001 - whatever it is, it costs only its own update
            await self._bury(tx, raw, batch, error)

    async def _update(self, tx: Tx, raw: Json, batch: Batch) -> None:
        context = await self._handled(tx, raw)
        batch.outgoing += sending.prepare(context.outgoing, self.house.clock.now_ms())
        batch.handled += 1
        query = query_id(raw)
        batch.presses += [(query, *context.press_text)] if query else []

    async def _handled(self, tx: Tx, raw: Json) -> Handling:
        update = parse(raw, self.application.bot)
        context: Handling = self.application.context_types.context.from_update(update, self.application)
        await context.begin(tx, self.house, update)
        await dispatch(self.application, update, context)
        await context.finish()
        return context

    async def _bury(self, tx: Tx, raw: Json, batch: Batch, error: Exception) -> None:
        number, chat, query = update_id(raw), chat_id(raw), query_id(raw)
        _log.error("update_failed", update_id=number, error=type(error).__name__, where=where(error))
        batch.dead += 1
        if chat is not None and await accounts.load(tx, chat) is None:
            await vital_signs.stranger(tx)  # who leaves no other trace
        else:
            sealed = self.seal.seal(json.dumps(raw), bound_to=updates.bound_to(number))
            what = f"{type(error).__name__} at {where(error)}"
            await updates.bury(tx, number, chat, what, sealed, self.house.clock.now_ms())
        self.at_once.show([raw])
        lines = [] if chat is None else await self.apology(tx, self.house, chat, raw)
        batch.outgoing += sending.prepare(lines, self.house.clock.now_ms())
        batch.presses += [(query, "", False)] if query else []


async def dispatch(application: Application[Any, Any, Any, Any, Any, Any], update: Update, context: Any) -> None:
    """The library's rules (first match in each group, `ApplicationHandlerStop`), but errors reach the caller."""
    for group in application.handlers.values():
        for handler in group:
            check = handler.check_update(update)
            if check is None or check is False:
                continue
            try:
                await handler.handle_update(update, application, check, context)
            except ApplicationHandlerStop:
                return
            break


def where(error: BaseException) -> str:
    """The innermost line of ours, for the log: never the message, which may quote words of people."""
    trace, found = error.__traceback__, "?"
    while trace is not None:
        found = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
