"""What a digest is made of, and which digests were made.

Every statement begins at the right to treat: a therapist's person id, valid at ``now``. ``child`` narrows it to one
child; None means the whole caseload.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, bindparam

from bot.model import Right
from bot.storage.checkins import ASKED_WITH
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import (
    access,
    account,
    alert,
    answer,
    check_in,
    child,
    digest,
    form_version,
    message,
    note,
    person,
    rest,
    revision,
    travel,
)

_therapist = person.alias("therapist")
_care = access.alias("care")
_past = check_in.alias("past")


_one_child = bindparam("child", type_=BigInteger)
_TREATED = (
    sa.select(access.c.child_id)
    .select_from(access.join(_therapist, _therapist.c.id == access.c.person_id))
    .where(
        access.c.person_id == bindparam("therapist"),
        access.c.right == Right.TREAT.value,
        _therapist.c.removed_at.is_(None),
        stands(access),
        sa.or_(sa.cast(_one_child, BigInteger).is_(None), access.c.child_id == _one_child),
    )
)


def _told(at: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Since the period began, and not after the moment of reading (a simulated calendar may have been there)."""
    return sa.and_(at >= bindparam("from_at"), at <= bindparam("now"))


_CHILDREN = (
    sa.select(child.c.id, child.c.name, child.c.gender, child.c.birth_month)
    .where(child.c.id.in_(_TREATED))
    .order_by(child.c.id)
)
_LAST_ANSWER = (
    sa.select(_past.c.local_date)
    .where(
        _past.c.child_id == _care.c.child_id,
        _past.c.person_id == _care.c.person_id,
        sa.or_(_past.c.state == "done", _past.c.state == "partial"),
        _past.c.created_at <= bindparam("now"),
    )
    .order_by(_past.c.local_date.desc())
    .limit(1)
    .scalar_subquery()
    .label("last_answer")
)
# A right that has ended still names who said what; whether it is worth a line is decided with the period's data.
_CAREGIVERS = (
    sa.select(
        _care.c.child_id,
        person.c.id.label("person_id"),
        person.c.name,
        person.c.role,
        person.c.joined_at,
        person.c.feasts,
        travel.c.until_date.label("away_until"),
        _LAST_ANSWER,
    )
    .select_from(
        _care.join(person, person.c.id == _care.c.person_id).outerjoin(travel, travel.c.person_id == person.c.id)
    )
    .where(_care.c.child_id.in_(_TREATED), _care.c.right == Right.CARE.value)
    .order_by(_care.c.child_id, person.c.id)
    .distinct()
)
_RESTS = (
    sa.select(_care.c.child_id, rest.c.person_id, rest.c.kind, rest.c.from_date, rest.c.until_date)
    .select_from(_care.join(rest, rest.c.person_id == _care.c.person_id))
    .where(
        _care.c.child_id.in_(_TREATED),
        _care.c.right == Right.CARE.value,
        stands(_care),
        rest.c.ended_at.is_(None),
        rest.c.until_date >= bindparam("today"),
    )
    .order_by(rest.c.from_date, rest.c.id)
)
CHECK_IN = (
    check_in.c.id,
    check_in.c.child_id,
    check_in.c.person_id,
    check_in.c.template,
    check_in.c.local_date,
    check_in.c.slot,
    check_in.c.closes_at,
    check_in.c.state,
    check_in.c.state_reason,
    check_in.c.finished_at,
    check_in.c.step,
    check_in.c.short,
    check_in.c.template_version,
    check_in.c.material,
    form_version.c.body.label("form"),
)
WITH_FORM = check_in.outerjoin(form_version, ASKED_WITH)  # where CHECK_IN comes from
_CHECK_INS = (
    sa.select(*CHECK_IN)
    .select_from(WITH_FORM)
    .where(
        check_in.c.child_id.in_(_TREATED),
        check_in.c.local_date >= bindparam("first_date"),
        check_in.c.created_at <= bindparam("now"),
    )
    .order_by(check_in.c.local_date, check_in.c.due_at, check_in.c.id)
)
_revised = sa.exists(sa.select(revision.c.id).where(revision.c.answer_id == answer.c.id)).label("revised")
ANSWER = (
    answer.c.id,
    answer.c.check_in_id,
    answer.c.question,
    answer.c.value,
    answer.c.text,
    answer.c.media_kind,
    answer.c.media_file_id,
    answer.c.media_seconds,
    answer.c.late,
    answer.c.answered_at,
    _revised,
)
_ANSWERS = (
    sa.select(*ANSWER)
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(check_in.c.child_id.in_(_TREATED), check_in.c.local_date >= bindparam("first_date"), answer.c.skipped == 0)
    .order_by(answer.c.answered_at, answer.c.id)
)
_ANY = answer.alias("any_answer")
USUAL = (
    check_in.c.id,
    check_in.c.child_id,
    check_in.c.person_id,
    check_in.c.template,
    check_in.c.template_version,
    form_version.c.body.label("form"),
    check_in.c.local_date,
    check_in.c.slot,
    check_in.c.state,
    check_in.c.closes_at,
    check_in.c.unusual,
    answer.c.question,
    answer.c.value,
    sa.exists().where(_ANY.c.check_in_id == check_in.c.id, _ANY.c.skipped == 0).label("answered"),
)
WITH_CHOICES = WITH_FORM.outerjoin(
    answer, (answer.c.check_in_id == check_in.c.id) & (answer.c.skipped == 0) & answer.c.value.is_not(None)
)
_USUAL = (
    sa.select(*USUAL)
    .select_from(WITH_CHOICES)
    .where(
        check_in.c.child_id.in_(_TREATED),
        check_in.c.local_date >= bindparam("first_date"),
        check_in.c.created_at <= bindparam("now"),
    )
    .order_by(check_in.c.local_date, check_in.c.due_at, check_in.c.id)
)
_NOTES = (
    sa.select(note)
    .where(note.c.child_id.in_(_TREATED), _told(note.c.recorded_at))
    .order_by(note.c.recorded_at, note.c.id)
)
_REPLIES = (
    sa.select(message.c.child_id, answer.c.check_in_id, sa.func.min(message.c.written_at).label("at"))
    .select_from(message.join(answer, answer.c.id == message.c.answer_id))
    .where(
        message.c.child_id.in_(_TREATED),
        message.c.kind == "message",
        sa.or_(message.c.send_at.is_not(None), message.c.sent_at.is_not(None)),
        message.c.written_at <= bindparam("now"),
    )
    .group_by(message.c.child_id, answer.c.check_in_id)
)
_QUESTIONS = (
    sa.select(note)
    .where(
        note.c.child_id.in_(_TREATED),
        note.c.kind == "question",
        note.c.answered_at.is_(None),
        note.c.recorded_at <= bindparam("now"),
    )
    .order_by(note.c.recorded_at, note.c.id)
)
_ALERTS = (
    sa.select(alert.c.child_id, alert.c.person_id, alert.c.source, alert.c.danger, alert.c.at, alert.c.false_alarm_at)
    .where(alert.c.child_id.in_(_TREATED), _told(alert.c.at))
    .order_by(alert.c.at, alert.c.id)
)
_REVISIONS = (
    sa.select(revision)
    .select_from(
        check_in.join(answer, answer.c.check_in_id == check_in.c.id).join(revision, revision.c.answer_id == answer.c.id)
    )
    .where(check_in.c.child_id.in_(_TREATED), check_in.c.local_date >= bindparam("first_date"))
    .order_by(revision.c.replaced_at, revision.c.id)
)
_NOTE_REVISIONS = (
    sa.select(revision)
    .select_from(note.join(revision, revision.c.note_id == note.c.id))
    .where(note.c.child_id.in_(_TREATED), _told(note.c.recorded_at))
    .order_by(revision.c.replaced_at, revision.c.id)
)
_WORDS_IN_ANSWERS = (
    sa.select(
        answer.c.text,
        answer.c.question,
        answer.c.late,
        answer.c.answered_at,
        check_in.c.child_id,
        check_in.c.person_id,
        check_in.c.template,
        check_in.c.local_date,
    )
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(
        check_in.c.child_id.in_(_TREATED),
        check_in.c.local_date >= bindparam("first_date"),
        answer.c.text.is_not(None),
        answer.c.answered_at <= bindparam("now"),
    )
    .order_by(check_in.c.local_date.desc(), answer.c.id.desc())
    .limit(1)
)
_WORDS_IN_NOTES = (
    sa.select(note)
    .where(note.c.child_id.in_(_TREATED), _told(note.c.recorded_at), note.c.text.is_not(None))
    .order_by(note.c.recorded_at.desc(), note.c.id.desc())
    .limit(1)
)
_MARK = (
    note.update()
    .where(
        note.c.id == bindparam("question"),
        note.c.child_id.in_(_TREATED),
        note.c.kind == "question",
        note.c.answered_at.is_(None),
    )
    .values(answered_at=bindparam("at"))
)
_READER = (
    sa.select(person, account.c.stopped_at, account.c.blocked_at)
    .select_from(person.join(account, account.c.id == person.c.account_id))
    .where(person.c.id == bindparam("therapist"), person.c.kind == "therapist", person.c.removed_at.is_(None))
)

