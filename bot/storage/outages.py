"""Accounts whose messages may be lost, until they were told so."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import account, person

_SEATED = sa.exists().where(person.c.account_id == account.c.id, person.c.removed_at.is_(None))
_MARK = account.update().where(_SEATED, account.c.stopped_at.is_(None)).values(lost_from=bindparam("lost"))
_UNTOLD = (
    sa.select(
        account.c.id.label("account_id"),
        sa.func.min(person.c.language).label("language"),
        sa.func.min(person.c.address).label("address"),
        sa.func.min(person.c.timezone).label("timezone"),
        sa.func.min(person.c.quiet_from).label("quiet_from"),
        sa.func.min(person.c.quiet_until).label("quiet_until"),
    )
    .select_from(account.join(person, person.c.account_id == account.c.id))
    .where(account.c.lost_from.is_not(None), account.c.blocked_at.is_(None), person.c.removed_at.is_(None))
    .group_by(account.c.id)
    .order_by(account.c.id)
)
_TOLD = account.update().where(account.c.id == bindparam("account")).values(lost_from=None)


async def may_have_lost(tx: Tx, since: int) -> None:
    """Everybody who has a seat and takes messages."""
    await tx.run(_MARK, {"lost": since})


async def untold(tx: Tx) -> list[Row]:
    return await tx.rows(_UNTOLD)


async def told(tx: Tx, accounts: Sequence[int]) -> None:
    await tx.run_many(_TOLD, [{"account": one} for one in accounts])
