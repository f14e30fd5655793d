"""Small wins: told by /milestone (T5) or a note that was called one; and the goal that each belongs to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.goals import OWN_CHILDREN, TREATED
from bot.storage.schema import answer, check_in, note, win_goal

TEMPLATE = "milestone"
_TOLD = (
    sa.select(
        check_in.c.id,
        check_in.c.child_id,
        check_in.c.person_id,
        check_in.c.local_date,
        check_in.c.finished_at,
        check_in.c.due_at,
        win_goal.c.goal_id,
    )
    .select_from(check_in.outerjoin(win_goal, win_goal.c.check_in_id == check_in.c.id))
    .where(check_in.c.template == TEMPLATE, check_in.c.state.in_(["done", "partial"]))
    .order_by(check_in.c.due_at.desc(), check_in.c.id.desc())
)
_ANSWERS = (
    sa.select(answer)
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(check_in.c.template == TEMPLATE, check_in.c.state.in_(["done", "partial"]), answer.c.skipped == 0)
)
_NOTES = (
    sa.select(note, win_goal.c.goal_id)
    .select_from(note.outerjoin(win_goal, win_goal.c.note_id == note.c.id))
    .where(note.c.kind == "win")
    .order_by(note.c.recorded_at.desc(), note.c.id.desc())
)
_OWN = tuple(
    statement.where(table.c.child_id.in_(OWN_CHILDREN), table.c.person_id == bindparam("seat"))
    for statement, table in ((_TOLD, check_in), (_ANSWERS, check_in), (_NOTES, note))
)
_MINE = tuple(
    statement.where(table.c.child_id.in_(TREATED), table.c[at] >= bindparam("since"), table.c[at] <= bindparam("now"))
    for statement, table, at in (
        (_TOLD, check_in, "due_at"),
        (_ANSWERS, check_in, "due_at"),
        (_NOTES, note, "recorded_at"),
    )
)
_CHECK_IN_OF = sa.select(check_in.c.child_id, check_in.c.person_id).where(
    check_in.c.id == bindparam("win"), check_in.c.template == TEMPLATE
)
_NOTE_OF = sa.select(note.c.child_id, note.c.person_id).where(note.c.id == bindparam("win"), note.c.kind == "win")
_UNFILE = {
    kind: win_goal.delete().where(column == bindparam("win"))
    for kind, column in (("c", win_goal.c.check_in_id), ("n", win_goal.c.note_id))
}
_FILE = {
    kind: win_goal.insert().values(
        {"goal_id": bindparam("goal"), column: bindparam("win"), "recorded_at": bindparam("at")}
    )
    for kind, column in (("c", "check_in_id"), ("n", "note_id"))
}
_FILED = (
    sa.select(
        win_goal.c.goal_id,
        win_goal.c.check_in_id,
        win_goal.c.note_id,
        sa.func.coalesce(check_in.c.person_id, note.c.person_id).label("person_id"),
    )
    .select_from(
        win_goal.outerjoin(check_in, check_in.c.id == win_goal.c.check_in_id).outerjoin(
            note, note.c.id == win_goal.c.note_id
        )
    )
    .where(sa.or_(check_in.c.child_id == bindparam("child"), note.c.child_id == bindparam("child")))
    .order_by(win_goal.c.id)
)

Rows = tuple[list[Row], list[Row], list[Row]]
"""Check-ins with the goal they were filed to, the answers in them, and notes; newest first."""


async def of_seat(tx: Tx, seat: int, child_id: int, now: int) -> Rows:
    """What this caregiver told."""
    told, answers, notes = [await tx.rows(one, {"seat": seat, "child": child_id, "now": now}) for one in _OWN]
    return told, answers, notes


async def of_mine(tx: Tx, therapist: int, child_id: int, since: int, now: int) -> Rows:
    """What anyone told of a child whom this therapist treats, since then."""
    values = {"therapist": therapist, "child": child_id, "since": since, "now": now}
    told, answers, notes = [await tx.rows(one, values) for one in _MINE]
    return told, answers, notes


async def whose(tx: Tx, kind: str, win: int) -> Row | None:
    """The child_id and person_id of a win; ``kind`` is "c" for a check-in, "n" for a note."""
    return await tx.row(_CHECK_IN_OF if kind == "c" else _NOTE_OF, {"win": win})


async def file(tx: Tx, kind: str, win: int, goal_id: int | None, at: int) -> None:
    """It belongs to that goal, and to no other; None: to none."""
    await tx.run(_UNFILE[kind], {"win": win})
    if goal_id is not None:
        await tx.run(_FILE[kind], {"win": win, "goal": goal_id, "at": at})


async def filed(tx: Tx, child_id: int) -> list[Row]:
    """Rows of (goal_id, check_in_id, note_id, person_id), for an export."""
    return await tx.rows(_FILED, {"child": child_id})
