"""The one way out: rows that are sent, settled, and forgotten. `hold_until` and leases are the machine's time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.sql import Executable

from bot.model import Priority
from bot.storage.database import Row, Tx
from bot.storage.ids import PARTS
from bot.storage.schema import account, check_in, copy, outbox

LOGICAL = outbox.c.message_id - outbox.c.message_id % PARTS
"""The logical message that a row is a part of, or an edit of: the first parts of a long one go by ids of their own."""


def part_of(table: sa.Table, shown: sa.Select[int] | sa.CompoundSelect[int]) -> sa.ColumnElement[bool]:
    """Rows of the outbox or of the copies that are a part of those logical messages; found by the index of messages."""
    part, message = table.alias(), shown.subquery()
    [first] = message.c
    found = part.c.message_id.between(first, first + PARTS - 1)
    return table.c.message_id.in_(sa.select(part.c.message_id).join(message, found))


_PUT = outbox.insert().values(
    id=bindparam("id"),
    message_id=bindparam("message_id"),
    chat_id=bindparam("chat_id"),
    priority=bindparam("priority"),
    method=bindparam("method"),
    payload=bindparam("payload"),
    upload=bindparam("upload"),
    expires_at=bindparam("expires_at"),
    created_at=bindparam("created_at"),
    state="pending",
)
_REPLACE = outbox.delete().where(
    outbox.c.message_id == bindparam("edited"),
    outbox.c.id != outbox.c.message_id,
    outbox.c.state == "pending",
    outbox.c.method.like("edit%"),
)
# Written out, so that PostgreSQL's prepared plans know the partial indexes too.
_PENDING: sa.ColumnClause[str] = sa.literal_column("'pending'")
_SENDING: sa.ColumnClause[str] = sa.literal_column("'sending'")
_one, _busy, _earlier, _original = (outbox.alias(name) for name in ("one", "busy", "earlier", "original"))


def _next(*which: sa.ColumnElement[bool]) -> sa.Select[int]:
    return (
        sa.select(_one.c.id)
        .where(
            *which,
            _one.c.state == _PENDING,
            _one.c.hold_until <= bindparam("machine"),
            # one at a time to a chat, and in order: what was said first is seen first; what is urgent waits for nothing
            ~sa.exists().where(
                _busy.c.chat_id == _one.c.chat_id,
                _busy.c.state == _SENDING,
                sa.or_(_one.c.priority != Priority.SAFETY.value, _busy.c.priority == Priority.SAFETY.value),
            ),
            ~sa.exists().where(
                _earlier.c.chat_id == _one.c.chat_id,
                _earlier.c.state == _PENDING,
                _earlier.c.priority == _one.c.priority,
                _earlier.c.id < _one.c.id,
            ),
            # an edit waits until what it changes has gone out
            sa.or_(
                _one.c.id == _one.c.message_id,
                ~sa.exists().where(
                    _original.c.message_id == _one.c.message_id,
                    _original.c.id < _one.c.id,
                    _original.c.state == _PENDING,
                ),
            ),
        )
        .order_by(_one.c.priority, _one.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


def _claim_of(which: sa.Select[int]) -> Executable:
    return (
        outbox.update()
        .where(outbox.c.id.in_(which))
        .values(
            state="sending",
            lease_until=bindparam("lease"),
            tried_at=sa.case((outbox.c.tries == 0, bindparam("machine")), else_=outbox.c.tried_at),
            tries=outbox.c.tries + 1,
        )
        .returning(outbox)
    )


_CLAIM, _CLAIM_URGENT = _claim_of(_next()), _claim_of(_next(_one.c.priority == Priority.SAFETY.value))
_URGENT_WAITS = (
    sa.select(outbox.c.id)
    .where(
        outbox.c.state == _PENDING,
        outbox.c.priority == Priority.SAFETY.value,
        outbox.c.hold_until <= bindparam("machine"),
    )
    .limit(1)
)
_COPIES = sa.select(copy.c.telegram_message_id).where(copy.c.message_id == bindparam("message"))
_SETTLE = (
    outbox.update()
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "sending")
    .values(state=bindparam("to_state"), error=bindparam("why"), settled_at=bindparam("at"), payload="", upload=None)
)
_DROP = outbox.delete().where(outbox.c.id == bindparam("row"))
_AGAIN = (
    outbox.update()
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "sending")
    .values(
        state="pending",
        hold_until=bindparam("until"),
        repeats=outbox.c.repeats + bindparam("repeated"),
        method=bindparam("to_method"),
        payload=bindparam("to_payload"),
        error=bindparam("why"),
    )
)
_WAITS = sa.select(outbox.c.id).where(outbox.c.id == bindparam("row"), outbox.c.state == _PENDING)
_SHOWN = sa.text(  # nothing of a message that was erased while it was being sent
    "INSERT INTO copy (chat_id, telegram_message_id, message_id, at)"
    " SELECT CAST(:chat AS BIGINT), CAST(:telegram AS BIGINT), CAST(:message AS BIGINT), CAST(:at AS BIGINT)"
    " WHERE EXISTS (SELECT 1 FROM outbox WHERE id = :row) ON CONFLICT DO NOTHING"
)
_ASKED = (
    check_in.update()
    .where(check_in.c.message_id == bindparam("message"), check_in.c.sent_at.is_(None))
    .values(sent_at=bindparam("at"))
)
_HOLD = (
    outbox.update()
    .where(
        outbox.c.chat_id == bindparam("chat"),
        outbox.c.state == "pending",
        outbox.c.hold_until < bindparam("until"),
        outbox.c.priority != Priority.SAFETY.value,  # it is told by its own turn whether it has to wait
    )
    .values(hold_until=bindparam("until"))
)
_BLOCKED = (
    account.update()
    .where(account.c.id == bindparam("chat"), account.c.blocked_at.is_(None))
    .values(blocked_at=bindparam("at"))
)
_UNTRACED = outbox.delete().where(
    outbox.c.chat_id == bindparam("chat"), outbox.c.state == "pending", outbox.c.priority == Priority.STRANGER.value
)
_GIVE_UP = (
    outbox.update()
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.state == "pending")
    .values(state="failed", error="blocked", settled_at=bindparam("at"), payload="", upload=None)
)
_RECOVER = (
    outbox.update()
    .where(outbox.c.state == "sending", outbox.c.lease_until <= bindparam("machine"))
    .values(state="pending", lease_until=0)
)
FORGET = (
    outbox.delete()
    .where(outbox.c.state.in_(["sent", "unknown", "failed", "expired"]), outbox.c.settled_at < bindparam("before"))
    .execution_options(apart=True)
)
_COUNT = sa.select(outbox.c.state, sa.func.count().label("n")).group_by(outbox.c.state)
_NEXT_HELD = sa.select(sa.func.min(outbox.c.hold_until).label("at")).where(outbox.c.state == _PENDING)


async def put(tx: Tx, rows: Sequence[dict[str, Any]], edited: Sequence[int]) -> None:
    """New rows; `edited` are the logical messages whose older, unsent edits these replace."""
    if edited:
        await tx.run_many(_REPLACE, [{"edited": one} for one in edited])
    if rows:
        await tx.run_many(_PUT, rows)


async def claim(tx: Tx, most: int, machine: int, lease: int) -> list[Row]:
    """Take up to `most` rows that may go now, for this process alone until `lease`; in the order of sending.

    An edit comes with `copies`, the Telegram messages that show what it changes.
    """
    return await _claimed(tx, _CLAIM, most, machine, lease)


async def claim_urgent(tx: Tx, most: int, machine: int, lease: int) -> list[Row]:
    """The same, of what is urgent alone."""
    return await _claimed(tx, _CLAIM_URGENT, most, machine, lease)


async def urgent_waits(tx: Tx, machine: int) -> bool:
    return await tx.row(_URGENT_WAITS, {"machine": machine}) is not None


async def _claimed(tx: Tx, claim: Executable, most: int, machine: int, lease: int) -> list[Row]:
    rows = await tx.rows(claim, {"most": most, "machine": machine, "lease": lease})
    ordered = sorted(rows, key=lambda row: (row["priority"], row["id"]))
    return [await _with_copies(tx, row) if row["method"].startswith("editMessage") else row for row in ordered]


async def _with_copies(tx: Tx, row: Row) -> Row:
    return {**row, "copies": await copies(tx, row["message_id"])}


async def copies(tx: Tx, message: int) -> list[int]:
    """The Telegram messages that show a logical one."""
    return [int(row["telegram_message_id"]) for row in await tx.rows(_COPIES, {"message": message})]


async def settle(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of (row, to_state, why, at). What was said is not kept here once it has been settled."""
    await tx.run_many(_SETTLE, rows)


