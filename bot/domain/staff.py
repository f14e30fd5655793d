"""Who works at the clinic, for the command line."""

from __future__ import annotations

from typing import Any

from bot.domain import auditing
from bot.domain.auditing import What
from bot.storage import rota, staff
from bot.storage.database import Tx


async def therapists(tx: Tx, now: int) -> list[dict[str, Any]]:
    """``{"id", "name", "language", "timezone", "joined", "families"}`` for each seat."""
    names = ("id", "name", "language", "timezone", "families")
    return [
        {**{name: row[name] for name in names}, "joined": row["joined_at"] is not None}
        for row in await staff.therapists(tx, now)
    ]


async def remove(tx: Tx, therapist: int, now: int) -> bool:
    """Close a therapist's seat; families and their entries stay. False where there is no such therapist."""
    if not await staff.leave(tx, therapist, now):
        return False
    await auditing.note(tx, auditing.CLINIC, What.RIGHT_ENDED, now, person=therapist)
    return True


async def email(tx: Tx, therapist: int, address: str) -> bool:
    """Where alarms go by e-mail; "" nowhere. False where there is no such therapist."""
    return await rota.set_email(tx, therapist, address)
