"""Flags as a therapist was told of them last, and for how long they were put off. Scoped by the therapist."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.holds import HELD
from bot.storage.schema import raised

_OF = sa.select(raised).where(raised.c.person_id == bindparam("therapist")).order_by(raised.c.id)
_TELL = sa.text(
    "INSERT INTO raised (person_id, child_id, key, weight, told_at, snoozed_until, reason, words)"
    " VALUES (:therapist, :child, :key, :weight, :now, 0, '', '')"
    " ON CONFLICT (person_id, child_id, key) DO UPDATE SET"
    " weight = excluded.weight, told_at = excluded.told_at, snoozed_until = 0, reason = '', words = ''"
)
_ADD = sa.text(
    "INSERT INTO raised (person_id, child_id, key, weight, told_at, snoozed_until, reason, words)"
    " VALUES (:therapist, :child, :key, :weight, :now, 0, '', '')"
    " ON CONFLICT (person_id, child_id, key) DO NOTHING"
)
_SNOOZE = (
    raised.update()
    .where(
        raised.c.person_id == bindparam("therapist"),
        raised.c.child_id == bindparam("child"),
        raised.c.key == bindparam("of_key"),
    )
    .values(
        weight=bindparam("to_weight"),
        snoozed_until=bindparam("until"),
        reason=bindparam("to_reason"),
        words=bindparam("to_words"),
    )
)
FORGET = raised.delete().where(
    raised.c.told_at < bindparam("before"),
    raised.c.snoozed_until < bindparam("before"),
    raised.c.child_id.not_in(HELD),
)


async def of(tx: Tx, therapist: int) -> list[Row]:
    """Everything this therapist was told of and put off."""
    return await tx.rows(_OF, {"therapist": therapist})


async def tell(tx: Tx, therapist: int, told: Sequence[tuple[int, str, int]], now: int) -> None:
    """(child, key, weight) of flags that are told as new now; whatever had put them off has ended."""
    await tx.run_many(_TELL, [_values(therapist, *one, now) for one in told])


async def snooze(
    tx: Tx, therapist: int, child: int, key: str, weight: int, until: int, reason: str, words: str, now: int
) -> None:
    """Put off until that moment (ms); 0: no longer."""
    await tx.run(_ADD, _values(therapist, child, key, weight, now))
    values = {"therapist": therapist, "child": child, "of_key": key, "to_weight": weight, "until": until}
    await tx.run(_SNOOZE, {**values, "to_reason": reason, "to_words": words})


async def forget(tx: Tx, before: int) -> int:
    """Drop what has played no part since that moment; returns how many."""
    return await tx.run(FORGET, {"before": before})


def _values(therapist: int, child: int, key: str, weight: int, now: int) -> dict[str, int | str]:
    return {"therapist": therapist, "child": child, "key": key, "weight": weight, "now": now}
