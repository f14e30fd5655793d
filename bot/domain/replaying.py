"""Updates that could not be handled are handled again, in their order, each in a transaction of its own."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.domain import auditing, sending
from bot.model import Json, Outgoing, Priority
from bot.storage import updates
from bot.storage.database import Tx
from bot.storage.seal import NotOpened, Seal

Again = Callable[[Tx, Json], Awaitable[list[Outgoing]]]


async def waiting(tx: Tx, wanted: int | None) -> list[int]:
    """Their ids, oldest first. ``wanted`` is one of them, or the number that Telegram gave the update."""
    rows = await updates.dead(tx)
    if wanted is None:
        return [row["id"] for row in rows]
    return [row["id"] for row in rows if row["id"] == wanted] or [
        row["id"] for row in rows if row["update_id"] == wanted
    ]


async def one(tx: Tx, dead: int, seals: Sequence[Seal], again: Again, now: int) -> bool:
    """Handle it and forget it. False where it is not there any more.

    Raises `NotOpened`, and whatever its handler raises: then it has to stay, as the transaction is not to be kept.
    """
    row = await updates.dig_out(tx, dead)
    if row is None:
        return False
    raw = json.loads(_opened(row["payload"], row["update_id"], seals))
    await sending.put(tx, [_quietly(outgoing) for outgoing in await again(tx, raw)], now)
    await auditing.note(tx, auditing.CLINIC, auditing.What.REPLAYED, now)
    return True


def _opened(sealed: str, update_id: int, seals: Sequence[Seal]) -> str:
    for seal in seals[:-1]:
        try:
            return seal.open(sealed, bound_to=updates.bound_to(update_id))
        except NotOpened:
            continue
    return seals[-1].open(sealed, bound_to=updates.bound_to(update_id))


def _quietly(outgoing: Outgoing) -> Outgoing:
    """An answer that comes hours late rings nobody; a call for help does."""
    if outgoing.priority is Priority.SAFETY:
        return outgoing
    return replace(outgoing, screen=replace(outgoing.screen, silent=True))
