"""Caregivers who have left something unanswered: how often in a row, since when, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schema import access, account, check_in, child, person, silence

_UNANSWERED = sa.text(
    "INSERT INTO silence (person_id, unanswered, since) VALUES (:person, 1, :due_at)"
    " ON CONFLICT (person_id) DO UPDATE SET unanswered = silence.unanswered + 1,"
    " since = CASE WHEN silence.unanswered = 0 THEN excluded.since ELSE silence.since END"
)
_OF = sa.select(silence).where(silence.c.person_id == bindparam("person"))
_ASK = silence.update().where(silence.c.person_id == bindparam("person")).values(ask=1)
_OF_ACCOUNT = silence.update().where(
    silence.c.person_id.in_(sa.select(person.c.id).where(person.c.account_id == bindparam("account")))
)
_ASKED = _OF_ACCOUNT.values(ask=0, asked_at=bindparam("at"))
_STOP = (
    silence.update()
    .where(silence.c.person_id == bindparam("person"))
    .values(stopped_at=bindparam("at"), ask=0, told_at=None, contacted_at=None)
)
_TOLD = _OF_ACCOUNT.values(told_at=bindparam("at"))
_SPOKEN = _OF_ACCOUNT.values(unanswered=0, since=None, ask=0, stopped_at=None, told_at=None, contacted_at=None)
_RECENT = (
    sa.select(check_in.c.state, check_in.c.state_reason, sa.func.count().label("many"))
    .where(
        check_in.c.person_id == bindparam("person"),
        check_in.c.local_date >= bindparam("first_date"),
        check_in.c.schedule_id.is_not(None),
    )
    .group_by(check_in.c.state, check_in.c.state_reason)
)
_treats, _cares = access.alias("treats"), access.alias("cares")


_TASKS = (
    sa.select(
        silence.c.person_id,
        silence.c.stopped_at,
        silence.c.since,
        person.c.name,
        person.c.role,
        child.c.id.label("child_id"),
        child.c.name.label("child_name"),
    )
    .select_from(
        _treats.join(_cares, (_cares.c.child_id == _treats.c.child_id) & (_cares.c.right == Right.CARE.value))
        .join(silence, silence.c.person_id == _cares.c.person_id)
        .join(person, person.c.id == silence.c.person_id)
        .join(account, account.c.id == person.c.account_id)
        .join(child, child.c.id == _cares.c.child_id)
    )
    .where(
        _treats.c.person_id == bindparam("therapist"),
        _treats.c.right == Right.TREAT.value,
        silence.c.stopped_at.is_not(None),
        silence.c.contacted_at.is_(None),
        person.c.removed_at.is_(None),
        stands(_treats),
        stands(_cares),
        may(_cares, May.GIVE),
    )
    .order_by(silence.c.stopped_at, silence.c.person_id)
)
_CONTACTED = silence.update().where(silence.c.person_id == bindparam("person")).values(contacted_at=bindparam("at"))


async def unanswered(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of (person, due_at): one more in a row."""
    await tx.run_many(_UNANSWERED, rows)


async def of(tx: Tx, person_id: int) -> Row | None:
    return await tx.row(_OF, {"person": person_id})


async def recent(tx: Tx, person_id: int, first_date: str) -> list[Row]:
    """How many planned check-ins ended in which state since a local date: (state, state_reason, many)."""
    return await tx.rows(_RECENT, {"person": person_id, "first_date": first_date})


async def ask(tx: Tx, person_id: int) -> None:
    """At the next moment they are asked what would fit."""
    await tx.run(_ASK, {"person": person_id})


async def asked(tx: Tx, telegram_id: int, at: int) -> None:
    """For every seat of that account."""
    await tx.run(_ASKED, {"account": telegram_id, "at": at})


async def stop(tx: Tx, person_id: int, at: int) -> None:
    """Nothing is asked any more until they speak."""
    await tx.run(_STOP, {"person": person_id, "at": at})


async def told(tx: Tx, telegram_id: int, at: int) -> None:
    """For every seat of that account."""
    await tx.run(_TOLD, {"account": telegram_id, "at": at})


async def spoken(tx: Tx, telegram_id: int) -> None:
    """A word or a tap: every seat of that account is with us again."""
    await tx.run(_SPOKEN, {"account": telegram_id})


async def tasks(tx: Tx, therapist: int, now: int) -> list[Row]:
    """Whom this therapist is asked to contact: a row for each of their children."""
    return await tx.rows(_TASKS, {"therapist": therapist, "now": now})


async def contacted(tx: Tx, person_id: int, at: int) -> None:
    await tx.run(_CONTACTED, {"person": person_id, "at": at})
