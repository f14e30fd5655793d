"""Goals as they are read: by the therapist who treats the child, or by one caregiver, who sees only own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import BigInteger, bindparam
from sqlalchemy.sql import Executable

from bot.model import May, Right
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schema import access, child, goal, goal_level, goal_version, goal_word, person, revision


def _may(right: Right, who: str, what: May = May.CARE) -> sa.Select[tuple[int]]:
    """The children for whom that seat may do it now; ``child`` narrows it to one, None means all."""
    one_child = bindparam("child", type_=BigInteger)
    return (
        sa.select(access.c.child_id)
        .select_from(access.join(person, person.c.id == access.c.person_id))
        .where(
            access.c.person_id == bindparam(who),
            access.c.right == right.value,
            person.c.removed_at.is_(None),
            stands(access),
            may(access, what),
            sa.or_(sa.cast(one_child, BigInteger).is_(None), access.c.child_id == one_child),
        )
    )


@dataclass(frozen=True, slots=True)
class _Reads:
    goals: Executable
    versions: Executable
    levels: Executable
    words: Executable


def _reads(
    children: sa.Select[tuple[int]],
    shared: sa.Select[tuple[int]],
    proposed: sa.ColumnElement[bool],
    own: sa.ColumnElement[bool],
) -> _Reads:
    of_goal = goal.c.child_id.in_(shared)
    seen = sa.exists(sa.select(goal_version.c.id).where(goal_version.c.goal_id == goal.c.id, proposed))
    return _Reads(
        sa.select(goal).where(of_goal, seen).order_by(goal.c.child_id, goal.c.id),
        sa.select(goal_version)
        .select_from(goal.join(goal_version, goal_version.c.goal_id == goal.c.id))
        .where(of_goal, proposed)
        .order_by(goal_version.c.goal_id, goal_version.c.number),
        sa.select(goal_level)
        .select_from(goal.join(goal_level, goal_level.c.goal_id == goal.c.id))
        .where(of_goal, goal_level.c.recorded_at <= bindparam("now"))
        .order_by(goal_level.c.recorded_at, goal_level.c.id),
        sa.select(goal_word)
        .where(goal_word.c.child_id.in_(children), own)
        .order_by(goal_word.c.recorded_at, goal_word.c.id),
    )


TREATED = _may(Right.TREAT, "therapist")
OWN_CHILDREN = _may(Right.CARE, "seat")
_SHARED = _may(Right.CARE, "seat", May.SEE)
_MINE = _reads(TREATED, TREATED, sa.true(), sa.true())
_PROPOSED = goal_version.c.proposed_at.is_not(None)
_OWN = _reads(OWN_CHILDREN, _SHARED, _PROPOSED, goal_word.c.person_id == bindparam("seat"))
_OF_MINE = sa.select(goal.c.child_id).where(goal.c.id == bindparam("goal"), goal.c.child_id.in_(TREATED))
_WORD_OF_MINE = sa.select(goal_word).where(goal_word.c.id == bindparam("word"), goal_word.c.child_id.in_(TREATED))
_SEAT = {
    what: sa.select(access.c.person_id, goal.c.child_id)
    .select_from(
        goal.join(access, access.c.child_id == goal.c.child_id).join(person, person.c.id == access.c.person_id)
    )
    .where(
        goal.c.id == bindparam("goal"),
        person.c.account_id == bindparam("account"),
        person.c.removed_at.is_(None),
        access.c.right == Right.CARE.value,
        stands(access),
        may(access, what),
    )
    .limit(1)
    for what in (May.SEE, May.BOTH)
}
_OWN_WORD = (
    sa.select(goal_word, child.c.name.label("child_name"))
    .select_from(
        goal_word.join(person, person.c.id == goal_word.c.person_id)
        .join(child, child.c.id == goal_word.c.child_id)
        .join(access, (access.c.person_id == person.c.id) & (access.c.child_id == goal_word.c.child_id))
    )
    .where(
        goal_word.c.id == bindparam("word"),
        person.c.account_id == bindparam("account"),
        person.c.removed_at.is_(None),
        access.c.right == Right.CARE.value,
        stands(access),
        may(access, May.GIVE),
    )
    .limit(1)
)
_OF_CHILD = (
    sa.select(goal).where(goal.c.child_id == bindparam("child")).order_by(goal.c.id),
    sa.select(goal_version)
    .select_from(goal.join(goal_version, goal_version.c.goal_id == goal.c.id))
    .where(goal.c.child_id == bindparam("child"))
    .order_by(goal_version.c.goal_id, goal_version.c.number),
    sa.select(goal_level)
    .select_from(goal.join(goal_level, goal_level.c.goal_id == goal.c.id))
    .where(goal.c.child_id == bindparam("child"))
    .order_by(goal_level.c.recorded_at, goal_level.c.id),
    sa.select(goal_word)
    .where(goal_word.c.child_id == bindparam("child"))
    .order_by(goal_word.c.recorded_at, goal_word.c.id),
)
_REVISIONS = (
    sa.select(revision)
    .select_from(goal_word.join(revision, revision.c.goal_word_id == goal_word.c.id))
    .where(goal_word.c.child_id == bindparam("child"))
    .order_by(revision.c.id)
)

Rows = tuple[list[Row], list[Row], list[Row], list[Row]]
"""Goals, their versions, their levels, and what caregivers said of goals; each oldest first."""


async def of_caseload(tx: Tx, therapist: int, child_id: int | None, now: int) -> Rows:
    """Every goal, drafts too, of the children whom this therapist treats (or of one), in four reads."""
    values = {"therapist": therapist, "child": child_id, "now": now}
    return await _rows(tx, (_MINE.goals, _MINE.versions, _MINE.levels, _MINE.words), values)


async def of_seat(tx: Tx, seat: int, child_id: int, now: int) -> Rows:
    """What was proposed to this caregiver, without drafts and with nobody else's words."""
    values = {"seat": seat, "child": child_id, "now": now}
    return await _rows(tx, (_OWN.goals, _OWN.versions, _OWN.levels, _OWN.words), values)


