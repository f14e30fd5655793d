"""Looks at the list of milestones for an age: each a round of one caregiver, with an answer an item."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.database import Row, Tx
from bot.storage.goals import TREATED
from bot.storage.may import may, stands
from bot.storage.schema import access, child, milestone_answer, milestone_round, person

_ADD = (
    milestone_round.insert()
    .values(
        child_id=bindparam("child"),
        person_id=bindparam("person"),
        list_months=bindparam("list"),
        age_kind=bindparam("age_kind"),
        age_months=bindparam("age"),
        weeks_early=bindparam("weeks"),
        started_at=bindparam("at"),
    )
    .returning(milestone_round.c.id)
)
_OWN = (
    sa.select(milestone_round, child.c.name.label("child_name"), child.c.gender)
    .select_from(
        milestone_round.join(person, person.c.id == milestone_round.c.person_id)
        .join(child, child.c.id == milestone_round.c.child_id)
        .join(access, (access.c.person_id == person.c.id) & (access.c.child_id == child.c.id))
    )
    .where(
        milestone_round.c.id == bindparam("round"),
        person.c.account_id == bindparam("account"),
        person.c.removed_at.is_(None),
        access.c.right == Right.CARE.value,
        stands(access),
        may(access, May.GIVE),
    )
    .limit(1)
)
_LAST = (
    sa.select(milestone_round)
    .where(
        milestone_round.c.person_id == bindparam("person"),
        milestone_round.c.child_id == bindparam("child"),
        milestone_round.c.list_months == bindparam("list"),
    )
    .order_by(milestone_round.c.id.desc())
    .limit(1)
)
_ANSWERS = (
    sa.select(milestone_answer)
    .where(milestone_answer.c.milestone_round_id == bindparam("round"))
    .order_by(milestone_answer.c.id)
)
_PUT = sa.text(
    "INSERT INTO milestone_answer (milestone_round_id, item_key, kind, recorded_at)"
    " VALUES (:round, :item, :kind, :at)"
    " ON CONFLICT (milestone_round_id, item_key) DO UPDATE SET kind = excluded.kind, recorded_at = excluded.recorded_at"
)
_FINISH = milestone_round.update().where(milestone_round.c.id == bindparam("round")).values(finished_at=bindparam("at"))
_MINE = (
    sa.select(milestone_round)
    .where(
        milestone_round.c.child_id.in_(TREATED),
        sa.exists(
            sa.select(milestone_answer.c.id).where(milestone_answer.c.milestone_round_id == milestone_round.c.id)
        ),
    )
    .order_by(milestone_round.c.id.desc())
    .limit(bindparam("most"))
)
_ANSWERS_OF_MINE = (
    sa.select(milestone_answer)
    .select_from(milestone_round.join(milestone_answer, milestone_answer.c.milestone_round_id == milestone_round.c.id))
    .where(milestone_round.c.child_id.in_(TREATED))
    .order_by(milestone_answer.c.id)
)
_OF_CHILD = (
    sa.select(milestone_round).where(milestone_round.c.child_id == bindparam("child")).order_by(milestone_round.c.id)
)
_ANSWERS_OF_CHILD = (
    sa.select(milestone_answer)
    .select_from(milestone_round.join(milestone_answer, milestone_answer.c.milestone_round_id == milestone_round.c.id))
    .where(milestone_round.c.child_id == bindparam("child"))
    .order_by(milestone_answer.c.id)
)
_BORN = sa.select(child.c.birth_month, child.c.weeks_early).where(child.c.id == bindparam("child"))
_EARLY = child.update().where(child.c.id == bindparam("child_id")).values(weeks_early=bindparam("to"))
_MONTH = (
    child.update()
    .where(child.c.id == bindparam("child_id"), child.c.birth_month == "")
    .values(birth_month=bindparam("to"))
)


async def add(
    tx: Tx, child_id: int, person_id: int, list_months: int, age_kind: str, age_months: int, weeks_early: int, at: int
) -> int:
    values = {"child": child_id, "person": person_id, "list": list_months, "age_kind": age_kind, "age": age_months}
    row = await tx.row(_ADD, {**values, "weeks": weeks_early, "at": at})
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def own(tx: Tx, account: int, number: int, now: int) -> Row | None:
    """A round of this account, for a child it still cares for; with child_name and gender."""
    return await tx.row(_OWN, {"account": account, "round": number, "now": now})


async def last(tx: Tx, person_id: int, child_id: int, list_months: int) -> Row | None:
    """Of a seat: its newest round through that list."""
    return await tx.row(_LAST, {"person": person_id, "child": child_id, "list": list_months})


async def answers(tx: Tx, number: int) -> list[Row]:
    return await tx.rows(_ANSWERS, {"round": number})


async def put(tx: Tx, number: int, item: str, kind: str, at: int) -> None:
    """The answer to one item; another one takes its place."""
    await tx.run(_PUT, {"round": number, "item": item, "kind": kind, "at": at})


async def finish(tx: Tx, number: int, at: int) -> None:
    await tx.run(_FINISH, {"round": number, "at": at})


async def of_mine(tx: Tx, therapist: int, child_id: int, most: int, now: int) -> tuple[list[Row], list[Row]]:
    """Rounds with an answer, newest first, and their answers; of a child whom this therapist treats."""
    values = {"therapist": therapist, "child": child_id, "now": now}
    return await tx.rows(_MINE, {**values, "most": most}), await tx.rows(_ANSWERS_OF_MINE, values)


async def of_child(tx: Tx, child_id: int) -> tuple[list[Row], list[Row]]:
    """All of them, for an export."""
    return await tx.rows(_OF_CHILD, {"child": child_id}), await tx.rows(_ANSWERS_OF_CHILD, {"child": child_id})


async def born(tx: Tx, child_id: int) -> tuple[str, int]:
    """Birth month (YYYY-MM or "") and weeks early, of a child whose right the caller has checked."""
    row = await tx.row(_BORN, {"child": child_id})
    return ("", 0) if row is None else (str(row["birth_month"]), int(row["weeks_early"]))


async def set_early(tx: Tx, child_id: int, weeks: int) -> None:
    await tx.run(_EARLY, {"child_id": child_id, "to": weeks})


async def set_month(tx: Tx, child_id: int, month: str) -> None:
    """Where none is stored yet."""
    await tx.run(_MONTH, {"child_id": child_id, "to": month})
