"""Who works at the clinic, for the command line."""

from __future__ import annotations

from typing import Any

from bot.domain import auditing, handing_over
from bot.domain.auditing import What
from bot.domain.handing_over import Handed
from bot.storage import rota, staff
from bot.storage.database import Tx


async def therapists(tx: Tx, now: int) -> list[dict[str, Any]]:
    """``{"id", "name", "language", "timezone", "joined", "families"}`` for each seat."""
    names = ("id", "name", "language", "timezone", "families")
    return [
        {**{name: row[name] for name in names}, "joined": row["joined_at"] is not None}
        for row in await staff.therapists(tx, now)
    ]


async def remove(tx: Tx, therapist: int, now: int, to: int | None = None) -> list[Handed] | None:
    """Close a therapist's seat; families and their entries stay, with ``to`` where one is named.

    None where there is no such therapist, or no such other.
    """
    handed = await handing_over.leave(tx, therapist, to, now)
    if handed is not None:
        await auditing.note(tx, auditing.CLINIC, What.RIGHT_ENDED, now, person=therapist)
    return handed


async def email(tx: Tx, therapist: int, address: str) -> bool:
    """Where alarms go by e-mail; "" nowhere. False where there is no such therapist."""
    return await rota.set_email(tx, therapist, address)
