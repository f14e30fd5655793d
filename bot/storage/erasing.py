"""What goes when a child is erased or a caregiver deletes their own: every row, what is queued, what is shown.

Rows hang on a child or a seat by foreign keys that cascade. What does not, goes here by the logical messages that show
it and by the account: outbox, copies, held media, updates that could not be handled.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage import evidence
from bot.storage.database import Row, Tx
from bot.storage.people import HELD_BY
from bot.storage.schema import (
    access,
    account,
    alert,
    alert_step,
    answer,
    attendance,
    behaviour_count,
    booking,
    brief,
    check_in,
    child,
    concern,
    consent,
    content,
    copy,
    dead_update,
    digest,
    goal,
    goal_notice,
    goal_word,
    held,
    home_step,
    home_step_news,
    inbound,
    invitation,
    job,
    link_side,
    meeting,
    message,
    milestone_round,
    mirror,
    note,
    notice,
    outbox,
    person,
    rest,
    revision,
    rota,
    schedule,
    silence,
    travel,
)

_elsewhere = access.alias("elsewhere")
_CHILD = sa.select(child.c.id, child.c.name, child.c.created_at).where(child.c.id == bindparam("child"))
_PERSON = sa.select(person).where(person.c.id == bindparam("person"))
_SEATS = (
    sa.select(
        person.c.id,
        sa.func.coalesce(person.c.account_id, person.c.suspended_account).label("account_id"),
        sa.exists()
        .where(
            _elsewhere.c.person_id == person.c.id,
            _elsewhere.c.right == Right.CARE.value,
            _elsewhere.c.child_id != bindparam("child"),
        )
        .label("elsewhere"),
    )
    .select_from(person)
    .where(
        person.c.kind == "caregiver",
        person.c.id.in_(sa.select(access.c.person_id).where(access.c.child_id == bindparam("child"))),
    )
    .order_by(person.c.id)
)
_OF_ACCOUNT = (
    sa.select(person.c.id, person.c.created_at).where(HELD_BY, person.c.kind == "caregiver").order_by(person.c.id)
)
_CHILDREN = sa.select(access.c.child_id).where(
    access.c.person_id == bindparam("person"), access.c.right == Right.CARE.value
)
_HAS_ALERT = sa.select(alert.c.id).where(alert.c.person_id == bindparam("person")).limit(1)
_HAS_SEAT = sa.select(person.c.id).where(HELD_BY).limit(1)

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
    .where(copy.c.message_id.in_(showing), copy.c.at > bindparam("since"))
    .order_by(copy.c.chat_id, copy.c.telegram_message_id)
    for showing in (_SHOWING_CHILD, _SHOWING_PERSON)
)
_SEEN = (
    sa.select(copy.c.chat_id, copy.c.telegram_message_id)
    .where(copy.c.message_id == bindparam("message"), copy.c.at > bindparam("since"))
    .order_by(copy.c.chat_id, copy.c.telegram_message_id)
)
_UNSHOW_CHILD = (
    outbox.delete().where(outbox.c.message_id.in_(_SHOWING_CHILD)).execution_options(apart=True),
    copy.delete().where(copy.c.message_id.in_(_SHOWING_CHILD)).execution_options(apart=True),
)
_UNSHOW_PERSON = (
    outbox.delete().where(outbox.c.message_id.in_(_SHOWING_PERSON)).execution_options(apart=True),
    copy.delete().where(copy.c.message_id.in_(_SHOWING_PERSON)).execution_options(apart=True),
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
# What waits for somebody's hours and hangs on no child: that care is over is one of those, and says of whom.
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

_DELETE_CHILD = child.delete().where(child.c.id == bindparam("child")).execution_options(apart=True)
_DELETE_PERSON = person.delete().where(person.c.id == bindparam("person")).execution_options(apart=True)
# Of who asked for urgent help: what an alarm came with stays, and a no to handing it on.
_OF_ALARMS = {table: sa.and_(evidence.STAYS[table], table.c.media_kind.is_not(None)) for table in evidence.SENT}
_STAYS = {
    **_OF_ALARMS,
    check_in: check_in.c.id.in_(sa.select(answer.c.check_in_id).where(_OF_ALARMS[answer])),
    consent: consent.c.given == 0,
}
_EMPTY_PERSON = (
    [
        check_in.update()
        .where(check_in.c.person_id == bindparam("person"), _STAYS[check_in])
        .values(schedule_id=None)  # its plan goes
        .execution_options(apart=True)
    ]
    + [
        table.delete()
        .where(table.c.person_id == bindparam("person"), *([~_STAYS[table]] if table in _STAYS else ()))
        .execution_options(apart=True)
        for table in (
            answer,
            attendance,
            brief,
            message,
            mirror,
            check_in,
            note,
            behaviour_count,
            booking,
            home_step_news,
            schedule,
            rest,
            rota,
            travel,
            link_side,
            content,
            consent,
            invitation,
            job,
            notice,
            silence,
            goal_word,
            goal_notice,
            milestone_round,
        )
    ]
    + [
        notice.delete().where(notice.c.about_id == bindparam("person")).execution_options(apart=True),
        concern.delete()
        .where(concern.c.person_id == bindparam("person"), concern.c.level == "amber")
        .execution_options(apart=True),
    ]
)
_AT: sa.BindParameter[int] = bindparam("at", type_=sa.BigInteger)
_END_PERSON = (
    access.update()
    .where(access.c.person_id == bindparam("person"), sa.or_(access.c.until_at.is_(None), access.c.until_at > _AT))
    .values(until_at=_AT),
    access.update().where(access.c.person_id == bindparam("person")).values(document=""),
    person.update()
    .where(person.c.id == bindparam("person"))
    .values(
        name="",
        feasts="",
        fast="",
        email="",
        account_id=None,
        suspended_account=None,
        joined_at=None,
        removed_at=sa.func.coalesce(person.c.removed_at, _AT),
    ),
)
_UNHOLD = held.delete().where(held.c.account_id == bindparam("account"))
_UNBURY = dead_update.delete().where(dead_update.c.account_id == bindparam("account"))
_DELETE_ACCOUNT = (
    inbound.delete().where(inbound.c.account_id == bindparam("account")),
    _UNHOLD,
    _UNBURY,
    copy.delete().where(copy.c.chat_id == bindparam("account")),
    outbox.delete().where(outbox.c.chat_id == bindparam("account")),
    account.delete().where(account.c.id == bindparam("account")),
)


async def find_child(tx: Tx, child_id: int) -> Row | None:
    """Row of id, name, created_at."""
    return await tx.row(_CHILD, {"child": child_id})


async def find_person(tx: Tx, person_id: int) -> Row | None:
    return await tx.row(_PERSON, {"person": person_id})


async def seats(tx: Tx, child_id: int) -> list[Row]:
    """The caregivers of a child at any time: rows of id, account_id, elsewhere (they care for another child, too)."""
    return await tx.rows(_SEATS, {"child": child_id})


async def seats_of_account(tx: Tx, account_id: int) -> list[Row]:
    """Every caregiver's seat that this account has or had: rows of id, created_at."""
    return await tx.rows(_OF_ACCOUNT, {"account": account_id})


