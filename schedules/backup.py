"""Every ten minutes: is today's backup there? It is made beside the writers, in a thread, and then handed on."""

from __future__ import annotations

import asyncio
from zoneinfo import ZoneInfo

from bot import hook, log
from bot.clock import from_ms
from bot.domain import auditing, keeping, vital_signs
from bot.domain.keeping import Keeping
from bot.house import House
from bot.storage.database import Database

_log = log.get(__name__)


async def tick(db: Database, kept: Keeping | None, house: House) -> bool:
    """Whether one was made. One that fails says so, and is tried again at the next turn."""
    if kept is None:
        return False
    machine, now = house.clock.machine_ms(), house.clock.now_ms()
    on = from_ms(now).astimezone(ZoneInfo(house.timezone)).date()
    try:
        made = await asyncio.to_thread(keeping.daily, kept, on, machine, now)
    except keeping.FAILURES as error:
        _log.error("backup_failed", folder=str(kept.folder), error=f"{type(error).__name__}: {error}")
        return False
    if made is None:
        return False
    _log.info("backup_made", file=str(made))
    await db.write(lambda tx: auditing.note(tx, auditing.CLINIC, auditing.What.COPIED, now))
    if kept.hook:
        wrong = await hook.run(kept.hook, made.absolute())
        if wrong:
            _log.error("backup_hook_failed", file=str(made), error=wrong)
        await db.write(lambda tx: vital_signs.handed_on(tx, well=not wrong))
    return True
