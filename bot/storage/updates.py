"""What came in: which updates are known, which could not be handled, and where each accepted message went."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.holds import CARERS
from bot.storage.schema import dead_update, handled, inbound

_REMEMBER = sa.text(
    "INSERT INTO handled (meaning, update_id, batch) VALUES (:meaning, :update_id, :batch) ON CONFLICT DO NOTHING"
)
_FRESH = sa.select(handled.c.meaning).where(handled.c.batch == bindparam("batch"))
FORGET = handled.delete().where(handled.c.batch < bindparam("before")).execution_options(apart=True)
_BURY = dead_update.insert().values(
    update_id=bindparam("update_id"),
    account_id=bindparam("account"),
    error=bindparam("error"),
    payload=bindparam("payload"),
    at=bindparam("at"),
)
FORGET_DEAD = dead_update.delete().where(
    dead_update.c.at < bindparam("before"),
    sa.or_(dead_update.c.account_id.is_(None), dead_update.c.account_id.not_in(CARERS)),
)
_DEAD = sa.select(dead_update.c.id, dead_update.c.update_id).order_by(dead_update.c.id)
_DIG_OUT = (
    dead_update.delete()
    .where(dead_update.c.id == bindparam("dead"))
    .returning(dead_update.c.update_id, dead_update.c.payload)
)
_ACCEPTED = sa.select(inbound).where(
    inbound.c.account_id == bindparam("account"), inbound.c.telegram_message_id == bindparam("message")
)
_ALBUM = sa.select(inbound).where(inbound.c.account_id == bindparam("account"), inbound.c.album == bindparam("album"))
_ACCEPT = sa.text(
    "INSERT INTO inbound (account_id, telegram_message_id, answer_id, note_id, held_id, goal_word_id, album, at)"
    " VALUES (:account, :message, :answer, :note, :held, :goal_word, :album, :at)"
    " ON CONFLICT (account_id, telegram_message_id) DO UPDATE SET answer_id = excluded.answer_id,"
    " note_id = excluded.note_id, held_id = excluded.held_id, goal_word_id = excluded.goal_word_id,"
    " album = excluded.album, at = excluded.at"
)


async def remember(tx: Tx, meanings: Sequence[tuple[str, int]], batch: int) -> set[str]:
    """Store (meaning, update id) pairs; returns the meanings that were not known yet."""
    await tx.run_many(_REMEMBER, [{"meaning": m, "update_id": u, "batch": batch} for m, u in meanings])
    return {row["meaning"] for row in await tx.rows(_FRESH, {"batch": batch})}


async def forget(tx: Tx, before: int) -> int:
    """Drop what batches before that id brought; returns how many."""
    return await tx.run(FORGET, {"before": before})


def bound_to(update_id: int) -> str:
    """What the seal of a dead update is bound to."""
    return f"dead:{update_id}"


async def bury(tx: Tx, update_id: int, account: int | None, error: str, sealed: str, now: int) -> None:
    """Keep an update that could not be handled; `sealed` is its JSON, encrypted."""
    values = {"update_id": update_id, "account": account, "error": error, "payload": sealed, "at": now}
    await tx.run(_BURY, values)


async def forget_dead(tx: Tx, before: int) -> int:
    return await tx.run(FORGET_DEAD, {"before": before})


async def dead(tx: Tx) -> list[Row]:
    """What could not be handled, oldest first: rows of id, update_id."""
    return await tx.rows(_DEAD)


async def dig_out(tx: Tx, dead_id: int) -> Row | None:
    """Take one of them out: a row of update_id, payload. None where somebody was faster."""
    return await tx.row(_DIG_OUT, {"dead": dead_id})


async def accepted(tx: Tx, account: int, message: int) -> Row | None:
    """Where that Telegram message of this account went: a row of `inbound`."""
    return await tx.row(_ACCEPTED, {"account": account, "message": message})


async def album(tx: Tx, account: int, group: str) -> Row | None:
    """The first message of that album which was accepted."""
    return await tx.row(_ALBUM, {"account": account, "album": group})


async def accept(
    tx: Tx,
    account: int,
    message: int,
    now: int,
    *,
    answer: int | None = None,
    note: int | None = None,
    held: int | None = None,
    goal_word: int | None = None,
    album: str | None = None,
) -> None:
    """Remember under what a message was taken; a later word on the same message replaces it."""
    taken = {"answer": answer, "note": note, "held": held, "goal_word": goal_word}
    await tx.run(_ACCEPT, {"account": account, "message": message, **taken, "album": album, "at": now})
