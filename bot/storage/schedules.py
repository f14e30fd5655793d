"""Schedules and the one table that says what is due when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.absences import away
from bot.storage.checkins import THERAPIST_NAME
from bot.storage.database import Row, Tx
from bot.storage.forms import NAME
from bot.storage.may import stands
from bot.storage.schema import (
    access,
    account,
    answer,
    check_in,
    child,
    due,
    form,
    form_version,
    link,
    link_side,
    person,
    rest,
    rota,
    schedule,
    silence,
    travel,
)

MOST_A_DAY = sa.case(
    (person.c.prompts_wish < person.c.prompts_a_day, person.c.prompts_wish), else_=person.c.prompts_a_day
)
REVIEW_AFTER = 42 * 86_400_000  # ms: six weeks, then the therapist is asked whether it still fits
_ADD = (
    schedule.insert()
    .values(
        person_id=bindparam("person"),
        child_id=bindparam("child"),
        template=bindparam("template"),
        days=bindparam("days"),
        time=bindparam("time"),
        starts_on=bindparam("starts_on"),
        review_at=bindparam("now") + sa.literal_column(str(REVIEW_AFTER)),
        created_at=bindparam("now"),
    )
    .returning(schedule.c.id)
)
_CHANGE = (
    schedule.update()
    .where(schedule.c.id == bindparam("schedule"))
    .values(days=bindparam("new_days"), time=bindparam("new_time"), starts_on=bindparam("new_start"))
)
_KEEP_PLANNED = (
    schedule.update().where(schedule.c.id == bindparam("schedule")).values(planned_days=bindparam("to_days"))
)
_END = schedule.update().where(schedule.c.id == bindparam("schedule")).values(ended_at=bindparam("at"))
_RULE = (
    schedule.c.id.label("schedule_id"),
    person.c.timezone,
    person.c.weekend,
    person.c.fast,
    person.c.joined_at,
    NAME,
)
_ONE = sa.select(schedule, *_RULE).select_from(schedule.join(person)).where(schedule.c.id == bindparam("schedule"))
_OF_PERSON = (
    sa.select(schedule, *_RULE)
    .select_from(schedule.join(person))
    .where(schedule.c.person_id == bindparam("person"), schedule.c.ended_at.is_(None))
    .order_by(schedule.c.id)
)
_OF_CHILD = (
    sa.select(schedule, *_RULE)
    .select_from(schedule.join(person))
    .where(schedule.c.child_id == bindparam("child"), schedule.c.ended_at.is_(None), person.c.removed_at.is_(None))
    .order_by(schedule.c.id)
)
_EVER = (
    sa.select(schedule.c.template)
    .where(schedule.c.person_id == bindparam("person"), schedule.c.child_id == bindparam("child"))
    .distinct()
)
_BIRTH_MONTH = sa.select(child.c.birth_month).where(child.c.id == bindparam("child"))
_NEXT = (
    sa.select(due).where(due.c.schedule_id == bindparam("schedule"), due.c.opened == 0).order_by(due.c.due_at).limit(1)
)
_DIGEST_AT = (
    sa.select(sa.func.min(due.c.due_at))
    .select_from(schedule.join(due, due.c.schedule_id == schedule.c.id))
    .where(
        schedule.c.person_id == person.c.id,
        schedule.c.template == "digest",
        schedule.c.ended_at.is_(None),
        due.c.opened == 0,
    )
    .scalar_subquery()
)
_READER = (
    sa.select(person.c.name, _DIGEST_AT.label("at"))
    .select_from(access.join(person))
    .where(
        access.c.child_id == bindparam("child"),
        access.c.right == Right.TREAT.value,
        access.c.from_at <= bindparam("now"),
        stands(access),
        person.c.removed_at.is_(None),
    )
    .order_by(away(person.c.id), person.c.id)
    .limit(1)
)
_UNPLAN = due.delete().where(due.c.schedule_id == bindparam("schedule"), due.c.opened == 0)
_PLAN = sa.text(
    "INSERT INTO due (schedule_id, local_date, slot, due_at, opened)"
    " VALUES (:schedule, :local_date, :slot, :due_at, 0) ON CONFLICT DO NOTHING"
)
_OPENED = (
    due.update()
    .where(
        due.c.schedule_id == bindparam("schedule"),
        due.c.local_date == bindparam("date"),
        due.c.slot == bindparam("at_slot"),
    )
    .values(opened=1)
)
FORGET = due.delete().where(due.c.opened == 1, due.c.due_at < bindparam("before")).execution_options(apart=True)
_LAST_DATE = sa.select(sa.func.max(due.c.local_date).label("date")).where(
    due.c.schedule_id == bindparam("schedule"), due.c.opened == 1
)

_one = check_in.alias("one")
_ASKED_THAT_DAY = (
    sa.select(sa.func.count())
    .select_from(_one)
    .where(
        _one.c.child_id == schedule.c.child_id,
        _one.c.local_date == due.c.local_date,
        _one.c.person_id == schedule.c.person_id,
        _one.c.schedule_id.is_not(None),
        _one.c.state.not_in([sa.literal_column("'excused'"), sa.literal_column("'missed'")]),
    )
    .scalar_subquery()
    .label("asked_that_day")
)
_ASKED_ON = sa.select(sa.func.count().label("many")).where(
    check_in.c.person_id == bindparam("person"),
    check_in.c.local_date == bindparam("date"),
    check_in.c.schedule_id.is_not(None),
    check_in.c.state.not_in(["excused", "missed"]),
)
_beside, _waits = schedule.alias("beside"), due.alias("waits")
_WAITING_THAT_DAY = (
    sa.select(sa.func.count())
    .select_from(_beside.join(_waits, _waits.c.schedule_id == _beside.c.id))
    .where(
        _beside.c.person_id == schedule.c.person_id,
        _beside.c.id != schedule.c.id,
        _beside.c.ended_at.is_(None),
        _beside.c.template != sa.literal_column("'pulse'"),
        _beside.c.follows_key == sa.literal_column("''"),
        _waits.c.opened == sa.literal_column("0"),
        _waits.c.local_date == due.c.local_date,
    )
    .scalar_subquery()
    .label("waiting_that_day")
)
_after = check_in.alias("after_it")
_FOLLOWED = sa.and_(
    schedule.c.follows_key != sa.literal_column("''"),
    sa.exists()
    .where(
        _after.c.child_id == schedule.c.child_id,
        _after.c.local_date == due.c.local_date,
        _after.c.person_id == schedule.c.person_id,
        _after.c.template == schedule.c.follows_key,
        _after.c.state.in_([sa.literal_column("'done'"), sa.literal_column("'partial'")]),
    )
    .correlate(schedule, due),
).label("followed")
_mine, _theirs, _shared = link_side.alias("mine"), link_side.alias("theirs"), check_in.alias("shared")
_OTHER_ANSWERED = (
    sa.exists()
    .where(
        _mine.c.person_id == schedule.c.person_id,
        _mine.c.ended == sa.literal_column("0"),
        _mine.c.agreed_at.is_not(None),
        link.c.id == _mine.c.link_id,
        link.c.kind == sa.literal_column("'first'"),
        _theirs.c.link_id == link.c.id,
        _theirs.c.person_id != _mine.c.person_id,
        _theirs.c.ended == sa.literal_column("0"),
        _theirs.c.agreed_at.is_not(None),
        _shared.c.person_id == _theirs.c.person_id,
        _shared.c.child_id == schedule.c.child_id,
        _shared.c.template == schedule.c.template,
        _shared.c.local_date == due.c.local_date,
        answer.c.check_in_id == _shared.c.id,
        answer.c.skipped == sa.literal_column("0"),
    )
    .correlate(schedule, due)
    .label("other_answered")
)

# Everything that opening needs, in one read: the right is judged now, not when it was planned.
_DUE = (
    sa.select(
        due.c.schedule_id,
        due.c.local_date,
        due.c.slot,
        due.c.due_at,
        schedule.c.person_id,
        schedule.c.child_id,
        schedule.c.template,
        schedule.c.days,
        schedule.c.time,
        schedule.c.starts_on,
        schedule.c.ends_on,
        schedule.c.ended_at,
        person.c.kind,
        person.c.language,
        person.c.address,
        person.c.timezone,
        person.c.joined_at,
        person.c.removed_at,
        person.c.account_id,
        person.c.quiet_from,
        person.c.quiet_until,
        person.c.weekend,
        person.c.feasts,
        person.c.fast,
        sa.exists().where(travel.c.person_id == person.c.id).correlate(person).label("away"),
        silence.c.ask,
        silence.c.stopped_at.label("silent_at"),
        silence.c.told_at.label("silent_told_at"),
        MOST_A_DAY.label("prompts_a_day"),
        rota.c.days.label("rota_days"),
        rota.c.starts_on.label("rota_starts_on"),
        schedule.c.follows_key,
        _FOLLOWED,
        _ASKED_THAT_DAY,
        _WAITING_THAT_DAY,
        _OTHER_ANSWERED,
        account.c.stopped_at,
        account.c.blocked_at,
        child.c.name.label("child_name"),
        child.c.gender,
        form_version.c.version.label("template_version"),
        form_version.c.body.label("form"),
        access.c.id.label("access_id"),
        access.c.preset,
        sa.select(rest.c.kind)
        .where(
            rest.c.person_id == person.c.id,
            rest.c.ended_at.is_(None),
            rest.c.from_date <= due.c.local_date,
            rest.c.until_date >= due.c.local_date,
        )
        .order_by(rest.c.kind == "busy", rest.c.id.desc())  # in a busy week a school break still asks nothing
        .limit(1)
        .scalar_subquery()
        .label("rest"),
        THERAPIST_NAME,
    )
    .select_from(
        due.join(schedule, schedule.c.id == due.c.schedule_id)
        .join(person, person.c.id == schedule.c.person_id)
        .outerjoin(account, account.c.id == person.c.account_id)
        .outerjoin(child, child.c.id == schedule.c.child_id)
        .outerjoin(form, form.c.template_key == schedule.c.template)
        .outerjoin(
            form_version,
            (form_version.c.template_key == form.c.template_key) & (form_version.c.version == form.c.newest),
        )
        .outerjoin(rota, (rota.c.child_id == schedule.c.child_id) & (rota.c.person_id == schedule.c.person_id))
        .outerjoin(silence, silence.c.person_id == person.c.id)
        .outerjoin(
            access,
            (access.c.person_id == schedule.c.person_id)
            & (access.c.child_id == schedule.c.child_id)
            & (access.c.right == "care")
            & stands(access),
        )
    )
    .where(due.c.opened == sa.literal_column("0"), due.c.due_at <= bindparam("now"))
    .order_by(due.c.due_at)
    .limit(bindparam("most"))
)


async def add(
    tx: Tx, person_id: int, child_id: int | None, template: str, days: str, time: str, starts_on: str, now: int
) -> int:
    values = {"person": person_id, "child": child_id, "template": template, "days": days, "time": time}
    row = await tx.row(_ADD, {**values, "starts_on": starts_on, "now": now})
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def one(tx: Tx, schedule_id: int) -> Row | None:
    return await tx.row(_ONE, {"schedule": schedule_id})


async def of_person(tx: Tx, person_id: int) -> list[Row]:
    return await tx.rows(_OF_PERSON, {"person": person_id})


async def ever(tx: Tx, person_id: int, child_id: int) -> list[str]:
    """The templates that this seat was asked about the child, also those that have ended."""
    return [row["template"] for row in await tx.rows(_EVER, {"person": person_id, "child": child_id})]


async def asked_on(tx: Tx, person_id: int, local_date: str) -> int:
    """How many planned questions this seat got on that date."""
    row = await tx.row(_ASKED_ON, {"person": person_id, "date": local_date})
    return 0 if row is None else int(row["many"])


async def of_child(tx: Tx, child_id: int) -> list[Row]:
    """Everything that is asked about a child, of whomever."""
    return await tx.rows(_OF_CHILD, {"child": child_id})


async def birth_month(tx: Tx, child_id: int) -> str:
    """YYYY-MM, or "" where it is not known."""
    row = await tx.row(_BIRTH_MONTH, {"child": child_id})
    return "" if row is None else str(row["birth_month"])


async def change(tx: Tx, schedule_id: int, days: str, time: str, starts_on: str) -> None:
    await tx.run(_CHANGE, {"schedule": schedule_id, "new_days": days, "new_time": time, "new_start": starts_on})


async def keep_planned(tx: Tx, schedule_id: int, days: str) -> None:
    """The rhythm that the caregiver has changed and may return to; "": none."""
    await tx.run(_KEEP_PLANNED, {"schedule": schedule_id, "to_days": days})


async def end(tx: Tx, schedule_id: int, at: int) -> None:
    await tx.run(_END, {"schedule": schedule_id, "at": at})
    await tx.run(_UNPLAN, {"schedule": schedule_id})


async def unplan(tx: Tx, schedule_id: int) -> None:
    """Forget the moment that is planned next, not those that were opened."""
    await tx.run(_UNPLAN, {"schedule": schedule_id})


async def plan(tx: Tx, moments: Sequence[dict[str, Any]]) -> None:
    """Rows of (schedule, local_date, slot, due_at); one that stands already is left as it is."""
    await tx.run_many(_PLAN, moments)


async def planned(tx: Tx, schedule_id: int) -> Row | None:
    """The next moment planned."""
    return await tx.row(_NEXT, {"schedule": schedule_id})


async def reader(tx: Tx, child_id: int, now: int) -> Row | None:
    """The child's first therapist: (name, at), the moment of their next digest or None."""
    return await tx.row(_READER, {"child": child_id, "now": now})


async def last_opened(tx: Tx, schedule_id: int) -> str | None:
    """The newest local date on which this schedule was opened."""
    row = await tx.row(_LAST_DATE, {"schedule": schedule_id})
    return None if row is None else row["date"]


async def due_now(tx: Tx, now: int, most: int) -> list[Row]:
    return await tx.rows(_DUE, {"now": now, "most": most})


async def opened(tx: Tx, moments: Sequence[dict[str, Any]]) -> None:
    """Rows of (schedule, date, at_slot)."""
    await tx.run_many(_OPENED, moments)


async def forget(tx: Tx, before: int) -> int:
    """Drop moments that were opened before then; their check-ins stay."""
    return await tx.run(FORGET, {"before": before})
