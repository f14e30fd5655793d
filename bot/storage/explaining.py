"""What is known of recent check-ins, so that each can be explained; and how late prompts came, for `status`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage import ids
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, check_in, person, schedule, shift

DAY = 86_400_000
_TREATED = sa.exists().where(
    access.c.child_id == check_in.c.child_id,
    access.c.person_id == bindparam("therapist"),
    access.c.right == Right.TREAT.value,
    stands(access),
)
_WHICH = (check_in.c.child_id == bindparam("child"), check_in.c.local_date >= bindparam("since"), _TREATED)
_RECENT = (
    sa.select(
        check_in.c.id,
        check_in.c.person_id,
        check_in.c.schedule_id,
        check_in.c.template,
        check_in.c.local_date,
        check_in.c.slot,
        check_in.c.due_at,
        check_in.c.created_at,
        check_in.c.sent_at,
        check_in.c.finished_at,
        check_in.c.state,
        check_in.c.state_reason,
        check_in.c.short,
        schedule.c.time,
        person.c.name,
        person.c.role,
        person.c.timezone,
    )
    .select_from(
        check_in.join(person, person.c.id == check_in.c.person_id).outerjoin(
            schedule, schedule.c.id == check_in.c.schedule_id
        )
    )
    .where(*_WHICH, person.c.removed_at.is_(None))
    .order_by(check_in.c.person_id, check_in.c.due_at.desc())
)
_SHIFTS = (
    sa.select(shift.c.check_in_id, shift.c.kind, shift.c.at, shift.c.slot)
    .select_from(shift.join(check_in))
    .where(*_WHICH)
    .order_by(shift.c.id)
)
_LATENESS = (
    sa.select((check_in.c.sent_at - check_in.c.due_at).label("ms"))
    .where(check_in.c.id >= bindparam("since"), check_in.c.sent_at.is_not(None))
    # one that was begun by its parent came before its hour
    .where(check_in.c.schedule_id.is_not(None), check_in.c.created_at >= check_in.c.due_at)
)
_REASONS = (
    sa.select(check_in.c.state_reason, sa.func.count().label("n"))
    .where(check_in.c.id >= bindparam("since"), check_in.c.state_reason != "")
    .group_by(check_in.c.state_reason)
    .order_by(check_in.c.state_reason)
)


async def recent(tx: Tx, therapist: int, child: int, since: str, now: int) -> list[Row]:
    """Check-ins from that local date on, with caregiver and plan, by caregiver, newest first."""
    return await tx.rows(_RECENT, {"therapist": therapist, "child": child, "since": since, "now": now})


async def shifts(tx: Tx, therapist: int, child: int, since: str, now: int) -> list[Row]:
    """What moved those, or showed them once more, in its order."""
    return await tx.rows(_SHIFTS, {"therapist": therapist, "child": child, "since": since, "now": now})


async def lateness(tx: Tx, machine_ms: int) -> list[int]:
    """Of each prompt of the last day that arrived, in ms after its hour."""
    return sorted(max(0, int(row["ms"])) for row in await tx.rows(_LATENESS, {"since": ids.at(machine_ms - DAY)}))


async def reasons(tx: Tx, machine_ms: int) -> dict[str, int]:
    """Why check-ins of the last day ended otherwise than by an answer."""
    rows = await tx.rows(_REASONS, {"since": ids.at(machine_ms - DAY)})
    return {str(row["state_reason"]): int(row["n"]) for row in rows}
