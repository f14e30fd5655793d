"""A legal hold: of this child nothing is erased, by no tap, no command and no retention, until it is taken away."""

from __future__ import annotations

from bot.domain import auditing
from bot.domain.auditing import What
from bot.model import Kind
from bot.storage import holds as stored
from bot.storage.database import Row, Tx


class Held(Exception):
    """Nothing was erased: a legal hold is on that child. Its text is a line for people."""


async def add(tx: Tx, child: int, reason: str, now: int) -> bool:
    """False where there is no such child, or it is under one already."""
    added = await stored.add(tx, child, reason, now)
    if added:
        await auditing.note(tx, auditing.CLINIC, What.HELD, now, child=child)
    return added


async def end(tx: Tx, child: int, now: int) -> bool:
    """False where it is under none."""
    ended = await stored.end(tx, child, now)
    if ended:
        await auditing.note(tx, auditing.CLINIC, What.RELEASED, now, child=child)
    return ended


async def refuse(tx: Tx, child: int) -> None:
    """Raises `Held`."""
    if await stored.of_child(tx, child) is not None:
        raise Held(f"child {child} is under a legal hold; `hold release --child {child}` takes it away")


async def listed(tx: Tx) -> list[Row]:
    return await stored.every(tx)


async def of_account(tx: Tx, account: int) -> list[Row]:
    """Seats of a Telegram account under one, those that rest or have ended too: what it gave there may not go.

    Rows of id, name, role, child_id, child_name.
    """
    return await stored.of_account(tx, account)


async def refuse_account(tx: Tx, account: int) -> None:
    """Raises `Held`."""
    for row in await stored.of_account(tx, account):
        await refuse(tx, row["child_id"])


async def wished(tx: Tx, account: int, now: int) -> list[Row]:
    """A caregiver wished to delete what is held: it is on record, and a human decides. Returns `of_account`."""
    rows = await stored.of_account(tx, account)
    for one in rows:
        await auditing.note(tx, auditing.of(Kind.CAREGIVER, one["id"]), What.ERASURE_WISHED, now, person=one["id"])
    return rows
