"""Wishes that need more computing than a handler may take. A wish has a key: the same one twice is one job.

``run_after`` is the machine's time, so that waiting after a failure does not depend on a simulated calendar.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Json
from bot.storage.database import Row, Tx
from bot.storage.schema import job

MAIL = "mail"  # the kind that goes a way of its own: an e-mail of an alarm
MOST_TRIES = 5
_FIRST_WAIT = 15_000  # ms; doubled with every try

_ADD = sa.text(
    "INSERT INTO job (kind, person_id, payload, key, state, tries, run_after, created_at)"
    " VALUES (:kind, :person, :payload, :key, 'waiting', 0, 0, :now) ON CONFLICT (key) DO NOTHING"
)
_READY = (job.c.state == "waiting", job.c.run_after <= bindparam("machine"))
_KINDS = {True: job.c.kind == MAIL, False: job.c.kind != MAIL}
_NEXT = {
    mail: sa.select(job).where(*_READY, kind).order_by(job.c.id).limit(1).with_for_update(skip_locked=True)
    for mail, kind in _KINDS.items()
}
_WAITING = {mail: sa.select(job.c.id).where(*_READY, kind).limit(1) for mail, kind in _KINDS.items()}
_TAKE = (
    job.update()
    .where(job.c.id == bindparam("job"))
    .values(tries=bindparam("now_tried"), run_after=bindparam("again_at"))
)
_SETTLE = (
    job.update()
    .where(job.c.id == bindparam("job"), job.c.state == "waiting")
    .values(state=bindparam("to_state"))
    .returning(job.c.id)
)
FORGET = job.delete().where(job.c.state == "done", job.c.created_at < bindparam("before")).execution_options(apart=True)


async def add(tx: Tx, kind: str, person_id: int, key: str, payload: Json, now: int) -> None:
    """A wish; one with the same key that stands already is left as it is."""
    values = {"kind": kind, "person": person_id, "key": key, "payload": json.dumps(payload), "now": now}
    await tx.run(_ADD, values)


async def waiting(tx: Tx, machine: int, *, mail: bool = False) -> bool:
    """Whether there is one that may run: asked of a reader, so that an idle tick does not hold up the writer."""
    return await tx.row(_WAITING[mail], {"machine": machine}) is not None


async def claim(tx: Tx, machine: int, *, mail: bool = False) -> Row | None:
    """The oldest job that may run, with its try counted before it is made: should the process die over it, it comes
    back after a wait, and after the last try it is given up. `mail`: of e-mails alone; else of all others.
    """
    row = await tx.row(_NEXT[mail], {"machine": machine})
    if row is None:
        return None
    if row["tries"] >= MOST_TRIES:
        await fail(tx, row["id"])
        return await claim(tx, machine, mail=mail)
    again_at = machine + _FIRST_WAIT * 2 ** row["tries"]
    await tx.run(_TAKE, {"job": row["id"], "now_tried": row["tries"] + 1, "again_at": again_at})
    return row


async def finish(tx: Tx, job_id: int) -> bool:
    """Done, in the transaction that keeps what it made. False where somebody else was first: make nothing."""
    return await tx.row(_SETTLE, {"job": job_id, "to_state": "done"}) is not None


async def fail(tx: Tx, job_id: int) -> None:
    """Given up; the row is kept for whoever looks."""
    await tx.row(_SETTLE, {"job": job_id, "to_state": "failed"})


async def forget(tx: Tx, before: int) -> int:
    """Drop jobs done that were wished before that moment; returns how many."""
    return await tx.run(FORGET, {"before": before})
