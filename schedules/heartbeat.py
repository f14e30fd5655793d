"""Every few seconds: a mark that the program lives and when it last heard from Telegram, for `status` and monitors."""

from __future__ import annotations

from bot.domain import vital_signs
from bot.storage.database import Database


async def tick(db: Database, last_poll_ms: int) -> None:
    """`last_poll_ms` is the machine's time of the last answer to getUpdates; 0: none yet."""
    if last_poll_ms:
        await db.write(lambda tx: vital_signs.polled(tx, last_poll_ms))
