"""The record of a child's alarms and of words that a list caught, as the clinic's export reads it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import alert, alert_step, concern, note, person, revision

_ALERTS = sa.select(alert).where(alert.c.child_id == bindparam("child")).order_by(alert.c.id)
_STEPS = (
    sa.select(alert_step, person.c.name)
    .select_from(
        alert_step.join(alert, alert.c.id == alert_step.c.alert_id).outerjoin(
            person, person.c.id == alert_step.c.person_id
        )
    )
    .where(alert.c.child_id == bindparam("child"))
    .order_by(alert_step.c.id)
)
_CONCERNS = sa.select(concern).where(concern.c.child_id == bindparam("child")).order_by(concern.c.id)
_me = person.alias("me")
_SEATS = (
    sa.select(person.c.id)
    .select_from(person.join(_me, _me.c.account_id == person.c.account_id))
    .where(_me.c.id == bindparam("person"))
)
_NOTES = sa.select(note.c.text).where(note.c.person_id.in_(_SEATS))
_REVISIONS = (
    sa.select(revision.c.text)
    .select_from(note.join(revision, revision.c.note_id == note.c.id))
    .where(note.c.person_id.in_(_SEATS))
)


async def alerts(tx: Tx, child_id: int) -> list[Row]:
    return await tx.rows(_ALERTS, {"child": child_id})


async def steps(tx: Tx, child_id: int) -> list[Row]:
    """What was done about each, in order; with the name of who was told or did it."""
    return await tx.rows(_STEPS, {"child": child_id})


async def concerns(tx: Tx, child_id: int) -> list[Row]:
    return await tx.rows(_CONCERNS, {"child": child_id})


async def notes_beside(tx: Tx, person_id: int) -> frozenset[str]:
    """What the notes of that person's account say and said, of whichever child."""
    values = {"person": person_id}
    rows = [*await tx.rows(_NOTES, values), *await tx.rows(_REVISIONS, values)]
    return frozenset(row["text"] for row in rows if row["text"])
