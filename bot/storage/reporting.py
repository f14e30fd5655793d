"""What a report needs beside the export: which home step was asked about, when. Scoped by who is to read it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.schema import access, check_in, child, person

_treats = (
    sa.select(access.c.child_id)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(
        access.c.person_id == bindparam("therapist"),
        access.c.right == Right.TREAT.value,
        person.c.removed_at.is_(None),
        sa.or_(access.c.until_at.is_(None), access.c.until_at > bindparam("now")),
    )
)
_TREATED = sa.select(child.c.id, child.c.name, child.c.gender).where(child.c.id.in_(_treats)).order_by(child.c.id)
_STEPS = (
    sa.select(check_in.c.local_date, check_in.c.step)
    .where(check_in.c.child_id == bindparam("child"), check_in.c.child_id.in_(_treats), check_in.c.step != "")
    .order_by(check_in.c.local_date, check_in.c.due_at)
)
_OWN_STEPS = (
    sa.select(check_in.c.local_date, check_in.c.step)
    .select_from(check_in.join(person, person.c.id == check_in.c.person_id))
    .where(
        check_in.c.child_id == bindparam("child"), person.c.account_id == bindparam("account"), check_in.c.step != ""
    )
    .order_by(check_in.c.local_date, check_in.c.due_at)
)


async def treated(tx: Tx, therapist: int, now: int) -> list[Row]:
    """Rows of (id, name, gender)."""
    return await tx.rows(_TREATED, {"therapist": therapist, "now": now})


async def steps(tx: Tx, therapist: int, child_id: int, now: int) -> list[Row]:
    """Rows of (local_date, step), as every caregiver of the child was asked."""
    return await tx.rows(_STEPS, {"therapist": therapist, "child": child_id, "now": now})


async def own_steps(tx: Tx, telegram_id: int, child_id: int) -> list[Row]:
    """The same, as this account was asked."""
    return await tx.rows(_OWN_STEPS, {"account": telegram_id, "child": child_id})
