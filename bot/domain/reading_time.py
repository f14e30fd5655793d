"""Who reads what a family sends, and when: said with each note, so that nobody waits for an answer tonight."""

from __future__ import annotations

from bot.storage import schedules
from bot.storage.database import Tx


async def next_reader(tx: Tx, child_id: int, now: int) -> tuple[str, int | None] | None:
    """The first therapist's name and the moment of the next digest (ms), None where none is planned."""
    row = await schedules.reader(tx, child_id, now)
    return None if row is None else (row["name"], row["at"])
