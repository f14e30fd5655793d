"""Who of those who work here is family of a child, too: what the child's other caregivers say is not for them.

An account counts that cares, or cared, for the child with any seat, one that was suspended too.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Tx
from bot.storage.may import stands
from bot.storage.schema import access, person

_seat, _care = person.alias("kin"), access.alias("kin_care")
_CARES = (_care.c.right == Right.CARE.value, _seat.c.id == _care.c.person_id)


def cares(account: sa.ColumnElement[int], child: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether that account is family of the child."""
    of_account = sa.or_(_seat.c.account_id == account, _seat.c.suspended_account == account)
    return sa.exists().where(_care.c.child_id == child, *_CARES, of_account).correlate_except(_seat, _care)


_ACCOUNTS = (
    sa.select(sa.func.coalesce(_seat.c.account_id, _seat.c.suspended_account).label("account"))
    .distinct()
    .select_from(_care.join(_seat, _seat.c.id == _care.c.person_id))
    .where(_care.c.child_id == bindparam("child"), _care.c.right == Right.CARE.value)
)


async def accounts(tx: Tx, child_id: int) -> frozenset[int]:
    """The accounts that are family of the child."""
    return frozenset(row["account"] for row in await tx.rows(_ACCOUNTS, {"child": child_id}) if row["account"])


# Joining: who holds a seat once this one is theirs, and what they then are to a child.
_ME: sa.BindParameter[int] = bindparam("account", type_=sa.BigInteger)
_JOINS: sa.BindParameter[int] = bindparam("seat", type_=sa.BigInteger)
_joins, _treats, _cares_too, _shares = (access.alias(name) for name in ("joins", "treats", "cares_too", "shares"))
_reader, _family, _other = (person.alias(name) for name in ("reader", "family", "other"))


def _whose(seat: sa.FromClause) -> sa.ColumnElement[int]:
    return sa.case((seat.c.id == _JOINS, _ME), else_=sa.func.coalesce(seat.c.account_id, seat.c.suspended_account))


_READS_ANOTHER = (
    sa.select(_whose(_reader).label("reader"))
    .select_from(
        _treats.join(_reader, _reader.c.id == _treats.c.person_id)
        .join(_cares_too, _cares_too.c.child_id == _treats.c.child_id)
        .join(_family, _family.c.id == _cares_too.c.person_id)
        .join(_shares, _shares.c.child_id == _treats.c.child_id)
        .join(_other, _other.c.id == _shares.c.person_id)
    )
    .where(
        _treats.c.child_id.in_(sa.select(_joins.c.child_id).where(_joins.c.person_id == _JOINS)),
        _treats.c.right == Right.TREAT.value,
        _reader.c.removed_at.is_(None),
        sa.or_(
            stands(_treats),
            _treats.c.suspended_at.is_not(None),
        ),
        _cares_too.c.right == Right.CARE.value,
        _whose(_reader) == _whose(_family),
        _shares.c.right == Right.CARE.value,
        sa.or_(_other.c.id == _JOINS, _other.c.joined_at.is_not(None)),
        _whose(_other) != _whose(_reader),
    )
    .order_by(sa.case((_whose(_reader) == _ME, 0), else_=1))
    .limit(1)
)


async def reader_of_another(tx: Tx, seat: int, account: int, now: int) -> int | None:
    """The account that would treat a child, be its family, and read another of the family, were this seat joined."""
    row = await tx.row(_READS_ANOTHER, {"seat": seat, "account": account, "now": now})
    return None if row is None else int(row["reader"])
