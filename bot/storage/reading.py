"""Everything that is kept of a child, as an export reads it: one child at a time, so that a clinic of any size fits."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.checkins import ASKED_WITH
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, answer, check_in, child, consent, form_version, note, person, revision

_ALL = sa.select(child.c.id).order_by(child.c.id)
_ONE = sa.select(child.c.id).where(child.c.id == bindparam("child"))
_OF_THERAPIST = (
    sa.select(child.c.id)
    .where(
        child.c.id.in_(
            sa.select(access.c.child_id).where(
                access.c.person_id == bindparam("therapist"),
                access.c.right == Right.TREAT.value,
                stands(access),
            )
        )
    )
    .order_by(child.c.id)
)
_THERAPIST = sa.select(person.c.id).where(
    person.c.id == bindparam("therapist"), person.c.kind == "therapist", person.c.removed_at.is_(None)
)
_CAREGIVER = sa.select(person.c.id).where(person.c.id == bindparam("person"), person.c.kind == "caregiver")
_CHILD = sa.select(child.c.id, child.c.name, child.c.birth_month).where(child.c.id == bindparam("child"))
_PEOPLE = (
    sa.select(
        person.c.id,
        person.c.name,
        person.c.role,
        person.c.language,
        person.c.timezone,
        person.c.joined_at,
        access.c.right,
    )
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(
        access.c.child_id == bindparam("child"),
        # who was a caregiver stays named beside what they said; a therapist only as long as they treat
        sa.or_(
            access.c.right == Right.CARE.value,
            sa.and_(
                person.c.removed_at.is_(None),
                stands(access),
            ),
        ),
    )
    .order_by(person.c.id)
    .distinct()
)
_RIGHTS = (
    sa.select(
        access.c.person_id,
        access.c.preset,
        access.c.from_at,
        access.c.until_at,
        access.c.suspended_at,
        access.c.ends_at,
        access.c.document,
    )
    .where(access.c.child_id == bindparam("child"), access.c.right == Right.CARE.value)
    .order_by(access.c.id)
)
_CONSENTS = (
    sa.select(consent)
    .where(
        consent.c.person_id.in_(
            sa.select(access.c.person_id).where(
                access.c.child_id == bindparam("child"), access.c.right == Right.CARE.value
            )
        )
    )
    .order_by(consent.c.at, consent.c.id)
)
_CHECK_INS = (
    sa.select(check_in, form_version.c.body.label("form"))
    .select_from(check_in.outerjoin(form_version, ASKED_WITH))
    .where(check_in.c.child_id == bindparam("child"))
    .order_by(check_in.c.due_at, check_in.c.id)
)
_ANSWERS = (
    sa.select(answer)
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(check_in.c.child_id == bindparam("child"))
    .order_by(answer.c.id)
)
_ANSWER_REVISIONS = (
    sa.select(revision)
    .select_from(
        check_in.join(answer, answer.c.check_in_id == check_in.c.id).join(revision, revision.c.answer_id == answer.c.id)
    )
    .where(check_in.c.child_id == bindparam("child"))
    .order_by(revision.c.id)
)
_NOTES = sa.select(note).where(note.c.child_id == bindparam("child")).order_by(note.c.recorded_at, note.c.id)
_NOTE_REVISIONS = (
    sa.select(revision)
    .select_from(note.join(revision, revision.c.note_id == note.c.id))
    .where(note.c.child_id == bindparam("child"))
    .order_by(revision.c.id)
)


async def all_children(tx: Tx) -> list[int]:
    return [row["id"] for row in await tx.rows(_ALL)]


async def child_exists(tx: Tx, child_id: int) -> bool:
    return await tx.row(_ONE, {"child": child_id}) is not None


async def therapist_exists(tx: Tx, therapist: int) -> bool:
    return await tx.row(_THERAPIST, {"therapist": therapist}) is not None


async def children_of_therapist(tx: Tx, therapist: int, now: int) -> list[int]:
    return [row["id"] for row in await tx.rows(_OF_THERAPIST, {"therapist": therapist, "now": now})]


async def caregiver_exists(tx: Tx, person_id: int) -> bool:
    """A seat that rests or has ended, too."""
    return await tx.row(_CAREGIVER, {"person": person_id}) is not None


async def child_row(tx: Tx, child_id: int) -> Row | None:
    return await tx.row(_CHILD, {"child": child_id})


async def people_of(tx: Tx, child_id: int, now: int) -> list[Row]:
    """Rows of (id, name, role, language, timezone, joined_at, right): caregivers of any time, therapists of now."""
    return await tx.rows(_PEOPLE, {"child": child_id, "now": now})


async def rights_of(tx: Tx, child_id: int) -> list[Row]:
    """What each caregiver of any time may do, until when and on what paper."""
    return await tx.rows(_RIGHTS, {"child": child_id})


async def consents_of(tx: Tx, child_id: int) -> list[Row]:
    return await tx.rows(_CONSENTS, {"child": child_id})


async def check_ins_of(tx: Tx, child_id: int) -> list[Row]:
    return await tx.rows(_CHECK_INS, {"child": child_id})


async def answers_of(tx: Tx, child_id: int) -> list[Row]:
    return await tx.rows(_ANSWERS, {"child": child_id})


async def notes_of(tx: Tx, child_id: int) -> list[Row]:
    return await tx.rows(_NOTES, {"child": child_id})


async def revisions_of(tx: Tx, child_id: int) -> list[Row]:
    """What answers (``answer_id``) and notes (``note_id``) of the child said before."""
    values = {"child": child_id}
    return [*await tx.rows(_ANSWER_REVISIONS, values), *await tx.rows(_NOTE_REVISIONS, values)]
