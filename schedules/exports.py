"""Making a caregiver's own copy: read and written outside the writing transaction, delivered with the job's end.

Should something be erased meanwhile, it is made again.
"""

from __future__ import annotations

import asyncio

from bot.domain import auditing, leaving, sending
from bot.domain.auditing import What
from bot.domain.leaving import Own
from bot.house import House
from bot.model import Outgoing, Screen
from bot.storage import jobs
from bot.storage.database import Database, Row, Tx
from bot.storage.ids import new_id
from bot.text.screens import leaving as screens


async def make(db: Database, house: House, job: Row) -> None:
    """One job of the kind "export". Whoever has left meanwhile gets nothing."""
    now = house.clock.now_ms()
    own = await db.read(lambda tx: leaving.own(tx, job["person_id"], now))
    files: tuple[Screen, ...] = ()
    if own is not None:
        voice = house.voice(own.person.language, own.person.address)
        files = await asyncio.to_thread(screens.copies, voice, own, house.clinic)  # years of entries take a while
    await db.write(lambda tx: _deliver(tx, job, own, files, now))


async def _deliver(tx: Tx, job: Row, own: Own | None, files: tuple[Screen, ...], now: int) -> None:
    if own is not None and not await leaving.still_own(tx, own, now):
        return
    if await jobs.finish(tx, job["id"]) and own is not None:
        await auditing.note(tx, auditing.of(own.person.kind, own.person.id), What.EXPORTED, now)
        await sending.put(tx, [Outgoing(new_id(), own.chat, one) for one in files], now)
