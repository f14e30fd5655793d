"""Moments that caregivers picked for practising, and what they told of a day already."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schema import access, account, booking, check_in, home_step, person

_BOOK = sa.text(
    "INSERT INTO booking (home_step_id, person_id, local_date, slot, due_at, opened, created_at)"
    " VALUES (:step, :person, :date, :slot, :due_at, 0, :now)"
    " ON CONFLICT (person_id, home_step_id, local_date)"
    " DO UPDATE SET slot = excluded.slot, due_at = excluded.due_at, opened = 0"
)
_BOOKED = sa.select(booking.c.id).where(
    booking.c.person_id == bindparam("person"),
    booking.c.home_step_id == bindparam("step"),
    booking.c.local_date == bindparam("date"),
)
_OWN = (
    sa.select(booking)
    .join(person, person.c.id == booking.c.person_id)
    .where(booking.c.id == bindparam("booking"), booking.c.opened == 0, person.c.account_id == bindparam("account"))
)
_UNBOOK = booking.delete().where(booking.c.id == bindparam("booking"))
_LAST_SLOT = (
    sa.select(booking.c.slot)
    .where(booking.c.person_id == bindparam("person"), booking.c.home_step_id == bindparam("step"))
    .order_by(booking.c.due_at.desc())
    .limit(1)
)
# The right is judged now, not when the moment was picked.
_DUE = (
    sa.select(
        booking,
        home_step.c.child_id,
        person.c.account_id,
        person.c.timezone,
        person.c.quiet_from,
        person.c.quiet_until,
    )
    .select_from(
        booking.join(home_step, home_step.c.id == booking.c.home_step_id)
        .join(person, person.c.id == booking.c.person_id)
        .join(account, account.c.id == person.c.account_id)
        .join(
            access,
            (access.c.person_id == booking.c.person_id)
            & (access.c.child_id == home_step.c.child_id)
            & (access.c.right == Right.CARE.value)
            & stands(access)
            & may(access, May.BOTH),
        )
    )
    .where(
        booking.c.opened == sa.literal_column("0"),
        booking.c.due_at <= bindparam("now"),
        home_step.c.ended_at.is_(None),
        person.c.removed_at.is_(None),
        account.c.stopped_at.is_(None),
        account.c.blocked_at.is_(None),
    )
    .order_by(booking.c.due_at)
)
_OPENED = booking.update().where(booking.c.opened == 0, booking.c.due_at <= bindparam("until")).values(opened=1)
_TOLD = sa.select(check_in.c.id, check_in.c.home_step_id, check_in.c.state).where(
    check_in.c.person_id == bindparam("person"),
    check_in.c.child_id == bindparam("child"),
    check_in.c.local_date == bindparam("date"),
    check_in.c.template == bindparam("template"),
    check_in.c.home_step_id.is_not(None),
    check_in.c.state.in_(["open", "done", "partial"]),
)
_STAYS_OPEN = (
    check_in.update()
    .where(check_in.c.id == bindparam("check_in"))
    .values(closes_at=bindparam("to_close"), nudge_at=bindparam("ask_at"), nudge=bindparam("why"))
)


async def book(tx: Tx, person_id: int, step: int, date: str, slot: str, due_at: int, now: int) -> int:
    """One moment a day for each step; another hour replaces it. Returns its id."""
    values = {"person": person_id, "step": step, "date": date}
    await tx.run(_BOOK, {**values, "slot": slot, "due_at": due_at, "now": now})
    row = await tx.row(_BOOKED, values)
    assert row is not None  # noqa: S101 - just written
    return int(row["id"])


async def unbook(tx: Tx, account_id: int, booking_id: int) -> bool:
    """False where it is not this account's, or has come already."""
    if await own(tx, account_id, booking_id) is None:
        return False
    await tx.run(_UNBOOK, {"booking": booking_id})
    return True


async def own(tx: Tx, account_id: int, booking_id: int) -> Row | None:
    """A moment of this account's that is still to come."""
    return await tx.row(_OWN, {"account": account_id, "booking": booking_id})


async def last_slot(tx: Tx, person_id: int, step: int) -> str | None:
    """The hour that was picked last for that step."""
    row = await tx.row(_LAST_SLOT, {"person": person_id, "step": step})
    return None if row is None else str(row["slot"])


async def due(tx: Tx, now: int) -> list[Row]:
    """Moments that have come, each once: of people who take messages, with what opening needs."""
    rows = await tx.rows(_DUE, {"now": now})
    await tx.run(_OPENED, {"until": now})
    return rows


async def told(tx: Tx, person_id: int, child_id: int, template: str, date: str) -> list[Row]:
    """The practice logs of that seat on that local date: rows of (id, home_step_id, state)."""
    return await tx.rows(_TOLD, {"person": person_id, "child": child_id, "template": template, "date": date})


async def stays_open(tx: Tx, check_in_id: int, closes_at: int, ask_at: int, why: str) -> None:
    """It is asked once more at that moment, and closes later."""
    await tx.run(_STAYS_OPEN, {"check_in": check_in_id, "to_close": closes_at, "ask_at": ask_at, "why": why})
