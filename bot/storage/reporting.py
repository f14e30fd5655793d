"""Of whom a therapist may have a report."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, child, person

_treats = (
    sa.select(access.c.child_id)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(
        access.c.person_id == bindparam("therapist"),
        access.c.right == Right.TREAT.value,
        person.c.removed_at.is_(None),
        stands(access),
    )
)
_TREATED = sa.select(child.c.id, child.c.name, child.c.gender).where(child.c.id.in_(_treats)).order_by(child.c.id)


async def treated(tx: Tx, therapist: int, now: int) -> list[Row]:
    """Rows of (id, name, gender)."""
    return await tx.rows(_TREATED, {"therapist": therapist, "now": now})
