"""Signs of life for `status` and monitors."""

from __future__ import annotations

from datetime import date

from bot.storage import counters
from bot.storage.database import Tx

LAST_POLL = "last_poll_ms"


async def polled(tx: Tx, machine_ms: int) -> None:
    """Telegram last answered at that moment of the machine's time."""
    await counters.put(tx, LAST_POLL, machine_ms)


async def backed_up(tx: Tx, machine_ms: int) -> None:
    """The daily backup was made at that moment of the machine's time."""
    await counters.put(tx, counters.LAST_BACKUP, machine_ms)


async def handed_on(tx: Tx, on: date, *, well: bool) -> None:
    """The backup of that date went through the operator's own program, or did not."""
    await counters.put(tx, counters.BACKUP_HOOK, int(well))
    await counters.put(tx, counters.HANDED_ON, on.toordinal() if well else 0)


async def is_handed_on(tx: Tx, on: date) -> bool:
    return await counters.get(tx, counters.HANDED_ON) == on.toordinal()


async def stranger(tx: Tx) -> None:
    """Somebody without a seat wrote: one more, and no trace of who."""
    await counters.count(tx, "strangers")
