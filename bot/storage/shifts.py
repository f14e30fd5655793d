"""What moved a check-in from its planned moment, or showed it once more: written as it happens, read to explain it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam

from bot.storage.database import Tx
from bot.storage.schema import shift

_ADD = shift.insert().values(
    check_in_id=bindparam("check_in"), kind=bindparam("of_kind"), at=bindparam("at_ms"), slot=bindparam("from_slot")
)


async def add(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of (check_in, of_kind, at_ms, from_slot)."""
    await tx.run_many(_ADD, rows)
