"""Visits: found through the therapist whose they are, or through the account that was asked to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, account, attendance, child, meeting, person

_cares, _treats, _host = access.alias("cares"), access.alias("treats"), person.alias("host")


_TREATED = (
    meeting.join(child, child.c.id == meeting.c.child_id)
    .join(_host, _host.c.id == meeting.c.person_id)
    .join(
        _treats,
        (_treats.c.child_id == meeting.c.child_id)
        & (_treats.c.person_id == meeting.c.person_id)
        & (_treats.c.right == Right.TREAT.value),
    )
)
_STANDS = sa.and_(meeting.c.cancelled_at.is_(None), _host.c.removed_at.is_(None), stands(_treats))
_MINE = sa.select(meeting, child.c.name.label("child_name"), child.c.gender, _host.c.timezone).select_from(_TREATED)
_THEIRS = meeting.c.person_id == bindparam("therapist")
_ONE = _MINE.where(meeting.c.id == bindparam("meeting"), _THEIRS, _STANDS)
_OF_THERAPIST = (
    _MINE.where(_THEIRS, _STANDS, meeting.c.starts_at > bindparam("after"))
    .order_by(meeting.c.starts_at, meeting.c.id)
    .limit(bindparam("most"))
)
_OF_CHILD = (
    _MINE.where(
        _THEIRS, _STANDS, meeting.c.child_id == bindparam("child"), meeting.c.starts_at >= bindparam("not_before")
    )
    .order_by(meeting.c.starts_at, meeting.c.id)
    .limit(1)
)
_LAST_OF_CHILD = (
    _MINE.where(
        _THEIRS, _STANDS, meeting.c.child_id == bindparam("child"), meeting.c.starts_at <= bindparam("not_after")
    )
    .order_by(meeting.c.starts_at.desc(), meeting.c.id)
    .limit(1)
)
_ADD = sa.text(
    "INSERT INTO meeting (child_id, person_id, starts_at, kind, created_at)"
    " VALUES (:child, :therapist, :starts_at, :kind, :now) ON CONFLICT DO NOTHING"
)
_STANDING = sa.select(meeting.c.id).where(
    meeting.c.child_id == bindparam("child"),
    _THEIRS,
    meeting.c.starts_at == bindparam("starts_at"),
    meeting.c.cancelled_at.is_(None),
)
_ASK = sa.text(
    "INSERT INTO attendance (meeting_id, person_id, tell_at) VALUES (:meeting, :person, :tell_at)"
    " ON CONFLICT DO NOTHING"
)
_UNASK = attendance.delete().where(
    attendance.c.meeting_id == bindparam("meeting"), attendance.c.person_id == bindparam("person")
)
_OF_MEETING = meeting.update().where(meeting.c.id == bindparam("meeting"))
_MOVE = _OF_MEETING.values(starts_at=bindparam("to"))
_KIND = _OF_MEETING.values(kind=bindparam("to"))
_NOTE = _OF_MEETING.values(note=bindparam("to"))
_CANCEL = _OF_MEETING.values(cancelled_at=bindparam("at"))
_TELL = (
    attendance.update().where(attendance.c.meeting_id == bindparam("meeting")).values(tell_at=bindparam("new_tell_at"))
)
_FORGET_ANSWERS = (
    attendance.update()
    .where(attendance.c.meeting_id == bindparam("meeting"))
    .values(reply_state="", answered_at=None, report_at=None)
)
_CARED = attendance.join(meeting, meeting.c.id == attendance.c.meeting_id).join(
    person, person.c.id == attendance.c.person_id
)
_SEAT = (
    person.c.name,
    person.c.role,
    person.c.language,
    person.c.address,
    person.c.timezone,
    person.c.joined_at,
    person.c.account_id,
    person.c.quiet_from,
    person.c.quiet_until,
)
_ASKED = (
    sa.select(attendance, *_SEAT)
    .select_from(
        _CARED.join(
            _cares,
            (_cares.c.person_id == attendance.c.person_id)
            & (_cares.c.child_id == meeting.c.child_id)
            & (_cares.c.right == Right.CARE.value),
        )
    )
    .where(attendance.c.meeting_id == bindparam("meeting"), person.c.removed_at.is_(None), stands(_cares))
    .order_by(attendance.c.person_id)
)
_INVITED = (
    sa.select(
        attendance,
        meeting.c.child_id,
        meeting.c.starts_at,
        meeting.c.kind,
        meeting.c.note,
        meeting.c.cancelled_at,
        child.c.name.label("child_name"),
        child.c.gender,
        _host.c.id.label("therapist"),
        _host.c.name.label("therapist_name"),
        *_SEAT,
    )
    .select_from(
        _TREATED.join(attendance, attendance.c.meeting_id == meeting.c.id)
        .join(person, person.c.id == attendance.c.person_id)
        .join(
            _cares,
            (_cares.c.person_id == attendance.c.person_id)
            & (_cares.c.child_id == meeting.c.child_id)
            & (_cares.c.right == Right.CARE.value),
        )
    )
    .where(person.c.removed_at.is_(None), _host.c.removed_at.is_(None), stands(_cares), stands(_treats))
)
_OWN = (
    _INVITED.where(
        person.c.account_id == bindparam("account"),
        meeting.c.cancelled_at.is_(None),
        meeting.c.starts_at > bindparam("now"),
    )
    .order_by(meeting.c.starts_at, meeting.c.id)
    .limit(bindparam("most"))
)
_OWN_ONE = _INVITED.where(
    person.c.account_id == bindparam("account"),
    meeting.c.id == bindparam("meeting"),
    meeting.c.cancelled_at.is_(None),
    meeting.c.starts_at > bindparam("now"),
)
_OF_SEAT = (
    sa.select(meeting.c.starts_at, attendance.c.reply_state)
    .select_from(
        _CARED.join(
            _treats,
            (_treats.c.child_id == meeting.c.child_id)
            & (_treats.c.person_id == meeting.c.person_id)
            & (_treats.c.right == Right.TREAT.value),
        )
    )
    .where(
        attendance.c.person_id == bindparam("seat"),
        meeting.c.child_id == bindparam("child"),
        meeting.c.cancelled_at.is_(None),
        meeting.c.starts_at > bindparam("since"),
        stands(_treats),
    )
    .order_by(meeting.c.starts_at)
)
_REACHED = _INVITED.join_from(person, account, account.c.id == person.c.account_id).where(
    account.c.stopped_at.is_(None), account.c.blocked_at.is_(None)
)
_UNTOLD, _UNREMINDED = (
    _REACHED.where(column <= bindparam("now")).order_by(column).limit(bindparam("most"))
    for column in (attendance.c.tell_at, attendance.c.remind_at)
)
_HOST_SEAT = (
    _host.c.account_id.label("host_account"),
    _host.c.language.label("host_language"),
    _host.c.address.label("host_address"),
    _host.c.timezone.label("host_timezone"),
    _host.c.quiet_from.label("host_quiet_from"),
    _host.c.quiet_until.label("host_quiet_until"),
    _host.c.weekend.label("host_weekend"),
)
_UNREPORTED = (
    _INVITED.add_columns(*_HOST_SEAT)
    .where(attendance.c.report_at <= bindparam("now"), meeting.c.cancelled_at.is_(None))
    .order_by(attendance.c.report_at)
    .limit(bindparam("most"))
)
_ROW = attendance.update().where(
    attendance.c.meeting_id == bindparam("meeting"), attendance.c.person_id == bindparam("person")
)
_PUT_OFF = _ROW.values(tell_at=bindparam("new_tell_at"))
_TOLD = _ROW.values(
    tell_at=None, told_state=bindparam("news"), remind_at=bindparam("new_remind_at"), message_id=bindparam("message")
)
_REMINDED = _ROW.values(remind_at=bindparam("new_remind_at"))
_ANSWERED = _ROW.values(reply_state=bindparam("to"), answered_at=bindparam("at"), report_at=bindparam("new_report_at"))
_REPORTED = _ROW.values(report_at=bindparam("new_report_at"))
_OVER = tuple(
    attendance.update()
    .where(
        column <= bindparam("now"),
        sa.exists().where(meeting.c.id == attendance.c.meeting_id, meeting.c.starts_at <= bindparam("now")),
    )
    .values({column.name: None})
    for column in (attendance.c.tell_at, attendance.c.remind_at, attendance.c.report_at)
)
_ALL = sa.select(meeting).where(meeting.c.child_id == bindparam("child")).order_by(meeting.c.starts_at, meeting.c.id)
_ALL_ASKED = (
    sa.select(attendance)
    .select_from(attendance.join(meeting, meeting.c.id == attendance.c.meeting_id))
    .where(meeting.c.child_id == bindparam("child"))
    .order_by(attendance.c.meeting_id, attendance.c.person_id)
)


async def add(tx: Tx, child_id: int, therapist: int, starts_at: int, kind: str, now: int) -> int:
    """Its id; of one that stands at that moment already, that one's."""
    where = {"child": child_id, "therapist": therapist, "starts_at": starts_at}
    await tx.run(_ADD, {**where, "kind": kind, "now": now})
    row = await tx.row(_STANDING, where)
    assert row is not None  # noqa: S101 - stored, or there before
    return int(row["id"])


