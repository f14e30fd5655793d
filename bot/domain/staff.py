"""Who works at the clinic, for the command line."""

from __future__ import annotations

from typing import Any

from bot.domain import auditing, handing_over
from bot.domain.auditing import What
from bot.domain.handing_over import Handed
from bot.model import Person
from bot.storage import people, rota, staff
from bot.storage.database import Tx


async def therapists(tx: Tx, now: int) -> list[dict[str, Any]]:
    """``{"id", "name", "language", "timezone", "families", "joined", "admin"}`` for each seat."""
    names = ("id", "name", "language", "timezone", "families")
    return [
        {**{name: row[name] for name in names}, "joined": row["joined_at"] is not None, "admin": bool(row["admin"])}
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


async def set_admin(tx: Tx, therapist: int, now: int, *, on: bool) -> bool:
    """Whether they arrange the clinic, too. False where there is no such therapist."""
    if not await staff.set_admin(tx, therapist, on=on):
        return False
    await auditing.note(tx, auditing.CLINIC, What.ADMIN_GIVEN if on else What.ADMIN_ENDED, now, person=therapist)
    return True


async def admins(tx: Tx) -> list[Person]:
    """Who arranges the clinic, and has a chat."""
    return [people.to_person(row) for row in await staff.admins(tx)]


async def here(tx: Tx) -> list[Person]:
    """Who works here now, and has a chat."""
    return [people.to_person(row) for row in await staff.here(tx)]


async def email(tx: Tx, therapist: int, address: str, now: int) -> bool:
    """Where alarms go by e-mail; "" nowhere. False where there is no such therapist."""
    if not await rota.set_email(tx, therapist, address):
        return False
    await auditing.note(tx, auditing.CLINIC, What.SEAT_CHANGED, now, person=therapist)
    return True