async def drop(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of (row): settled, and nobody need know that they were."""
    await tx.run_many(_DROP, rows)


async def again(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of (row, until, repeated, to_method, to_payload, why): back in the queue."""
    await tx.run_many(_AGAIN, rows)


async def waits(tx: Tx, row: int) -> bool:
    """Whether it is in the queue, and was not erased or settled meanwhile."""
    return await tx.row(_WAITS, {"row": row}) is not None


async def shown(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of (row, chat, telegram, message, at): Telegram confirmed; a check-in was asked at its first showing."""
    await tx.run_many(_SHOWN, rows)
    await tx.run_many(_ASKED, [{"message": row["message"], "at": row["asked_at"]} for row in rows])


async def hold(tx: Tx, chat: int, until: int) -> None:
    """Nothing more to that chat before then, but what is urgent."""
    await tx.run(_HOLD, {"chat": chat, "until": until})


async def blocked(tx: Tx, chat: int, at: int) -> None:
    """The person cannot be reached: noticed, and the rest for them is given up; a stranger leaves no trace."""
    await tx.run(_BLOCKED, {"chat": chat, "at": at})
    await tx.run(_UNTRACED, {"chat": chat})
    await tx.run(_GIVE_UP, {"chat": chat, "at": at})


async def recover(tx: Tx, machine: int) -> int:
    """What a dead process was sending is sent again: at least once. Returns how many rows."""
    return await tx.run(_RECOVER, {"machine": machine})


async def forget(tx: Tx, before: int) -> int:
    return await tx.run(FORGET, {"before": before})


async def counts(tx: Tx) -> dict[str, int]:
    return {row["state"]: int(row["n"]) for row in await tx.rows(_COUNT)}


async def next_hold(tx: Tx) -> int | None:
    """The machine's time at which the earliest pending row may go; None: nothing is pending."""
    row = await tx.row(_NEXT_HELD)
    return None if row is None or row["at"] is None else int(row["at"])