async def stands_at(tx: Tx, child_id: int, therapist: int, starts_at: int) -> bool:
    return await tx.row(_STANDING, {"child": child_id, "therapist": therapist, "starts_at": starts_at}) is not None


async def ask(tx: Tx, meeting_id: int, people: Sequence[int], tell_at: int) -> None:
    """Seats that are asked to come; one that is asked already stays as it is."""
    if people:
        await tx.run_many(_ASK, [{"meeting": meeting_id, "person": one, "tell_at": tell_at} for one in people])


async def unask(tx: Tx, meeting_id: int, person_id: int) -> None:
    await tx.run(_UNASK, {"meeting": meeting_id, "person": person_id})


async def one(tx: Tx, therapist: int, meeting_id: int, now: int) -> Row | None:
    """A visit of this therapist that stands, with child_name, gender and the therapist's timezone."""
    return await tx.row(_ONE, {"therapist": therapist, "meeting": meeting_id, "now": now})


async def asked(tx: Tx, meeting_id: int, now: int) -> list[Row]:
    """Who was asked to a meeting whose right the caller has checked: attendance with the seat."""
    return await tx.rows(_ASKED, {"meeting": meeting_id, "now": now})


async def of_therapist(tx: Tx, therapist: int, after: int, most: int, now: int) -> list[Row]:
    """Their visits after that moment, soonest first."""
    return await tx.rows(_OF_THERAPIST, {"therapist": therapist, "after": after, "most": most, "now": now})