async def of_child(tx: Tx, child_id: int) -> Rows:
    """All of it, for an export."""
    return await _rows(tx, _OF_CHILD, {"child": child_id})


async def _rows(tx: Tx, statements: tuple[Executable, ...], values: Mapping[str, int | None]) -> Rows:
    goals, versions, levels, words = [await tx.rows(one, values) for one in statements]
    return goals, versions, levels, words


async def revisions_of(tx: Tx, child_id: int) -> list[Row]:
    """What words about goals said before (``goal_word_id``)."""
    return await tx.rows(_REVISIONS, {"child": child_id})


async def child_of_mine(tx: Tx, therapist: int, goal_id: int, now: int) -> int | None:
    """The child of a goal, where this therapist treats that child."""
    row = await tx.row(_OF_MINE, {"therapist": therapist, "goal": goal_id, "child": None, "now": now})
    return None if row is None else int(row["child_id"])


async def word_of_mine(tx: Tx, therapist: int, word: int, now: int) -> Row | None:
    """What a caregiver of this therapist's caseload said."""
    return await tx.row(_WORD_OF_MINE, {"therapist": therapist, "word": word, "child": None, "now": now})


async def seat_for(tx: Tx, account: int, goal_id: int, now: int, what: May) -> Row | None:
    """The seat (person_id) of this account that may see that goal of a child (child_id), or answer it too."""
    return await tx.row(_SEAT[what], {"account": account, "goal": goal_id, "now": now})


async def own_word(tx: Tx, account: int, word: int, now: int) -> Row | None:
    """What this account said, for a child it still cares for; with ``child_name``."""
    return await tx.row(_OWN_WORD, {"account": account, "word": word, "now": now})
