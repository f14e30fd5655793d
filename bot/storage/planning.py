"""One schedule as its therapist sees and changes it, and the caregivers who have to be told. Scoped in the query."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.checkins import THERAPIST_NAME
from bot.storage.database import Row, Tx
from bot.storage.forms import NAME
from bot.storage.may import may, stands
from bot.storage.schema import access, account, child, outbox, person, schedule

_treats = access.alias("treats")
_cares = access.alias("cares")


_CARED_FOR = (
    schedule.join(person, person.c.id == schedule.c.person_id)
    .join(child, child.c.id == schedule.c.child_id)
    .join(
        _cares,
        (_cares.c.person_id == schedule.c.person_id)
        & (_cares.c.child_id == schedule.c.child_id)
        & (_cares.c.right == Right.CARE.value),
    )
)
_SCHEDULE = (schedule, schedule.c.id.label("schedule_id"), child.c.name.label("child_name"), child.c.gender, NAME)
_PERSON = (
    person.c.name,
    person.c.role,
    person.c.language,
    person.c.address,
    person.c.timezone,
    person.c.joined_at,
    person.c.quiet_from,
    person.c.quiet_until,
)
_MINE = (
    sa.select(*_SCHEDULE, *_PERSON)
    .select_from(_CARED_FOR.join(_treats, (_treats.c.child_id == child.c.id) & (_treats.c.right == Right.TREAT.value)))
    .where(
        schedule.c.id == bindparam("schedule"),
        schedule.c.ended_at.is_(None),
        person.c.removed_at.is_(None),
        _treats.c.person_id == bindparam("therapist"),
        stands(_cares),
        stands(_treats),
    )
    .limit(1)
)
_ENDS = schedule.update().where(schedule.c.id == bindparam("schedule")).values(ends_on=bindparam("last"))
_FOLLOW = schedule.update().where(schedule.c.id == bindparam("schedule")).values(follows_key=bindparam("to_key"))
_TELL = schedule.update().where(schedule.c.id == bindparam("schedule")).values(tell_at=bindparam("at"), told_in=None)
_TOLD = (
    schedule.update().where(schedule.c.id == bindparam("schedule")).values(tell_at=None, told_in=bindparam("message"))
)
_STALE = sa.exists().where(outbox.c.id == schedule.c.told_in, outbox.c.state == "expired")
_UNDER_WAY = sa.exists().where(outbox.c.id == schedule.c.told_in, outbox.c.state.in_(["pending", "sending"]))
_NOT_TOLD = (
    sa.select(schedule.c.id, person.c.timezone, person.c.quiet_from, person.c.quiet_until)
    .select_from(schedule.join(person))
    .where(schedule.c.told_in.is_not(None), _STALE)
    .order_by(schedule.c.told_in)
)
_ARRIVED = schedule.update().where(schedule.c.told_in.is_not(None), ~_STALE, ~_UNDER_WAY).values(told_in=None)
_UNTOLD = (
    sa.select(*_SCHEDULE, *_PERSON, person.c.account_id, THERAPIST_NAME)
    .select_from(_CARED_FOR.join(account, account.c.id == person.c.account_id))
    .where(
        schedule.c.tell_at <= bindparam("now"),
        person.c.removed_at.is_(None),
        account.c.stopped_at.is_(None),
        account.c.blocked_at.is_(None),
        stands(_cares),
        may(_cares, May.GIVE),
    )
    .order_by(schedule.c.tell_at)
    .limit(bindparam("most"))
)
_NOBODY = schedule.update().where(schedule.c.tell_at <= bindparam("before")).values(tell_at=None)


async def mine(tx: Tx, therapist: int, schedule_id: int, now: int) -> Row | None:
    """A schedule, with its caregiver and child, of a child whom this therapist treats."""
    return await tx.row(_MINE, {"therapist": therapist, "schedule": schedule_id, "now": now})


async def ends(tx: Tx, schedule_id: int, last: str | None) -> None:
    """The last local date; None: no end."""
    await tx.run(_ENDS, {"schedule": schedule_id, "last": last})


async def follow(tx: Tx, schedule_id: int, template: str) -> None:
    """It opens after a check-in of that template; "": at its own hour."""
    await tx.run(_FOLLOW, {"schedule": schedule_id, "to_key": template})


async def tell(tx: Tx, schedule_id: int, at: int | None) -> None:
    """From that moment on the caregiver is to be told; None: nothing is to be told."""
    await tx.run(_TELL, {"schedule": schedule_id, "at": at})


async def told(tx: Tx, schedule_id: int, message: int) -> None:
    """In that logical message, which may still be on its way."""
    await tx.run(_TOLD, {"schedule": schedule_id, "message": message})


async def stale(tx: Tx) -> list[Row]:
    """Schedules whose message became stale on its way."""
    return await tx.rows(_NOT_TOLD)


async def arrived(tx: Tx) -> None:
    """Nothing need be remembered of what has gone out, or could not."""
    await tx.run(_ARRIVED)


async def untold(tx: Tx, now: int, most: int) -> list[Row]:
    """Changed schedules of caregivers who can be told, with `account_id` and `therapist_name`."""
    return await tx.rows(_UNTOLD, {"now": now, "most": most})


async def nobody_to_tell(tx: Tx, before: int) -> None:
    """What has waited since before then was for people who take no messages."""
    await tx.run(_NOBODY, {"before": before})
