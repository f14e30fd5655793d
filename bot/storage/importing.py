"""Many families in one transaction: ids are reserved with one statement, rows are filled in by groups.

PostgreSQL keeps its own count of ids, so they are taken by inserting blank rows and never invented here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schedules import REVIEW_AFTER
from bot.storage.schema import access, child, invitation, person, schedule

_NUMBERS = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many)"
_BLANK_CHILDREN = sa.text(
    f"{_NUMBERS} INSERT INTO child (name, created_at) SELECT '', :now FROM numbers RETURNING id"  # noqa: S608 - ours
)
_BLANK_PEOPLE = sa.text(
    f"{_NUMBERS} INSERT INTO person (kind, name, language, timezone, created_at)"  # noqa: S608 - ours
    " SELECT 'caregiver', '', '', '', :now FROM numbers RETURNING id"
)
_CHILD = (
    child.update()
    .where(child.c.id == bindparam("child"))
    .values(name=bindparam("to_name"), birth_month=bindparam("born"), case_key=bindparam("to_case"))
)
_PERSON = (
    person.update()
    .where(person.c.id == bindparam("person"))
    .values(
        name=bindparam("to_name"), role=bindparam("to_role"), language=bindparam("speaks"), timezone=bindparam("lives")
    )
)
_ACCESS = access.insert().values(
    person_id=bindparam("person"), child_id=bindparam("child"), right=bindparam("right"), from_at=bindparam("now")
)
_SCHEDULE = schedule.insert().values(
    person_id=bindparam("person"),
    child_id=bindparam("child"),
    template=bindparam("template"),
    days=bindparam("days"),
    time=bindparam("time"),
    starts_on=bindparam("starts_on"),
    review_at=bindparam("now") + sa.literal_column(str(REVIEW_AFTER)),
    created_at=bindparam("now"),
)
_INVITATION = invitation.insert().values(
    code_hash=bindparam("code_hash"),
    person_id=bindparam("person"),
    created_at=bindparam("now"),
    expires_at=bindparam("expires_at"),
)
_VALID = stands(access)
_THERAPISTS = sa.select(person.c.id).where(person.c.kind == "therapist", person.c.removed_at.is_(None))
_CHILDREN = (
    sa.select(child.c.id, child.c.name, child.c.birth_month, child.c.case_key, access.c.person_id.label("therapist"))
    .select_from(access.join(child, child.c.id == access.c.child_id))
    .where(access.c.right == Right.TREAT.value, _VALID)
    .order_by(child.c.id)
)
_CAREGIVERS = (
    sa.select(access.c.child_id, person.c.name, person.c.role)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(access.c.right == Right.CARE.value, person.c.removed_at.is_(None), _VALID)
    .order_by(person.c.id)
)


async def therapists(tx: Tx) -> list[int]:
    return [row["id"] for row in await tx.rows(_THERAPISTS)]


async def children(tx: Tx, now: int) -> list[Row]:
    """Rows of id, name, birth_month, case_key, therapist: one for each right to treat."""
    return await tx.rows(_CHILDREN, {"now": now})


async def caregivers(tx: Tx, now: int) -> list[Row]:
    """Rows of child_id, name, role."""
    return await tx.rows(_CAREGIVERS, {"now": now})


async def reserve_children(tx: Tx, many: int, now: int) -> list[int]:
    """That many blank children, to be filled in this transaction."""
    return await _reserve(tx, _BLANK_CHILDREN, many, now)


async def reserve_people(tx: Tx, many: int, now: int) -> list[int]:
    """That many blank caregivers, to be filled in this transaction."""
    return await _reserve(tx, _BLANK_PEOPLE, many, now)


async def _reserve(tx: Tx, statement: sa.TextClause, many: int, now: int) -> list[int]:
    if not many:
        return []
    return sorted(row["id"] for row in await tx.rows(statement, {"many": many, "now": now}))


async def fill(
    tx: Tx,
    children_: Sequence[dict[str, Any]],
    people: Sequence[dict[str, Any]],
    rights: Sequence[dict[str, Any]],
    schedules: Sequence[dict[str, Any]],
    invitations: Sequence[dict[str, Any]],
) -> None:
    """Each a list of the values that the statements above name."""
    for statement, rows in (
        (_CHILD, children_),
        (_PERSON, people),
        (_ACCESS, rights),
        (_SCHEDULE, schedules),
        (_INVITATION, invitations),
    ):
        if rows:
            await tx.run_many(statement, rows)
