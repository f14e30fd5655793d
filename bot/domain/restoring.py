"""What an older copy of the data may not bring back: whoever was erased since, and what was to be said long ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import auditing, erasing
from bot.domain.erasing import Moment
from bot.storage import restoring as stored
from bot.storage.database import Tx
from bot.storage.erasures import Erased

STALE = 86_400_000  # ms: what could not be said for a day is no news any more


@dataclass(frozen=True, slots=True)
class Restored:
    """``erased`` are children and caregivers of the backup who were left out."""

    families: int
    erased: int


async def settle(tx: Tx, listed: Sequence[Erased], at: Moment) -> Restored:
    """Make an older copy fit for today."""
    erased = await erasing.obey(tx, listed, at)
    await auditing.note(tx, auditing.CLINIC, auditing.What.RESTORED, at.now)
    await stored.expire(tx, at.now - STALE, at.machine)
    return Restored(await stored.families(tx), erased)
