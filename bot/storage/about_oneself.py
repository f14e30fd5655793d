"""What is kept of one caregiver beside their entries: what they set and agreed to, and what still waits of theirs."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import (
    account,
    alert,
    dead_update,
    form,
    held,
    link,
    link_side,
    mirror,
    person,
    rest,
    schedule,
    travel,
)

_SEAT = (
    sa.select(
        person,
        account.c.stopped_at,
        mirror.c.at.label("mirror_at"),
        travel.c.timezone.label("home_zone"),
        travel.c.until_date.label("away_until"),
    )
    .select_from(
        person.outerjoin(account, account.c.id == person.c.account_id)
        .outerjoin(mirror, mirror.c.person_id == person.c.id)
        .outerjoin(travel, travel.c.person_id == person.c.id)
    )
    .where(person.c.id == bindparam("person"))
)
_RESTS = sa.select(rest).where(rest.c.person_id == bindparam("person")).order_by(rest.c.id)
_PLANS = (
    sa.select(schedule, form.c.name.label("form_name"))
    .select_from(schedule.outerjoin(form, form.c.template_key == schedule.c.template))
    .where(schedule.c.person_id == bindparam("person"), schedule.c.child_id == bindparam("child"))
    .order_by(schedule.c.id)
)
_LINKS = (  # what they agreed to themselves: a proposal alone would tell of another
    sa.select(link.c.kind, link_side.c.agreed_at, link.c.ended_at)
    .select_from(link.join(link_side, link_side.c.link_id == link.c.id))
    .where(
        link.c.child_id == bindparam("child"),
        link_side.c.person_id == bindparam("person"),
        link_side.c.agreed_at.is_not(None),
    )
    .order_by(link.c.id)
)
_ALERTS = (
    sa.select(alert)
    .where(alert.c.person_id == bindparam("person"), alert.c.child_id == bindparam("child"))
    .order_by(alert.c.id)
)
_HELD = sa.select(held).where(held.c.account_id == bindparam("account")).order_by(held.c.id)
_BURIED = sa.select(dead_update.c.at).where(dead_update.c.account_id == bindparam("account")).order_by(dead_update.c.id)


async def seat(tx: Tx, person_id: int) -> Row | None:
    """The seat with stopped_at, mirror_at, home_zone and away_until (each None where it is not so)."""
    return await tx.row(_SEAT, {"person": person_id})


async def rests(tx: Tx, person_id: int) -> list[Row]:
    return await tx.rows(_RESTS, {"person": person_id})


async def plans(tx: Tx, person_id: int, child_id: int) -> list[Row]:
    """Schedules of any time, with form_name where the template is a therapist's own."""
    return await tx.rows(_PLANS, {"person": person_id, "child": child_id})


async def links(tx: Tx, person_id: int, child_id: int) -> list[Row]:
    """Rows of kind, agreed_at, ended_at."""
    return await tx.rows(_LINKS, {"person": person_id, "child": child_id})


async def alerts(tx: Tx, person_id: int, child_id: int) -> list[Row]:
    return await tx.rows(_ALERTS, {"person": person_id, "child": child_id})


async def waiting(tx: Tx, account_id: int) -> list[Row]:
    """Messages that wait for a yes."""
    return await tx.rows(_HELD, {"account": account_id})


async def buried(tx: Tx, account_id: int) -> list[Row]:
    """When something of theirs came that could not be handled: rows of at."""
    return await tx.rows(_BURIED, {"account": account_id})
