"""Home steps: what a therapist gives a child to practise, their plans, tips, and caregivers who have to be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, bindparam

from bot.model import May, Media, Right
from bot.storage.checkins import THERAPIST_NAME
from bot.storage.database import Row, Tx
from bot.storage.may import may, sees, stands
from bot.storage.schema import (
    access,
    account,
    child,
    home_step,
    home_step_news,
    home_step_plan,
    home_step_tip,
    person,
)

AT_ONCE = 20  # children that one read is about; a constant, so that the statement is one

_treats = access.alias("treats")
_cares = access.alias("cares")


_ADD = (
    home_step.insert()
    .values(
        child_id=bindparam("child"), text=bindparam("words"), from_date=bindparam("first"), created_at=bindparam("now")
    )
    .returning(home_step.c.id)
)
_OF_STEP = home_step.update().where(home_step.c.id == bindparam("step"))
_SAY = _OF_STEP.values(text=bindparam("words"))
_ROUTINE = _OF_STEP.values(routine=bindparam("to"))
_UNTIL = _OF_STEP.values(until_date=bindparam("last", type_=sa.String))
_END = _OF_STEP.values(until_date=bindparam("last"), ended_at=bindparam("at"))
_HOW = _OF_STEP.values(
    how_text=bindparam("words"),
    media_kind=bindparam("kind", type_=sa.String),
    media_file_id=bindparam("file"),
    media_seconds=bindparam("seconds", type_=sa.Integer),
)
_PLAN = sa.text(
    "INSERT INTO home_step_plan (home_step_id, from_date, days) VALUES (:step, :first, :days)"
    " ON CONFLICT (home_step_id, from_date) DO UPDATE SET days = excluded.days"
)
_TIP = home_step_tip.insert().values(
    home_step_id=bindparam("step"), barrier=bindparam("of_barrier"), text=bindparam("words")
)
_UNTIP = home_step_tip.delete().where(
    home_step_tip.c.home_step_id == bindparam("step"), home_step_tip.c.barrier == bindparam("of_barrier")
)
_TIPS = (
    sa.select(home_step_tip.c.barrier, home_step_tip.c.text)
    .where(home_step_tip.c.home_step_id == bindparam("step"))
    .order_by(home_step_tip.c.barrier)
)
_PLANNED = home_step.outerjoin(home_step_plan, home_step_plan.c.home_step_id == home_step.c.id)
_STEP = (home_step, home_step_plan.c.from_date.label("plan_from"), home_step_plan.c.days)
_IN_ORDER = (home_step.c.id, home_step_plan.c.from_date)
_ACTIVE = sa.and_(
    home_step.c.ended_at.is_(None),
    sa.or_(home_step.c.until_date.is_(None), home_step.c.until_date >= bindparam("date")),
)

_NAMES = [f"child_{number}" for number in range(AT_ONCE)]
_OF_CHILDREN = (
    sa.select(*_STEP)
    .select_from(_PLANNED)
    .where(home_step.c.child_id.in_([bindparam(name, type_=BigInteger) for name in _NAMES]))
    .where(home_step.c.ended_at.is_(None))
    .order_by(*_IN_ORDER)
)
_FOR_SEAT = (
    sa.select(*_STEP)
    .select_from(_PLANNED)
    .where(
        home_step.c.child_id == bindparam("child"),
        home_step.c.ended_at.is_(None),
        sees(bindparam("seat"), home_step.c.child_id),
    )
    .order_by(*_IN_ORDER)
)
_TREATED = sa.and_(
    _treats.c.child_id == home_step.c.child_id,
    _treats.c.person_id == bindparam("therapist"),
    _treats.c.right == Right.TREAT.value,
    stands(_treats),
)
_OF_THERAPIST = (
    sa.select(*_STEP, child.c.name.label("child_name"))
    .select_from(_PLANNED.join(child, child.c.id == home_step.c.child_id).join(_treats, _TREATED))
    .order_by(*_IN_ORDER)
)
_MINE = _OF_THERAPIST.where(home_step.c.id == bindparam("step"), home_step.c.ended_at.is_(None))
_MINE_OF_CHILD = _OF_THERAPIST.where(home_step.c.child_id == bindparam("child"), _ACTIVE)
_CARED = sa.and_(
    _cares.c.child_id == home_step.c.child_id,
    _cares.c.right == Right.CARE.value,
    stands(_cares),
    may(_cares, May.SEE),
)
_CARER = (
    sa.select(*_STEP, person.c.id.label("person_id"))
    .select_from(_PLANNED.join(_cares, _CARED).join(person, person.c.id == _cares.c.person_id))
    .where(person.c.account_id == bindparam("account"), person.c.removed_at.is_(None))
    .order_by(*_IN_ORDER)
)
_OWN_OF_CHILD = _CARER.where(home_step.c.child_id == bindparam("child"), _ACTIVE)
_ANY = (
    sa.select(
        home_step,
        child.c.name.label("child_name"),
        child.c.gender,
        person.c.id.label("person_id"),
        person.c.language,
        person.c.address,
        person.c.timezone,
        person.c.quiet_from,
        person.c.quiet_until,
        THERAPIST_NAME,
    )
    .select_from(
        home_step.join(child, child.c.id == home_step.c.child_id)
        .join(_cares, _CARED)
        .join(person, person.c.id == _cares.c.person_id)
    )
    .where(
        person.c.account_id == bindparam("account"), person.c.removed_at.is_(None), home_step.c.id == bindparam("step")
    )
    .limit(1)
)
_OWN = {what: _ANY.where(may(_cares, what)) for what in (May.SEE, May.BOTH)}
_CAREGIVERS = (
    sa.select(person.c.id, person.c.timezone, person.c.quiet_from, person.c.quiet_until)
    .select_from(home_step.join(_cares, _CARED).join(person, person.c.id == _cares.c.person_id))
    .where(home_step.c.id == bindparam("step"), person.c.removed_at.is_(None), person.c.joined_at.is_not(None))
    .order_by(person.c.id)
)
_NEWS = sa.text(
    "INSERT INTO home_step_news (home_step_id, person_id, tell_at) VALUES (:step, :person, :at)"
    " ON CONFLICT (home_step_id, person_id) DO UPDATE SET tell_at = excluded.tell_at"
)
_UNTOLD = (
    sa.select(
        *_STEP,
        home_step_news.c.person_id,
        child.c.name.label("child_name"),
        child.c.gender,
        person.c.language,
        person.c.address,
        person.c.timezone,
        person.c.quiet_from,
        person.c.quiet_until,
        person.c.account_id,
        account.c.stopped_at,
        account.c.blocked_at,
        THERAPIST_NAME,
    )
    .select_from(
        home_step_news.join(home_step, home_step.c.id == home_step_news.c.home_step_id)
        .outerjoin(home_step_plan, home_step_plan.c.home_step_id == home_step.c.id)
        .join(child, child.c.id == home_step.c.child_id)
        .join(person, person.c.id == home_step_news.c.person_id)
        .join(_cares, _CARED & (_cares.c.person_id == person.c.id))
        .join(account, account.c.id == person.c.account_id)
    )
    .where(home_step_news.c.tell_at <= bindparam("now"), person.c.removed_at.is_(None))
    .order_by(home_step_news.c.tell_at, home_step_news.c.person_id, *_IN_ORDER)
)
_TOLD = home_step_news.delete().where(
    home_step_news.c.home_step_id == bindparam("step"), home_step_news.c.person_id == bindparam("person")
)
_TELL_NOBODY = home_step_news.delete().where(home_step_news.c.home_step_id == bindparam("step"))
_NOBODY = home_step_news.delete().where(home_step_news.c.tell_at <= bindparam("before"))
_ALL_OF_CHILD = sa.select(home_step).where(home_step.c.child_id == bindparam("child")).order_by(home_step.c.id)
_PLANS_OF_CHILD = (
    sa.select(home_step_plan)
    .join(home_step, home_step.c.id == home_step_plan.c.home_step_id)
    .where(home_step.c.child_id == bindparam("child"))
    .order_by(home_step_plan.c.home_step_id, home_step_plan.c.from_date)
)
_TIPS_OF_CHILD = (
    sa.select(home_step_tip)
    .join(home_step, home_step.c.id == home_step_tip.c.home_step_id)
    .where(home_step.c.child_id == bindparam("child"))
    .order_by(home_step_tip.c.home_step_id, home_step_tip.c.barrier)
)


async def add(tx: Tx, child_id: int, text: str, first: str, now: int) -> int:
    """A step from that local date on. Returns its id."""
    row = await tx.row(_ADD, {"child": child_id, "words": text, "first": first, "now": now})
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def say(tx: Tx, step: int, text: str) -> None:
    await tx.run(_SAY, {"step": step, "words": text})


async def routine(tx: Tx, step: int, to: str) -> None:
    await tx.run(_ROUTINE, {"step": step, "to": to})


async def until(tx: Tx, step: int, last: str | None) -> None:
    """Its last local date; None: no end."""
    await tx.run(_UNTIL, {"step": step, "last": last})


async def end(tx: Tx, step: int, last: str, at: int) -> None:
    await tx.run(_END, {"step": step, "last": last, "at": at})


async def how(tx: Tx, step: int, text: str, media: Media | None) -> None:
    values: dict[str, Any] = {"kind": None, "file": None, "seconds": None}
    if media is not None:
        values = {"kind": media.kind, "file": media.file_id, "seconds": media.seconds}
    await tx.run(_HOW, {"step": step, "words": text, **values})


async def plan(tx: Tx, step: int, first: str, days: str) -> None:
    """Those weekdays from that local date on; what was planned before stays as it was."""
    await tx.run(_PLAN, {"step": step, "first": first, "days": days})


async def tip(tx: Tx, step: int, barrier: str, text: str) -> None:
    """The therapist's words for that barrier; "" takes them away."""
    await tx.run(_UNTIP, {"step": step, "of_barrier": barrier})
    if text:
        await tx.run(_TIP, {"step": step, "of_barrier": barrier, "words": text})


