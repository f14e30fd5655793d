"""What a caregiver said and answered, as the digest reads it: their own entries alone, through their own account."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.digests import ANSWER, CHECK_IN, USUAL, WITH_CHOICES, WITH_FORM
from bot.storage.may import stands
from bot.storage.schema import access, answer, check_in, child, note, person

_SEATS = (
    sa.select(person.c.id)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(
        person.c.account_id == bindparam("account"),
        person.c.removed_at.is_(None),
        access.c.child_id == bindparam("child"),
        access.c.right == Right.CARE.value,
        stands(access),
    )
)
_LAST = sa.select(sa.func.max(check_in.c.local_date)).where(
    check_in.c.child_id == bindparam("child"),
    check_in.c.person_id == person.c.id,
    check_in.c.state.in_(["done", "partial"]),
)
_CHILD = sa.select(child.c.id, child.c.name, child.c.gender, child.c.birth_month).where(
    child.c.id == bindparam("child"), sa.exists(_SEATS)
)
_CAREGIVERS = sa.select(
    person.c.id.label("person_id"),
    person.c.name,
    person.c.role,
    person.c.joined_at,
    sa.literal("").label("feasts"),  # what lies ahead they know themselves
    sa.literal("").label("away_until"),
    _LAST.scalar_subquery().label("last_answer"),
).where(person.c.id.in_(_SEATS))
_OWN = sa.and_(
    check_in.c.child_id == bindparam("child"),
    check_in.c.person_id.in_(_SEATS),
    check_in.c.local_date >= bindparam("first_date"),
)
_CHECK_INS = (
    sa.select(*CHECK_IN, check_in.c.home_step_id)
    .select_from(WITH_FORM)
    .where(_OWN, check_in.c.created_at <= bindparam("now"))
    .order_by(check_in.c.local_date, check_in.c.due_at, check_in.c.id)
)
_ANSWERS = (
    sa.select(*ANSWER)
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(_OWN, answer.c.skipped == 0)
    .order_by(answer.c.answered_at, answer.c.id)
)
_USUAL = (
    sa.select(*USUAL)
    .select_from(WITH_CHOICES)
    .where(_OWN, check_in.c.created_at <= bindparam("now"))
    .order_by(check_in.c.local_date, check_in.c.due_at, check_in.c.id)
)
_MINE = sa.and_(
    note.c.child_id == bindparam("child"), note.c.person_id.in_(_SEATS), note.c.recorded_at <= bindparam("now")
)
_NOTES = (
    sa.select(note).where(_MINE, note.c.recorded_at >= bindparam("from_at")).order_by(note.c.recorded_at, note.c.id)
)
_QUESTIONS = (
    sa.select(note)
    .where(_MINE, note.c.kind == "question", note.c.answered_at.is_(None))
    .order_by(note.c.recorded_at, note.c.id)
)


def _whose(account: int, child_id: int, now: int) -> dict[str, int]:
    return {"account": account, "child": child_id, "now": now}


async def child_row(tx: Tx, account: int, child_id: int, now: int) -> Row | None:
    """The child, where this account cares for it."""
    return await tx.row(_CHILD, _whose(account, child_id, now))


async def caregivers(tx: Tx, account: int, child_id: int, now: int) -> list[Row]:
    """The own seat: as `storage.digests.caregivers`."""
    return await tx.rows(_CAREGIVERS, _whose(account, child_id, now))


async def check_ins(tx: Tx, account: int, child_id: int, first_date: str, now: int) -> list[Row]:
    return await tx.rows(_CHECK_INS, {**_whose(account, child_id, now), "first_date": first_date})


async def answers(tx: Tx, account: int, child_id: int, first_date: str, now: int) -> list[Row]:
    return await tx.rows(_ANSWERS, {**_whose(account, child_id, now), "first_date": first_date})


async def usual(tx: Tx, account: int, child_id: int, first_date: str, now: int) -> list[Row]:
    return await tx.rows(_USUAL, {**_whose(account, child_id, now), "first_date": first_date})


async def notes(tx: Tx, account: int, child_id: int, from_at: int, now: int) -> list[Row]:
    return await tx.rows(_NOTES, {**_whose(account, child_id, now), "from_at": from_at})


async def open_questions(tx: Tx, account: int, child_id: int, now: int) -> list[Row]:
    return await tx.rows(_QUESTIONS, _whose(account, child_id, now))
