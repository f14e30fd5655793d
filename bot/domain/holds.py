"""A legal hold: of this child nothing is erased, by no tap, no command and no retention, until it is taken away."""

from __future__ import annotations

from bot.domain import auditing
from bot.domain.auditing import What
from bot.model import Account, Kind
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


async def on(tx: Tx, account: Account) -> bool:
    """Whether what this caregiver gave is under one."""
    return any([await stored.of_person(tx, one.id) for one in account.caregivers])


async def wished(tx: Tx, account: Account, now: int) -> None:
    """A caregiver wished to delete what is held: it is on record, and a human decides."""
    for one in account.caregivers:
        await auditing.note(tx, auditing.of(Kind.CAREGIVER, one.id), What.ERASURE_WISHED, now, person=one.id)
