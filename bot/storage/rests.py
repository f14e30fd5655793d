"""Times in which somebody is asked less or nothing: a pause, a busy week, illness. Local dates, both included."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import rest

_ADD = rest.insert().values(
    person_id=bindparam("person"),
    kind=bindparam("of_kind"),
    from_date=bindparam("first"),
    until_date=bindparam("last"),
    created_at=bindparam("now"),
)
_END = (
    rest.update()
    .where(rest.c.person_id == bindparam("person"), rest.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
_CURRENT = (
    sa.select(rest)
    .where(rest.c.person_id == bindparam("person"), rest.c.ended_at.is_(None), rest.c.until_date >= bindparam("today"))
    .order_by(rest.c.id.desc())
    .limit(1)
)


async def begin(tx: Tx, person_id: int, kind: str, first: str, last: str, now: int) -> None:
    """In the place of whatever rest there was: a person has one at a time."""
    await end(tx, person_id, now)
    await tx.run(_ADD, {"person": person_id, "of_kind": kind, "first": first, "last": last, "now": now})


async def end(tx: Tx, person_id: int, at: int) -> None:
    await tx.run(_END, {"person": person_id, "at": at})


async def current(tx: Tx, person_id: int, today: str) -> Row | None:
    """The rest that is not over on that local date."""
    return await tx.row(_CURRENT, {"person": person_id, "today": today})