async def children_of(tx: Tx, person_id: int) -> list[int]:
    """Whom this seat cares or cared for."""
    return list({int(row["child_id"]): None for row in await tx.rows(_CHILDREN, {"person": person_id})})


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


async def has_alert(tx: Tx, person_id: int) -> bool:
    """Whether they ever asked for urgent help."""
    return await tx.row(_HAS_ALERT, {"person": person_id}) is not None


async def delete_child(tx: Tx, child_id: int) -> None:
    """The child with everything that hangs on it, and the messages about it."""
    for unshow in _UNSHOW_CHILD:
        await tx.run(unshow, {"child": child_id})
    await tx.run(_DELETE_CHILD, {"child": child_id})


async def delete_person(tx: Tx, person_id: int, at: int) -> None:
    """A caregiver's seat with all entries. One that asked for urgent help stays as a seat without a name or account,
    with the pictures and voices of that alarm: no one deletes that record by a tap.
    """
    for statement in _UNSHOW_PERSON:
        await tx.run(statement, {"person": person_id})
    if not await has_alert(tx, person_id):
        await tx.run(_DELETE_PERSON, {"person": person_id})
        return
    for empty in _EMPTY_PERSON:
        await tx.run(empty, {"person": person_id})
    for end in _END_PERSON:
        await tx.run(end, {"person": person_id, "at": at})


async def delete_held(tx: Tx, account_id: int) -> None:
    """What an account that stays had sent and nobody had taken yet."""
    for statement in (_UNHOLD, _UNBURY):
        await tx.run(statement, {"account": account_id})


async def delete_stranger(tx: Tx, account_id: int) -> bool:
    """The account with every trace, where no seat of it is left. False where one is."""
    if await tx.row(_HAS_SEAT, {"account": account_id}) is not None:
        return False
    for statement in _DELETE_ACCOUNT:
        await tx.run(statement, {"account": account_id})
    return True
