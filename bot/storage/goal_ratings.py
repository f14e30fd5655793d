"""How close the child is to a goal, 0 to 10, as caregivers answered it in check-ins (T6)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.goals import OWN_CHILDREN, TREATED
from bot.storage.schema import answer, check_in

TEMPLATE, QUESTION = "goals", "close."  # followed by the goal, as `key` writes it
_RATINGS = (
    sa.select(
        check_in.c.child_id,
        check_in.c.id.label("check_in_id"),
        check_in.c.local_date,
        answer.c.person_id,
        answer.c.question,
        answer.c.value,
        answer.c.late,
        answer.c.answered_at,
    )
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(
        check_in.c.template == TEMPLATE,
        answer.c.question.like(f"{QUESTION}g%"),
        answer.c.value.is_not(None),
        answer.c.skipped == 0,
    )
    .order_by(answer.c.answered_at, answer.c.id)
)
_BESIDE = (
    sa.select(answer, check_in.c.local_date)
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(
        check_in.c.template == TEMPLATE,
        sa.or_(answer.c.question.like("why.g%"), answer.c.question.like("right.g%")),
        answer.c.skipped == 0,
        answer.c.answered_at <= bindparam("now"),
        check_in.c.child_id.in_(TREATED),
    )
    .order_by(answer.c.answered_at, answer.c.id)
)
_now = answer.c.answered_at <= bindparam("now")
_MINE = _RATINGS.where(check_in.c.child_id.in_(TREATED), _now)
_OWN = _RATINGS.where(check_in.c.child_id.in_(OWN_CHILDREN), answer.c.person_id == bindparam("seat"), _now)
_OF_CHILD = _RATINGS.where(check_in.c.child_id == bindparam("child"))


def key(goal_id: int) -> str:
    """What stands for the goal in the key of a question."""
    return f"g{goal_id}"


def goal_of(question: str) -> int:
    """Of a question about one goal: close.g12, why.g12, right.g12."""
    return int(question.partition(".g")[2])


async def of_caseload(tx: Tx, therapist: int, child_id: int | None, now: int) -> list[Row]:
    """Rows of (child_id, check_in_id, local_date, person_id, question, value, late, answered_at), oldest first."""
    return await tx.rows(_MINE, {"therapist": therapist, "child": child_id, "now": now})


async def beside(tx: Tx, therapist: int, child_id: int | None, now: int) -> list[Row]:
    """Rows of `answer`, oldest first: what makes caregivers say so, and whether it is still the right goal."""
    return await tx.rows(_BESIDE, {"therapist": therapist, "child": child_id, "now": now})


async def of_seat(tx: Tx, seat: int, child_id: int, now: int) -> list[Row]:
    """Their own alone."""
    return await tx.rows(_OWN, {"seat": seat, "child": child_id, "now": now})


async def of_child(tx: Tx, child_id: int) -> list[Row]:
    """All of them, for an export."""
    return await tx.rows(_OF_CHILD, {"child": child_id})