_ADD = (
    digest.insert()
    .values(
        person_id=bindparam("person"),
        local_date=bindparam("local_date"),
        data_until=bindparam("data_until"),
        children=bindparam("children"),
        message_id=bindparam("message"),
        made_at=bindparam("now"),
        kind=bindparam("of_kind"),
    )
    .returning(digest.c.id)
)
_OWN = (
    sa.select(digest, person.c.timezone)
    .select_from(digest.join(person, person.c.id == digest.c.person_id))
    .where(
        digest.c.id == bindparam("digest"),
        person.c.account_id == bindparam("account"),
        person.c.removed_at.is_(None),
    )
)
_LOOK = sa.text(
    "INSERT INTO look (digest_id, child_id, at) VALUES (:digest, :child, :at)"
    " ON CONFLICT (digest_id, child_id) DO NOTHING"
)
_OPENED = (
    digest.update()
    .where(digest.c.id == bindparam("digest"), digest.c.opened_at.is_(None))
    .values(opened_at=bindparam("at"))
)


async def children(tx: Tx, therapist: int, child_id: int | None, now: int) -> list[Row]:
    """Rows of (id, name, gender, birth_month)."""
    return await tx.rows(_CHILDREN, _whose(therapist, child_id, now))


async def caregivers(tx: Tx, therapist: int, child_id: int | None, now: int) -> list[Row]:
    """Rows of (child_id, person_id, name, role, joined_at, feasts, away_until, last_answer).

    The last two are local dates or None; any check-in counts as an answer.
    """
    return await tx.rows(_CAREGIVERS, _whose(therapist, child_id, now))


