"""Times in which somebody is asked less or nothing: a pause, a busy week, illness; and school breaks, known beforehand.

Local dates, both included.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import person, rest

_ADD = rest.insert().values(
    person_id=bindparam("person"),
    kind=bindparam("of_kind"),
    from_date=bindparam("first"),
    until_date=bindparam("last"),
    created_at=bindparam("now"),
)
_TAKEN = rest.c.kind != "school"  # of those a person has one at a time
_END = (
    rest.update()
    .where(rest.c.person_id == bindparam("person"), rest.c.ended_at.is_(None), _TAKEN)
    .values(ended_at=bindparam("at"))
)
_CURRENT = (
    sa.select(rest)
    .where(rest.c.person_id == bindparam("person"), rest.c.ended_at.is_(None), rest.c.until_date >= bindparam("today"))
    .where(_TAKEN)
    .order_by(rest.c.id.desc())
    .limit(1)
)
_FREE = (
    sa.select(rest.c.from_date, rest.c.until_date)
    .where(rest.c.person_id == bindparam("person"), rest.c.ended_at.is_(None), rest.c.until_date >= bindparam("today"))
    .where(rest.c.kind != "busy")
)
_SEATS = sa.select(person.c.id).where(person.c.account_id == bindparam("account"), person.c.removed_at.is_(None))
_OPEN_BREAK = (rest.c.kind == "school", rest.c.ended_at.is_(None), rest.c.person_id.in_(_SEATS))
_BREAKS = (
    sa.select(rest.c.from_date, rest.c.until_date)
    .distinct()
    .where(*_OPEN_BREAK, rest.c.until_date >= bindparam("today"))
    .order_by(rest.c.from_date)
)
_DROP_BREAK = (
    rest.update()
    .where(*_OPEN_BREAK, rest.c.from_date == bindparam("first"), rest.c.until_date == bindparam("last"))
    .values(ended_at=bindparam("at"))
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


async def free(tx: Tx, person_id: int, today: str) -> list[Row]:
    """The dates on which nothing is asked, of whatever is not over."""
    return await tx.rows(_FREE, {"person": person_id, "today": today})


async def breaks(tx: Tx, account: int, today: str) -> list[Row]:
    """School breaks of that account's seats that are not over, the next one first."""
    return await tx.rows(_BREAKS, {"account": account, "today": today})


async def add_break(tx: Tx, person_id: int, first: str, last: str, now: int) -> None:
    await tx.run(_ADD, {"person": person_id, "of_kind": "school", "first": first, "last": last, "now": now})


async def drop_break(tx: Tx, account: int, first: str, last: str, at: int) -> None:
    await tx.run(_DROP_BREAK, {"account": account, "first": first, "last": last, "at": at})
