"""Behaviours that were agreed on, and what was told of them. Every statement begins at somebody's right."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.database import Row, Tx
from bot.storage.may import may, sees, stands
from bot.storage.practice import TREATED
from bot.storage.schema import access, answer, behaviour_count, behaviour_target, check_in, child, person

_treats = access.alias("treats")
_cares = access.alias("cares")


_ADD = (
    behaviour_target.insert()
    .values(child_id=bindparam("child"), text=bindparam("words"), created_at=bindparam("now"))
    .returning(behaviour_target.c.id)
)
_OF_TARGET = behaviour_target.update().where(behaviour_target.c.id == bindparam("target"))
_SAY = _OF_TARGET.values(text=bindparam("words"))
_END = _OF_TARGET.values(ended_at=bindparam("at"))
_TREATED_ONE = (
    sa.select(behaviour_target, child.c.name.label("child_name"))
    .select_from(
        behaviour_target.join(child, child.c.id == behaviour_target.c.child_id).join(
            _treats,
            (_treats.c.child_id == behaviour_target.c.child_id) & (_treats.c.right == Right.TREAT.value),
        )
    )
    .where(_treats.c.person_id == bindparam("therapist"), stands(_treats), behaviour_target.c.ended_at.is_(None))
    .order_by(behaviour_target.c.id)
)
_MINE = _TREATED_ONE.where(behaviour_target.c.id == bindparam("target"))
_MINE_OF_CHILD = _TREATED_ONE.where(behaviour_target.c.child_id == bindparam("child"))
_FOR_SEAT = (
    sa.select(behaviour_target)
    .where(
        behaviour_target.c.child_id == bindparam("child"),
        behaviour_target.c.ended_at.is_(None),
        sees(bindparam("seat"), behaviour_target.c.child_id),
    )
    .order_by(behaviour_target.c.id)
)
_OWN = (
    sa.select(
        behaviour_target,
        child.c.name.label("child_name"),
        child.c.gender,
        person.c.id.label("person_id"),
        person.c.timezone,
        person.c.language,
        person.c.address,
    )
    .select_from(
        behaviour_target.join(child, child.c.id == behaviour_target.c.child_id)
        .join(
            _cares,
            (_cares.c.child_id == child.c.id)
            & (_cares.c.right == Right.CARE.value)
            & stands(_cares)
            & may(_cares, May.BOTH),
        )
        .join(person, person.c.id == _cares.c.person_id)
    )
    .where(
        person.c.account_id == bindparam("account"),
        person.c.removed_at.is_(None),
        behaviour_target.c.id == bindparam("target"),
        behaviour_target.c.ended_at.is_(None),
    )
    .limit(1)
)
_COUNT = sa.text(
    "INSERT INTO behaviour_count (behaviour_target_id, person_id, local_date, band, observed, recorded_at)"
    " VALUES (:target, :person, :date, :band, :observed, :now)"
    " ON CONFLICT (behaviour_target_id, person_id, local_date)"
    " DO UPDATE SET band = excluded.band, observed = excluded.observed, recorded_at = excluded.recorded_at"
)
_TARGETS = (
    sa.select(behaviour_target)
    .where(behaviour_target.c.child_id.in_(TREATED), behaviour_target.c.created_at <= bindparam("now"))
    .order_by(behaviour_target.c.child_id, behaviour_target.c.id)
)
_TOLD = sa.and_(
    check_in.c.template == "behaviour",
    check_in.c.local_date >= bindparam("first_date"),
    check_in.c.state.in_(["open", "done", "partial"]),
)
_RECORDS = (
    sa.select(check_in.c.id, check_in.c.child_id, check_in.c.person_id, check_in.c.local_date, check_in.c.slot)
    .where(check_in.c.child_id.in_(TREATED), check_in.c.created_at <= bindparam("now"), _TOLD)
    .order_by(check_in.c.local_date, check_in.c.slot, check_in.c.id)
)
_ANSWERS = (
    sa.select(answer.c.check_in_id, answer.c.question, answer.c.value)
    .select_from(answer.join(check_in, check_in.c.id == answer.c.check_in_id))
    .where(
        check_in.c.child_id.in_(TREATED),
        check_in.c.created_at <= bindparam("now"),
        _TOLD,
        answer.c.skipped == 0,
    )
    .order_by(answer.c.id)
)
_COUNTS = (
    sa.select(behaviour_count, behaviour_target.c.child_id)
    .select_from(behaviour_count.join(behaviour_target))
    .where(
        behaviour_target.c.child_id.in_(TREATED),
        behaviour_count.c.local_date >= bindparam("first_date"),
        behaviour_count.c.recorded_at <= bindparam("now"),
    )
    .order_by(behaviour_count.c.local_date, behaviour_count.c.id)
)
_ALL_TARGETS = (
    sa.select(behaviour_target).where(behaviour_target.c.child_id == bindparam("child")).order_by(behaviour_target.c.id)
)
_ALL_COUNTS = (
    sa.select(behaviour_count)
    .join(behaviour_target, behaviour_target.c.id == behaviour_count.c.behaviour_target_id)
    .where(behaviour_target.c.child_id == bindparam("child"))
    .order_by(behaviour_count.c.local_date, behaviour_count.c.id)
)


async def add(tx: Tx, child_id: int, text: str, now: int) -> int:
    row = await tx.row(_ADD, {"child": child_id, "words": text, "now": now})
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def say(tx: Tx, target: int, text: str) -> None:
    await tx.run(_SAY, {"target": target, "words": text})


async def end(tx: Tx, target: int, at: int) -> None:
    """It is offered no more; what was told of it stays."""
    await tx.run(_END, {"target": target, "at": at})


async def mine(tx: Tx, therapist: int, target: int, now: int) -> Row | None:
    """A behaviour of a child whom this therapist treats, with ``child_name``."""
    return await tx.row(_MINE, {"therapist": therapist, "target": target, "now": now})


async def mine_of_child(tx: Tx, therapist: int, child_id: int, now: int) -> list[Row]:
    return await tx.rows(_MINE_OF_CHILD, {"therapist": therapist, "child": child_id, "now": now})


async def for_seat(tx: Tx, seat: int, child_id: int, now: int) -> list[Row]:
    """The behaviours of now that are shared with this caregiver."""
    return await tx.rows(_FOR_SEAT, {"seat": seat, "child": child_id, "now": now})


async def own(tx: Tx, account: int, target: int, now: int) -> Row | None:
    """A behaviour of a child whom this account cares for, with the child and the seat (``person_id``)."""
    return await tx.row(_OWN, {"account": account, "target": target, "now": now})


async def count(tx: Tx, target: int, person_id: int, date: str, band: str, observed: str, now: int) -> None:
    """One band a day from each caregiver; the newest counts."""
    values = {"target": target, "person": person_id, "date": date, "band": band, "observed": observed}
    await tx.run(_COUNT, {**values, "now": now})


async def targets(tx: Tx, therapist: int, child_id: int | None, now: int) -> list[Row]:
    """Of any time; None: of the whole caseload."""
    return await tx.rows(_TARGETS, {"therapist": therapist, "child": child_id, "now": now})


async def records(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    """Check-ins since that local date that told of a moment."""
    return await tx.rows(_RECORDS, _whose(therapist, child_id, first_date, now))


async def answers(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    """What was said in them: rows of (check_in_id, question, value), the value None where it was words."""
    return await tx.rows(_ANSWERS, _whose(therapist, child_id, first_date, now))


async def counts(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    """Days that were counted since that local date."""
    return await tx.rows(_COUNTS, _whose(therapist, child_id, first_date, now))


async def all_of_child(tx: Tx, child_id: int) -> tuple[list[Row], list[Row]]:
    """For the export: the behaviours and counts of any time."""
    return await tx.rows(_ALL_TARGETS, {"child": child_id}), await tx.rows(_ALL_COUNTS, {"child": child_id})


def _whose(therapist: int, child_id: int | None, first_date: str, now: int) -> dict[str, int | str | None]:
    return {"therapist": therapist, "child": child_id, "first_date": first_date, "now": now}