async def rests(tx: Tx, therapist: int, child_id: int | None, today: str, now: int) -> list[Row]:
    """Pauses and breaks of caregivers that are not over: (child_id, person_id, kind, from_date, until_date)."""
    return await tx.rows(_RESTS, {**_whose(therapist, child_id, now), "today": today})


async def check_ins(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    return await tx.rows(_CHECK_INS, {**_whose(therapist, child_id, now), "first_date": first_date})


async def answers(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    """What was said in check-ins since that local date, as it stands now; ``revised`` where it once stood otherwise."""
    return await tx.rows(_ANSWERS, {**_whose(therapist, child_id, now), "first_date": first_date})


async def usual(tx: Tx, therapist: int, child_id: int | None, first_date: str, now: int) -> list[Row]:
    """Oldest first: check-ins since that local date, once for each choice that was made in them, or once without."""
    return await tx.rows(_USUAL, {**_whose(therapist, child_id, now), "first_date": first_date})


async def notes(tx: Tx, therapist: int, child_id: int | None, from_at: int, now: int) -> list[Row]:
    return await tx.rows(_NOTES, {**_whose(therapist, child_id, now), "from_at": from_at})


async def replies(tx: Tx, therapist: int, child_id: int | None, now: int) -> list[Row]:
    """Check-ins whose words a therapist has answered: child_id, check_in_id, and when (ms) the first time."""
    return await tx.rows(_REPLIES, _whose(therapist, child_id, now))


async def open_questions(tx: Tx, therapist: int, child_id: int | None, now: int) -> list[Row]:
    """Notes that ask something and have had no answer, however old."""
    return await tx.rows(_QUESTIONS, _whose(therapist, child_id, now))


async def alerts(tx: Tx, therapist: int, child_id: int | None, from_at: int, now: int) -> list[Row]:
    return await tx.rows(_ALERTS, {**_whose(therapist, child_id, now), "from_at": from_at})


async def revisions(tx: Tx, therapist: int, child_id: int, first_date: str, from_at: int, now: int) -> list[Row]:
    """What the answers and notes of one child said before, oldest replacement first."""
    whose = _whose(therapist, child_id, now)
    of_answers = await tx.rows(_REVISIONS, {**whose, "first_date": first_date})
    return [*of_answers, *await tx.rows(_NOTE_REVISIONS, {**whose, "from_at": from_at})]


async def last_words(
    tx: Tx, therapist: int, child_id: int, first_date: str, from_at: int, now: int
) -> tuple[Row | None, Row | None]:
    """The newest words of a check-in and the newest of a note, no older than that."""
    whose = _whose(therapist, child_id, now)
    said = await tx.row(_WORDS_IN_ANSWERS, {**whose, "first_date": first_date})
    return said, await tx.row(_WORDS_IN_NOTES, {**whose, "from_at": from_at})


async def mark_answered(tx: Tx, therapist: int, question: int, now: int) -> bool:
    """The therapist has answered it, wherever. False where it was not an open question of this caseload."""
    return await tx.run(_MARK, {**_whose(therapist, None, now), "question": question, "at": now}) == 1


async def reader(tx: Tx, therapist: int) -> Row | None:
    """The therapist who is to read it, with ``stopped_at`` and ``blocked_at``; None once removed."""
    return await tx.row(_READER, {"therapist": therapist})


async def add(
    tx: Tx, therapist: int, local_date: str, data_until: int, children: Sequence[int], message: int, kind: str
) -> int:
    """Keep that a digest was made. Returns its id."""
    values: dict[str, Any] = {"person": therapist, "local_date": local_date, "data_until": data_until}
    listed = {"children": json.dumps(list(children)), "message": message, "now": data_until, "of_kind": kind}
    row = await tx.row(_ADD, values | listed)
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def own(tx: Tx, telegram_id: int, digest_id: int) -> Row | None:
    """A digest made for this account, with the therapist's ``timezone``."""
    return await tx.row(_OWN, {"account": telegram_id, "digest": digest_id})


async def opened(tx: Tx, digest_id: int, at: int) -> None:
    """The first press counts; later ones change nothing."""
    await tx.run(_OPENED, {"digest": digest_id, "at": at})


async def looked(tx: Tx, digest_id: int, child_id: int, at: int) -> None:
    """A family's screen was opened; the first time counts."""
    await tx.run(_LOOK, {"digest": digest_id, "child": child_id, "at": at})


def _whose(therapist: int, child_id: int | None, now: int) -> dict[str, int | None]:
    return {"therapist": therapist, "child": child_id, "now": now}
