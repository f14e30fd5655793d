"""What comes before a visit: which visits are near, who was briefed, and which caregivers want to see what to raise."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, account, attendance, brief, child, meeting, mirror, person

_cares, _treats, _host = access.alias("cares"), access.alias("treats"), person.alias("host")


def _briefed(who: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        brief.c.person_id == who,
        brief.c.child_id == meeting.c.child_id,
        brief.c.starts_at == meeting.c.starts_at,
    )


_HOURS = (person.c.timezone, person.c.quiet_from, person.c.quiet_until, person.c.weekend)
_NEAR = (
    meeting.c.cancelled_at.is_(None),
    meeting.c.starts_at > bindparam("now"),
    meeting.c.starts_at <= bindparam("near"),
)
_REACHED = (person.c.removed_at.is_(None), account.c.stopped_at.is_(None), account.c.blocked_at.is_(None))
_TREATED = meeting.join(
    _treats,
    (_treats.c.child_id == meeting.c.child_id)
    & (_treats.c.person_id == meeting.c.person_id)
    & (_treats.c.right == Right.TREAT.value),
)
_OF_THERAPISTS = (
    sa.select(meeting.c.person_id, meeting.c.child_id, meeting.c.starts_at, *_HOURS)
    .select_from(
        _TREATED.join(person, person.c.id == meeting.c.person_id).join(account, account.c.id == person.c.account_id)
    )
    .where(*_NEAR, *_REACHED, stands(_treats), ~_briefed(meeting.c.person_id))
    .order_by(meeting.c.starts_at, meeting.c.id)
    .limit(bindparam("most"))
)
_OF_CAREGIVERS = (
    sa.select(
        attendance.c.person_id,
        meeting.c.child_id,
        meeting.c.starts_at,
        *_HOURS,
        person.c.account_id,
        person.c.language,
        person.c.address,
        child.c.gender,
        _host.c.name.label("therapist_name"),
    )
    .select_from(
        _TREATED.join(attendance, attendance.c.meeting_id == meeting.c.id)
        .join(mirror, mirror.c.person_id == attendance.c.person_id)
        .join(person, person.c.id == attendance.c.person_id)
        .join(account, account.c.id == person.c.account_id)
        .join(child, child.c.id == meeting.c.child_id)
        .join(_host, _host.c.id == meeting.c.person_id)
        .join(
            _cares,
            (_cares.c.person_id == attendance.c.person_id)
            & (_cares.c.child_id == meeting.c.child_id)
            & (_cares.c.right == Right.CARE.value),
        )
    )
    .where(
        *_NEAR,
        *_REACHED,
        stands(_treats),
        stands(_cares),
        _host.c.removed_at.is_(None),
        attendance.c.reply_state != "no",
        ~_briefed(attendance.c.person_id),
    )
    .order_by(meeting.c.starts_at, meeting.c.id)
    .limit(bindparam("most"))
)
_ONCE = sa.text(
    "INSERT INTO brief (person_id, child_id, starts_at, message_id, at)"
    " VALUES (:person, :child, :starts_at, :message, :now)"
    " ON CONFLICT (person_id, child_id, starts_at) DO NOTHING"
)
_WANTS = sa.select(mirror.c.person_id).where(mirror.c.person_id == bindparam("person"))
_WANT = sa.text("INSERT INTO mirror (person_id, at) VALUES (:person, :now) ON CONFLICT (person_id) DO NOTHING")
_WANT_NO_MORE = mirror.delete().where(mirror.c.person_id == bindparam("person"))


async def of_therapists(tx: Tx, now: int, near: int, most: int) -> list[Row]:
    """Visits until ``near`` (ms) whose therapist has not been briefed: person_id, child_id, starts_at, their hours."""
    return await tx.rows(_OF_THERAPISTS, {"now": now, "near": near, "most": most})


async def of_caregivers(tx: Tx, now: int, near: int, most: int) -> list[Row]:
    """The same for caregivers who come and would like to see what to raise; with how to speak to them."""
    return await tx.rows(_OF_CAREGIVERS, {"now": now, "near": near, "most": most})


async def once(tx: Tx, row: Row, message: int | None, now: int) -> bool:
    """Keep that the person of this row was briefed; False where they were already. ``message`` shows it."""
    values = {"person": row["person_id"], "child": row["child_id"], "starts_at": row["starts_at"]}
    return await tx.run(_ONCE, {**values, "message": message, "now": now}) == 1


async def wants(tx: Tx, person_id: int) -> bool:
    """Whether this caregiver would like it before each visit."""
    return await tx.row(_WANTS, {"person": person_id}) is not None


async def want(tx: Tx, person_id: int, now: int, *, yes: bool) -> None:
    await (tx.run(_WANT, {"person": person_id, "now": now}) if yes else tx.run(_WANT_NO_MORE, {"person": person_id}))
