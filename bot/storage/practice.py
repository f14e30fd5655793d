"""What was told of home practice. Every statement begins at the right to treat, as in `storage.digests`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import BigInteger, bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, answer, booking, check_in, home_step, home_step_plan, person

_therapist = person.alias("therapist")
_one_child = bindparam("child", type_=BigInteger)
TREATED = (
    sa.select(access.c.child_id)
    .select_from(access.join(_therapist, _therapist.c.id == access.c.person_id))
    .where(
        access.c.person_id == bindparam("therapist"),
        access.c.right == Right.TREAT.value,
        _therapist.c.removed_at.is_(None),
        stands(access),
        sa.or_(sa.cast(_one_child, BigInteger).is_(None), access.c.child_id == _one_child),
    )
)
_STEPS = (
    sa.select(home_step, home_step_plan.c.from_date.label("plan_from"), home_step_plan.c.days)
    .select_from(home_step.outerjoin(home_step_plan, home_step_plan.c.home_step_id == home_step.c.id))
    .where(
        home_step.c.child_id.in_(TREATED),
        home_step.c.created_at <= bindparam("now"),
        sa.or_(home_step.c.until_date.is_(None), home_step.c.until_date >= bindparam("first_date")),
    )
    .order_by(home_step.c.child_id, home_step.c.id, home_step_plan.c.from_date)
)
_TOLD = sa.and_(check_in.c.home_step_id.is_not(None), check_in.c.local_date >= bindparam("first_date"))
_ASKED = (
    sa.select(
        check_in.c.id,
        check_in.c.child_id,
        check_in.c.person_id,
        check_in.c.home_step_id,
        check_in.c.template,
        check_in.c.local_date,
        check_in.c.state,
        check_in.c.state_reason,
    )
    .where(check_in.c.child_id.in_(TREATED), check_in.c.created_at <= bindparam("now"), _TOLD)
    .order_by(check_in.c.local_date, check_in.c.id)
)
_ANSWERS = (
    sa.select(answer.c.check_in_id, answer.c.question, answer.c.value, answer.c.text)
    .select_from(answer.join(check_in, check_in.c.id == answer.c.check_in_id))
    .where(
        check_in.c.child_id.in_(TREATED),
        check_in.c.created_at <= bindparam("now"),
        _TOLD,
        answer.c.skipped == 0,
        answer.c.question.in_(["done", "help", "long", "barrier", "barrier_other", "step"]),
    )
    .order_by(answer.c.id)
)
_CHECK_INS_OF_CHILD = (
    sa.select(check_in)
    .where(check_in.c.child_id == bindparam("child"), check_in.c.home_step_id.is_not(None))
    .order_by(check_in.c.due_at, check_in.c.id)
)
_BOOKINGS_OF_CHILD = (
    sa.select(booking)
    .join(home_step, home_step.c.id == booking.c.home_step_id)
    .where(home_step.c.child_id == bindparam("child"))
    .order_by(booking.c.due_at, booking.c.id)
)


async def steps(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    """The steps that lasted until that local date or longer, a row for each plan; None: of the whole caseload."""
    return await tx.rows(_STEPS, _whose(therapist, child_id, first_date, now))


async def asked(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    """Check-ins since that local date that asked for a home step."""
    return await tx.rows(_ASKED, _whose(therapist, child_id, first_date, now))


async def answers(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    """What they were answered about the step: rows of (check_in_id, question, value, text)."""
    return await tx.rows(_ANSWERS, _whose(therapist, child_id, first_date, now))


async def check_ins_of_child(tx: Tx, child_id: int) -> list[Row]:
    """For the export."""
    return await tx.rows(_CHECK_INS_OF_CHILD, {"child": child_id})


async def bookings_of_child(tx: Tx, child_id: int) -> list[Row]:
    """For the export."""
    return await tx.rows(_BOOKINGS_OF_CHILD, {"child": child_id})


def _whose(therapist: int, child_id: int | None, first_date: str, now: int) -> dict[str, int | str | None]:
    return {"therapist": therapist, "child": child_id, "first_date": first_date, "now": now}