async def of_child(tx: Tx, therapist: int, child_id: int, not_before: int, now: int) -> Row | None:
    """Their first visit with that child at or after a moment."""
    values = {"therapist": therapist, "child": child_id, "not_before": not_before, "now": now}
    return await tx.row(_OF_CHILD, values)


async def last_of_child(tx: Tx, therapist: int, child_id: int, not_after: int, now: int) -> Row | None:
    """Their last visit with that child at or before a moment."""
    values = {"therapist": therapist, "child": child_id, "not_after": not_after, "now": now}
    return await tx.row(_LAST_OF_CHILD, values)


async def of_account(tx: Tx, account_id: int, most: int, now: int) -> list[Row]:
    """What this account was asked to come to: attendance, the meeting, child_name, therapist_name and the own seat."""
    return await tx.rows(_OWN, {"account": account_id, "most": most, "now": now})


async def own(tx: Tx, account_id: int, meeting_id: int, now: int) -> list[Row]:
    """The same for one meeting: a row for each seat of this account that was asked."""
    return await tx.rows(_OWN_ONE, {"account": account_id, "meeting": meeting_id, "now": now})


async def of_seat(tx: Tx, person_id: int, child_id: int, since: int, now: int) -> list[int]:
    """When this seat was asked to visits after that moment, in ms."""
    return [int(row["starts_at"]) for row in await _of_seat(tx, person_id, child_id, since, now)]


