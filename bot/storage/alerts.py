"""Presses of "Urgent help": kept verbatim with their times, never deleted by a tap."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.schema import access, alert, child, person

_ADD = (
    alert.insert()
    .values(child_id=bindparam("child"), person_id=bindparam("person"), source=bindparam("source"), at=bindparam("at"))
    .returning(alert.c.id)
)
_OWN = (
    sa.select(alert)
    .select_from(alert.join(person, person.c.id == alert.c.person_id))
    .where(alert.c.id == bindparam("alert"), person.c.account_id == bindparam("account"))
)
_DANGER = alert.update().where(alert.c.id == bindparam("alert")).values(danger=bindparam("to_danger"))
_FALSE = alert.update().where(alert.c.id == bindparam("alert")).values(false_alarm_at=bindparam("now"))
_seer = person.alias("seer")
_FOR_THERAPIST = (
    sa.select(
        alert,
        child.c.name.label("child_name"),
        person.c.name.label("caregiver_name"),
        person.c.role.label("caregiver_role"),
    )
    .select_from(
        alert.join(child, child.c.id == alert.c.child_id)
        .join(person, person.c.id == alert.c.person_id)
        .join(access, (access.c.child_id == alert.c.child_id) & (access.c.right == Right.TREAT.value))
        .join(_seer, _seer.c.id == access.c.person_id)
    )
    .where(
        alert.c.id == bindparam("alert"),
        _seer.c.account_id == bindparam("account"),
        _seer.c.removed_at.is_(None),
        sa.or_(access.c.until_at.is_(None), access.c.until_at > bindparam("now")),
    )
)
_SEEN = (
    alert.update().where(alert.c.id == bindparam("alert"), alert.c.seen_at.is_(None)).values(seen_at=bindparam("now"))
)


async def add(tx: Tx, child_id: int, person_id: int, source: str, at: int) -> int:
    row = await tx.row(_ADD, {"child": child_id, "person": person_id, "source": source, "at": at})
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def own(tx: Tx, account: int, alert_id: int) -> Row | None:
    """An alert that this account raised."""
    return await tx.row(_OWN, {"account": account, "alert": alert_id})


async def danger(tx: Tx, alert_id: int, answer: str) -> None:
    await tx.run(_DANGER, {"alert": alert_id, "to_danger": answer})


async def false_alarm(tx: Tx, alert_id: int, now: int) -> None:
    """Closes the card, not the record."""
    await tx.run(_FALSE, {"alert": alert_id, "now": now})


async def for_therapist(tx: Tx, account: int, alert_id: int, now: int) -> Row | None:
    """An alert about a child whom this therapist treats."""
    return await tx.row(_FOR_THERAPIST, {"account": account, "alert": alert_id, "now": now})


async def seen(tx: Tx, alert_id: int, now: int) -> None:
    await tx.run(_SEEN, {"alert": alert_id, "now": now})