async def tips(tx: Tx, step: int) -> dict[str, str]:
    """By barrier, of a step whose right the caller has checked."""
    return {row["barrier"]: row["text"] for row in await tx.rows(_TIPS, {"step": step})}


async def of_children(tx: Tx, children: Sequence[int]) -> list[Row]:
    """Steps that were not taken away, a row for each of their plans (``plan_from``, ``days``), oldest first."""
    found: list[Row] = []
    for at in range(0, len(children), AT_ONCE):
        some = [*children[at : at + AT_ONCE], *[0] * AT_ONCE][:AT_ONCE]
        found += await tx.rows(_OF_CHILDREN, dict(zip(_NAMES, some, strict=True)))
    return found


async def mine(tx: Tx, therapist: int, step: int, now: int) -> list[Row]:
    """A step of a child whom this therapist treats: a row for each of its plans, with ``child_name``."""
    return await tx.rows(_MINE, {"therapist": therapist, "step": step, "now": now})


async def mine_of_child(tx: Tx, therapist: int, child_id: int, date: str, now: int) -> list[Row]:
    """The steps that last until that local date or longer."""
    return await tx.rows(_MINE_OF_CHILD, {"therapist": therapist, "child": child_id, "date": date, "now": now})


async def own_of_child(tx: Tx, account_id: int, child_id: int, date: str, now: int) -> list[Row]:
    """The same for a caregiver's account."""
    return await tx.rows(_OWN_OF_CHILD, {"account": account_id, "child": child_id, "date": date, "now": now})