async def coming_of_seat(tx: Tx, person_id: int, child_id: int, since: int, now: int) -> list[int]:
    """The same, without those to which they said that they cannot come."""
    rows = await _of_seat(tx, person_id, child_id, since, now)
    return [int(row["starts_at"]) for row in rows if row["reply_state"] != "no"]


async def _of_seat(tx: Tx, person_id: int, child_id: int, since: int, now: int) -> list[Row]:
    return await tx.rows(_OF_SEAT, {"seat": person_id, "child": child_id, "since": since, "now": now})


async def move(tx: Tx, meeting_id: int, starts_at: int) -> None:
    """To another moment; what was answered to the old one is nothing to the new one."""
    await tx.run(_MOVE, {"meeting": meeting_id, "to": starts_at})
    await tx.run(_FORGET_ANSWERS, {"meeting": meeting_id})


async def set_kind(tx: Tx, meeting_id: int, kind: str) -> None:
    await tx.run(_KIND, {"meeting": meeting_id, "to": kind})


async def set_note(tx: Tx, meeting_id: int, words: str) -> None:
    await tx.run(_NOTE, {"meeting": meeting_id, "to": words})


async def cancel(tx: Tx, meeting_id: int, at: int) -> None:
    await tx.run(_CANCEL, {"meeting": meeting_id, "at": at})


async def tell(tx: Tx, meeting_id: int, at: int) -> None:
    """From that moment on everyone who was asked is to be told what is new."""
    await tx.run(_TELL, {"meeting": meeting_id, "new_tell_at": at})


async def untold(tx: Tx, now: int, most: int) -> list[Row]:
    return await tx.rows(_UNTOLD, {"now": now, "most": most})


async def unreminded(tx: Tx, now: int, most: int) -> list[Row]:
    return await tx.rows(_UNREMINDED, {"now": now, "most": most})


async def unreported(tx: Tx, now: int, most: int) -> list[Row]:
    """Answers that the therapist is to hear of, with host_account, host_language, host_timezone."""
    return await tx.rows(_UNREPORTED, {"now": now, "most": most})


async def put_off(tx: Tx, row: Row, at: int | None) -> None:
    """Of a row of `untold`: not before that moment; None: there is nothing to tell."""
    await tx.run(_PUT_OFF, {**_key(row), "new_tell_at": at})


async def told(tx: Tx, row: Row, news: str, remind_at: int | None, message: int) -> None:
    await tx.run(_TOLD, {**_key(row), "news": news, "new_remind_at": remind_at, "message": message})


async def remind(tx: Tx, row: Row, at: int | None) -> None:
    await tx.run(_REMINDED, {**_key(row), "new_remind_at": at})


async def answer(tx: Tx, row: Row, word: str, at: int, report_at: int | None) -> None:
    """``word``: yes or no; the therapist is to be told from ``report_at`` on."""
    await tx.run(_ANSWERED, {**_key(row), "to": word, "at": at, "new_report_at": report_at})


async def report(tx: Tx, row: Row, at: int | None) -> None:
    await tx.run(_REPORTED, {**_key(row), "new_report_at": at})


async def drop_over(tx: Tx, now: int) -> None:
    """Nobody is told or reminded of a visit that has begun."""
    for statement in _OVER:
        await tx.run(statement, {"now": now})


def _key(row: Row) -> dict[str, Any]:
    return {"meeting": row["meeting_id"], "person": row["person_id"]}


async def everything(tx: Tx, child_id: int) -> tuple[list[Row], list[Row]]:
    """Every meeting of a child with every attendance, for an export."""
    values = {"child": child_id}
    return await tx.rows(_ALL, values), await tx.rows(_ALL_ASKED, values)
