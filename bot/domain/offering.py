"""What an offer at the end of a check-in needs to know."""

from __future__ import annotations

from datetime import date

from bot.domain import coping
from bot.domain.checkins import View
from bot.storage import checkins as stored
from bot.storage.database import Tx


async def level(tx: Tx, account: int, view: View, card: str, now: int) -> coping.Level | None:
    """For which age a coping card is worded for the child of this check-in. None where it is not this account's."""
    row = await stored.load(tx, account, view.id, now)
    if row is None or card not in coping.load():
        return None
    return coping.level(coping.load()[card], row["birth_month"], date.fromisoformat(view.local_date))
