"""What shows a child or a person elsewhere: in chats, in the queue, in digests, and the media that are handed on."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.ids import PARTS
from bot.storage.outbox import part_of
from bot.storage.schema import (
    access,
    alert,
    alert_step,
    answer,
    attendance,
    brief,
    check_in,
    copy,
    digest,
    goal,
    goal_notice,
    goal_word,
    home_step,
    meeting,
    message,
    note,
    notice,
    outbox,
    person,
    revision,
)

# An alarm's message, in which staff read it, unless another child's alarm came with it.
_beside, _sibling = alert_step.alias("beside"), alert.alias("sibling")
_SHOWING_ALARM = (
    sa.select(alert_step.c.message_id)
    .select_from(alert_step.join(alert, alert.c.id == alert_step.c.alert_id))
    .where(
        alert.c.child_id == bindparam("child"),
        ~sa.exists()
        .select_from(_beside.join(_sibling, _sibling.c.id == _beside.c.alert_id))
        .where(
            _sibling.c.press == alert.c.press,
            _sibling.c.child_id != alert.c.child_id,
            _beside.c.message_id == alert_step.c.message_id,
        ),
    )
)
# Logical messages that show entries, or tell of who goes: a check-in's, the one that acknowledged a note, a notice.
_SHOWING_CHILD = sa.union(
    sa.select(check_in.c.message_id).where(check_in.c.child_id == bindparam("child")),
    sa.select(note.c.message_id).where(note.c.child_id == bindparam("child")),
    sa.select(goal_word.c.message_id).where(goal_word.c.child_id == bindparam("child")),
    sa.select(goal_notice.c.message_id)
    .select_from(goal_notice.join(goal, goal.c.id == goal_notice.c.goal_id))
    .where(goal.c.child_id == bindparam("child")),
    sa.select(attendance.c.message_id)
    .select_from(attendance.join(meeting, meeting.c.id == attendance.c.meeting_id))
    .where(meeting.c.child_id == bindparam("child")),
    sa.select(message.c.message_id).where(message.c.child_id == bindparam("child")),
    sa.select(message.c.author_message_id).where(message.c.child_id == bindparam("child")),
    sa.select(brief.c.message_id).where(brief.c.child_id == bindparam("child")),
    sa.select(notice.c.message_id).where(notice.c.child_id == bindparam("child")),
    _SHOWING_ALARM,
)
_SHOWING_PERSON = sa.union(
    sa.select(check_in.c.message_id).where(check_in.c.person_id == bindparam("person")),
    sa.select(note.c.message_id).where(note.c.person_id == bindparam("person")),
    sa.select(goal_word.c.message_id).where(goal_word.c.person_id == bindparam("person")),
    sa.select(goal_notice.c.message_id).where(goal_notice.c.person_id == bindparam("person")),
    sa.select(attendance.c.message_id).where(attendance.c.person_id == bindparam("person")),
    sa.select(message.c.message_id).where(message.c.person_id == bindparam("person")),
    sa.select(message.c.author_message_id).where(message.c.person_id == bindparam("person")),
    sa.select(brief.c.message_id).where(brief.c.person_id == bindparam("person")),
    sa.select(notice.c.message_id).where(
        sa.or_(notice.c.person_id == bindparam("person"), notice.c.about_id == bindparam("person"))
    ),
)
_MEDIA_CHILD = sa.union(
    sa.select(note.c.media_file_id).where(note.c.child_id == bindparam("child"), note.c.media_file_id.is_not(None)),
    sa.select(answer.c.media_file_id)
    .select_from(answer.join(check_in, check_in.c.id == answer.c.check_in_id))
    .where(check_in.c.child_id == bindparam("child"), answer.c.media_file_id.is_not(None)),
    sa.select(goal_word.c.media_file_id).where(
        goal_word.c.child_id == bindparam("child"), goal_word.c.media_file_id.is_not(None)
    ),
    sa.select(home_step.c.media_file_id).where(
        home_step.c.child_id == bindparam("child"), home_step.c.media_file_id.is_not(None)
    ),
    *(
        sa.select(revision.c.media_file_id)
        .select_from(now)
        .where(of_child == bindparam("child"), revision.c.media_file_id.is_not(None))
        for now, of_child in (
            (revision.join(note), note.c.child_id),
            (revision.join(answer).join(check_in), check_in.c.child_id),
            (revision.join(goal_word), goal_word.c.child_id),
        )
    ),
)
_MEDIA_PERSON = sa.union(
    sa.select(note.c.media_kind, note.c.media_file_id).where(
        note.c.person_id == bindparam("person"), note.c.media_file_id.is_not(None)
    ),
    sa.select(answer.c.media_kind, answer.c.media_file_id).where(
        answer.c.person_id == bindparam("person"), answer.c.media_file_id.is_not(None)
    ),
    sa.select(goal_word.c.media_kind, goal_word.c.media_file_id).where(
        goal_word.c.person_id == bindparam("person"), goal_word.c.media_file_id.is_not(None)
    ),
    *(
        sa.select(revision.c.media_kind, revision.c.media_file_id)
        .select_from(revision.join(now))
        .where(now.c.person_id == bindparam("person"), revision.c.media_file_id.is_not(None))
        for now in (note, answer, goal_word)
    ),
)
_SEEN_CHILD, _SEEN_PERSON = (
    sa.select(copy.c.chat_id, copy.c.telegram_message_id)
    .where(part_of(copy, showing), copy.c.at > bindparam("since"))
    .order_by(copy.c.chat_id, copy.c.telegram_message_id)
    for showing in (_SHOWING_CHILD, _SHOWING_PERSON)
)
_MESSAGE: sa.BindParameter[int] = bindparam("message", type_=sa.BigInteger)
_PART = copy.c.message_id.between(_MESSAGE, _MESSAGE + PARTS - 1)
_SEEN = (
    sa.select(copy.c.chat_id, copy.c.telegram_message_id)
    .where(_PART, copy.c.at > bindparam("since"))
    .order_by(copy.c.chat_id, copy.c.telegram_message_id)
)
UNSHOW_CHILD = (
    outbox.delete().where(part_of(outbox, _SHOWING_CHILD)).execution_options(apart=True),
    copy.delete().where(part_of(copy, _SHOWING_CHILD)).execution_options(apart=True),
)
UNSHOW_PERSON = (
    outbox.delete().where(part_of(outbox, _SHOWING_PERSON)).execution_options(apart=True),
    copy.delete().where(part_of(copy, _SHOWING_PERSON)).execution_options(apart=True),
)

# What is on its way to those who stay: the child's other people, and those on call who were told of an alarm of it.
_TO_PEOPLE = (
    sa.select(person.c.account_id)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(access.c.child_id == bindparam("child"), person.c.account_id.is_not(None))
)
_TO_TOLD = (
    sa.select(person.c.account_id)
    .select_from(
        alert.join(alert_step, alert_step.c.alert_id == alert.c.id).join(person, person.c.id == alert_step.c.person_id)
    )
    .where(alert.c.child_id == bindparam("child"), person.c.account_id.is_not(None))
)


def _waiting(chats: sa.Select[int], made: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(outbox.c.id, outbox.c.message_id, outbox.c.payload, made.label("made"))
        .where(outbox.c.state.in_(["pending", "sending"]), outbox.c.chat_id.in_(chats))
        .order_by(outbox.c.id)
    )


_WAITING, _WAITING_FOR_TOLD = _waiting(_TO_PEOPLE, outbox.c.upload.is_not(None)), _waiting(_TO_TOLD, sa.false())
_UNSEND = outbox.delete().where(outbox.c.id == bindparam("row"))
# What somebody is told in their hours and hangs on no child: that care is over is one of those, and says of whom.
_NOTICES = (
    sa.select(notice.c.id, notice.c.screen)
    .where(
        notice.c.child_id.is_(None),
        notice.c.person_id.in_(sa.select(access.c.person_id).where(access.c.child_id == bindparam("child"))),
    )
    .order_by(notice.c.id)
)
_DROP_NOTICE = notice.delete().where(notice.c.id == bindparam("row"))
_DIGESTS = (
    sa.select(digest)
    .where(
        digest.c.person_id.in_(
            sa.select(access.c.person_id).where(
                access.c.child_id == bindparam("child"), access.c.right == Right.TREAT.value
            )
        )
    )
    .order_by(digest.c.id)
)
_RELIST = digest.update().where(digest.c.id == bindparam("digest")).values(children=bindparam("to_children"))


async def seen_of_child(tx: Tx, child_id: int, since: int) -> list[Row]:
    """The Telegram messages that show entries of the child since then: rows of chat_id, telegram_message_id."""
    return await tx.rows(_SEEN_CHILD, {"child": child_id, "since": since})


async def seen_of_person(tx: Tx, person_id: int, since: int) -> list[Row]:
    return await tx.rows(_SEEN_PERSON, {"person": person_id, "since": since})


async def seen_of(tx: Tx, message_id: int, since: int) -> list[Row]:
    """The same of one logical message."""
    return await tx.rows(_SEEN, {"message": message_id, "since": since})


async def media_of_child(tx: Tx, child_id: int) -> set[str]:
    """Telegram's file ids of everything shown or said for the child."""
    return {str(row["media_file_id"]) for row in await tx.rows(_MEDIA_CHILD, {"child": child_id})}


