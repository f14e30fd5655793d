"""Every ten minutes: is today's backup there, in order, and handed on? It is made beside the writers, in a thread."""

from __future__ import annotations

import asyncio
from datetime import date
from zoneinfo import ZoneInfo

from bot import hook, log
from bot.clock import from_ms
from bot.domain import auditing, keeping, vital_signs
from bot.domain.keeping import Keeping
from bot.house import House
from bot.storage.database import Database, Tx

_log = log.get(__name__)


async def tick(db: Database, kept: Keeping | None, house: House) -> bool:
    """Whether one was made. What fails says so, and is tried again at the next turn."""
    if kept is None:
        return False
    machine, now = house.clock.machine_ms(), house.clock.now_ms()
    on = from_ms(now).astimezone(ZoneInfo(house.timezone)).date()
    made = None
    try:
        made = await asyncio.to_thread(keeping.daily, kept, on)
        if made is not None:
            _log.info("backup_made", file=str(made))
            await db.write(lambda tx: _made(tx, machine, now))
        await asyncio.to_thread(keeping.put_in_order, kept, on, machine, now)
    except keeping.FAILURES as error:
        _log.error("backup_failed", folder=str(kept.folder), error=f"{type(error).__name__}: {error}")
    await _hand_on(db, kept, on, new=made is not None)
    return made is not None


async def _made(tx: Tx, machine: int, now: int) -> None:
    await vital_signs.backed_up(tx, machine)
    await auditing.note(tx, auditing.CLINIC, auditing.What.COPIED, now)


async def _hand_on(db: Database, kept: Keeping, on: date, *, new: bool) -> None:
    """The backup of that date, until the operator's program has taken it; a stop on the way is no end of it."""
    file = keeping.of(kept, on)
    if not kept.hook or not file.exists():
        return
    if not new and await db.read(lambda tx: vital_signs.is_handed_on(tx, on)):
        return
    wrong = await hook.run(kept.hook, file.absolute())
    if wrong:
        _log.error("backup_hook_failed", file=str(file), error=wrong)
    await db.write(lambda tx: vital_signs.handed_on(tx, on, well=not wrong))
