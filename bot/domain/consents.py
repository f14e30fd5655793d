"""What a caregiver allowed, and when. The newest word counts; every older one is kept."""

from __future__ import annotations

from bot.model import Account, Purpose
from bot.storage import consents as stored
from bot.storage import notes
from bot.storage.database import Tx

TEXT_VERSION = "2026-11"  # of the consent texts in the catalogue; changes with them


async def record(tx: Tx, account: Account, purpose: Purpose, *, given: bool, now: int) -> None:
    """One yes or no of a person, for each child they care for."""
    for person in account.caregivers:
        await stored.add(tx, person.id, purpose.value, TEXT_VERSION, person.language, now, given=given)


async def given(tx: Tx, account: Account, purpose: Purpose) -> bool | None:
    """The newest word of this account; None where it was never asked."""
    return await notes.consented(tx, account.telegram_id, purpose.value)
