"""Accounts whose messages may be lost, until they were told so."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import account, person

_mine = person.alias("mine")
_SEATED = sa.exists().where(person.c.account_id == account.c.id, person.c.removed_at.is_(None))
_MARK = account.update().where(_SEATED, account.c.stopped_at.is_(None)).values(lost_from=bindparam("lost"))
_FIRST = (  # a caregiver's seat before a therapist's, whose hours are narrower
    sa.select(_mine.c.id)
    .where(_mine.c.account_id == account.c.id, _mine.c.removed_at.is_(None))
    .order_by(_mine.c.kind, _mine.c.id)
    .limit(1)
    .scalar_subquery()
)
_UNTOLD = (
    sa.select(
        person.c.account_id,
        person.c.kind,
        person.c.language,
        person.c.address,
        person.c.timezone,
        person.c.quiet_from,
        person.c.quiet_until,
        person.c.weekend,
    )
    .select_from(account.join(person, person.c.id == _FIRST))
    .where(account.c.lost_from.is_not(None), account.c.blocked_at.is_(None))
    .order_by(account.c.lost_from, account.c.id)
)
_TOLD = account.update().where(account.c.id == bindparam("account")).values(lost_from=None)


async def may_have_lost(tx: Tx, since: int) -> None:
    """Everybody who has a seat and takes messages."""
    await tx.run(_MARK, {"lost": since})


async def untold(tx: Tx) -> list[Row]:
    """One row an account, of the seat whose hours count."""
    return await tx.rows(_UNTOLD)


async def told(tx: Tx, accounts: Sequence[int]) -> None:
    await tx.run_many(_TOLD, [{"account": one} for one in accounts])
