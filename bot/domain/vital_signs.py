"""Signs of life for `status` and monitors."""

from __future__ import annotations

from bot.storage import counters
from bot.storage.database import Tx

LAST_POLL = "last_poll_ms"


async def polled(tx: Tx, machine_ms: int) -> None:
    """Telegram last answered at that moment of the machine's time."""
    await counters.put(tx, LAST_POLL, machine_ms)


async def handed_on(tx: Tx, *, well: bool) -> None:
    """The newest backup went through the operator's own program, or did not."""
    await counters.put(tx, counters.BACKUP_HOOK, int(well))


async def stranger(tx: Tx) -> None:
    """Somebody without a seat wrote: one more, and no trace of who."""
    await counters.count(tx, "strangers")