async def for_seat(tx: Tx, seat: int, child_id: int, now: int) -> list[Row]:
    """The same of one child, as far as it is shared with this caregiver."""
    return await tx.rows(_FOR_SEAT, {"seat": seat, "child": child_id, "now": now})


async def own(tx: Tx, account_id: int, step: int, now: int, what: May = May.SEE) -> Row | None:
    """A step that is shared with this account, with the child and the seat (``person_id``).

    ``what``: who may see it, or tell of it too.
    """
    return await tx.row(_OWN[what], {"account": account_id, "step": step, "now": now})


async def caregivers(tx: Tx, step: int, now: int) -> list[Row]:
    """The seats that have joined for the child of a step whose right the caller has checked."""
    return await tx.rows(_CAREGIVERS, {"step": step, "now": now})


async def tell(tx: Tx, step: int, moments: Sequence[tuple[int, int]]) -> None:
    """Pairs of (person, moment from which they may be told)."""
    await tx.run_many(_NEWS, [{"step": step, "person": who, "at": at} for who, at in moments])


async def untold(tx: Tx, now: int) -> list[Row]:
    """Who is to be told by now of which step: a row for each of its plans."""
    return await tx.rows(_UNTOLD, {"now": now})


async def told(tx: Tx, step: int, person_id: int) -> None:
    await tx.run(_TOLD, {"step": step, "person": person_id})


async def tell_nobody(tx: Tx, step: int) -> None:
    """Of a step that nobody was told of yet."""
    await tx.run(_TELL_NOBODY, {"step": step})


async def nobody_to_tell(tx: Tx, before: int) -> None:
    """What has waited since before then was for people who are told nothing any more."""
    await tx.run(_NOBODY, {"before": before})


async def all_of_child(tx: Tx, child_id: int) -> tuple[list[Row], list[Row], list[Row]]:
    """For the export: the steps of any time, their plans, their tips."""
    values = {"child": child_id}
    return (
        await tx.rows(_ALL_OF_CHILD, values),
        await tx.rows(_PLANS_OF_CHILD, values),
        await tx.rows(_TIPS_OF_CHILD, values),
    )