async def media_of_person(tx: Tx, person_id: int, kinds: Collection[str] = ()) -> set[str]:
    """Of those kinds, or of all."""
    rows = await tx.rows(_MEDIA_PERSON, {"person": person_id})
    return {str(row["media_file_id"]) for row in rows if not kinds or row["media_kind"] in kinds}


async def waiting(tx: Tx, child_id: int) -> list[Row]:
    """What is queued or being sent to anyone who cares for or treats the child: rows of id, message_id, payload; made
    says that a picture or a paper of ours goes with it.
    """
    return await tx.rows(_WAITING, {"child": child_id})


async def waiting_for_told(tx: Tx, child_id: int) -> list[Row]:
    """The same to those who were told of an alarm of the child; nothing is made for them of one child alone."""
    return await tx.rows(_WAITING_FOR_TOLD, {"child": child_id})


async def notices_of_none(tx: Tx, child_id: int) -> list[Row]:
    """Notices to the child's people that hang on no child: rows of id, screen."""
    return await tx.rows(_NOTICES, {"child": child_id})


async def drop_notices(tx: Tx, notices: Sequence[int]) -> None:
    if notices:
        await tx.run_many(_DROP_NOTICE, [{"row": one} for one in notices])


def holds(payload: str, media: Iterable[str]) -> bool:
    """Whether the call hands one of those media on."""
    return any(json.dumps(one) in payload for one in media)


async def unsend(tx: Tx, rows: Sequence[int]) -> None:
    """Rows of the outbox by id; one that is just being sent settles into nothing."""
    if rows:
        await tx.run_many(_UNSEND, [{"row": one} for one in rows])


async def digests(tx: Tx, child_id: int) -> list[Row]:
    """The digests of everyone who treats or treated the child."""
    return await tx.rows(_DIGESTS, {"child": child_id})


async def relist(tx: Tx, lists: Sequence[tuple[int, str]]) -> None:
    """Pairs of (digest, its children as JSON)."""
    if lists:
        await tx.run_many(_RELIST, [{"digest": one, "to_children": children} for one, children in lists])
