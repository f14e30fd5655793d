"""What was queued for somebody whose right has ended since: by its date, with a leave, or because it was taken away.

Asked of what was just claimed, in the same transaction, so that no end of a right has to know what is queued. Whatever
has no end by itself is an answer to somebody's own tap, and is not looked at: answers are many.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Priority, Right
from bot.storage import jobs
from bot.storage import outbox as stored
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import (
    access,
    attendance,
    brief,
    check_in,
    digest,
    goal,
    goal_notice,
    meeting,
    message,
    notice,
    outbox,
    person,
)

_SENDING: sa.ColumnClause[str] = sa.literal_column("'sending'")  # written out, for the partial index
_CLAIMED = sa.and_(
    outbox.c.state == _SENDING,
    outbox.c.lease_until == bindparam("lease"),
    outbox.c.expires_at.is_not(None),
    outbox.c.priority != Priority.SAFETY.value,
    outbox.c.method.not_like("edit%"),
)
_VALID = stands(access)


def _ended(shown: sa.FromClause, of: sa.ColumnElement[int], child: sa.ColumnElement[int]) -> sa.Select[int]:
    """Of a table that says which message shows a child to a person."""
    stands = sa.exists().where(access.c.person_id == of, access.c.child_id == child, _VALID)
    return sa.select(outbox.c.id).select_from(shown).where(_CLAIMED, child.is_not(None), ~stands)


def _by_message(table: sa.Table) -> sa.Select[int]:
    return _ended(outbox.join(table, table.c.message_id == stored.LOGICAL), table.c.person_id, table.c.child_id)


def _by_person(table: sa.Table) -> sa.FromClause:
    """Those without an index of messages are found among what the chat's own seats were shown."""
    seats = outbox.join(person, person.c.account_id == outbox.c.chat_id)
    return seats.join(table, (table.c.person_id == person.c.id) & (table.c.message_id == stored.LOGICAL))


_OVER = sa.union_all(
    _by_message(check_in),
    _by_message(notice),
    _by_message(message).where(message.c.arriving == 1),
    _ended(_by_person(brief), brief.c.person_id, brief.c.child_id),
    _ended(_by_person(goal_notice).join(goal), goal_notice.c.person_id, goal.c.child_id),
    _ended(_by_person(attendance).join(meeting), attendance.c.person_id, meeting.c.child_id),
)
_DIGESTS = (
    sa.select(outbox.c.id, outbox.c.expires_at, digest.c.id.label("digest"), digest.c.person_id)
    .add_columns(digest.c.children, digest.c.local_date, digest.c.made_at)
    .select_from(outbox.join(digest, digest.c.message_id == stored.LOGICAL))
    .where(_CLAIMED)
)
_TREATED = sa.select(access.c.child_id).where(
    access.c.person_id == bindparam("therapist"), access.c.right == Right.TREAT.value, _VALID
)


async def without(tx: Tx, rows: Sequence[Row], lease: int, machine: int, now: int) -> list[Row]:
    """What is left of rows claimed with that lease. The others have failed; a digest is made again without the child.

    `machine` in ms, `now` of the calendar.
    """
    if all(row["expires_at"] is None for row in rows):
        return list(rows)
    over = {row["id"] for row in await tx.rows(_OVER, {"lease": lease, "now": now})}
    for row in await tx.rows(_DIGESTS, {"lease": lease}):
        treated = {one["child_id"] for one in await tx.rows(_TREATED, {"therapist": row["person_id"], "now": now})}
        left = set(json.loads(row["children"])) & treated
        if len(left) < len(json.loads(row["children"])):
            over.add(row["id"])
            if left:
                await _again(tx, row, now)
    gone = [row["id"] for row in rows if row["id"] in over]
    await stored.settle(tx, [{"row": one, "to_state": "failed", "why": "right ended", "at": machine} for one in gone])
    return [row for row in rows if row["id"] not in over]


async def _again(tx: Tx, row: Row, now: int) -> None:
    payload: dict[str, Any] = {"local_date": row["local_date"], "due_at": row["made_at"], "why": "asked"}
    payload["stale_at"] = row["expires_at"]
    await jobs.add(tx, "digest", row["person_id"], f"digest-again:{row['digest']}", payload, now)
