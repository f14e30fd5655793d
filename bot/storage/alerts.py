"""Presses of "Urgent help": kept verbatim with their times, never deleted by a tap."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.schema import access, alert, child, person

_ADD = alert.insert().values(
    child_id=bindparam("child"),
    person_id=bindparam("person"),
    press=bindparam("of_press"),
    source=bindparam("source"),
    at=bindparam("at"),
)
_OWN = (
    sa.select(alert)
    .select_from(alert.join(person, person.c.id == alert.c.person_id))
    .where(alert.c.press == bindparam("of_press"), person.c.account_id == bindparam("account"))
    .order_by(alert.c.id)
)
_DANGER = alert.update().where(alert.c.press == bindparam("of_press")).values(danger=bindparam("to_danger"))
_FALSE = alert.update().where(alert.c.press == bindparam("of_press")).values(false_alarm_at=bindparam("now"))
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
        alert.c.press == bindparam("of_press"),
        _seer.c.account_id == bindparam("account"),
        _seer.c.removed_at.is_(None),
        sa.or_(access.c.until_at.is_(None), access.c.until_at > bindparam("now")),
    )
    .order_by(alert.c.id)
)
_SEEN = (
    alert.update().where(alert.c.id == bindparam("alert"), alert.c.seen_at.is_(None)).values(seen_at=bindparam("now"))
)


async def add(tx: Tx, child_id: int, person_id: int, press: int, source: str, at: int) -> None:
    """``press`` is the same for every child that one press is about."""
    await tx.run(_ADD, {"child": child_id, "person": person_id, "of_press": press, "source": source, "at": at})


async def own(tx: Tx, account: int, press: int) -> list[Row]:
    """What this account raised with that press: a row for each child."""
    return await tx.rows(_OWN, {"account": account, "of_press": press})


async def danger(tx: Tx, press: int, answer: str) -> None:
    await tx.run(_DANGER, {"of_press": press, "to_danger": answer})


async def false_alarm(tx: Tx, press: int, now: int) -> None:
    """Closes the card, not the record."""
    await tx.run(_FALSE, {"of_press": press, "now": now})


async def for_therapist(tx: Tx, account: int, press: int, now: int) -> list[Row]:
    """What that press says about children whom this therapist treats."""
    return await tx.rows(_FOR_THERAPIST, {"account": account, "of_press": press, "now": now})


async def seen(tx: Tx, alert_id: int, now: int) -> None:
    await tx.run(_SEEN, {"alert": alert_id, "now": now})
