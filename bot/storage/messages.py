"""Lines from a therapist to a caregiver: written, sent outside the quiet hours, confirmed. Scoped in the query."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.holds import HELD
from bot.storage.may import stands
from bot.storage.schema import access, account, answer, check_in, child, message, note, outbox, person

_author = person.alias("author")
_treats, _cares = access.alias("treats"), access.alias("cares")


_ADD = (
    message.insert()
    .values(
        child_id=bindparam("child"),
        person_id=bindparam("person"),
        author_id=bindparam("author"),
        kind=bindparam("of_kind"),
        text=bindparam("words"),
        note_id=bindparam("note"),
        answer_id=bindparam("answer"),
        written_at=bindparam("now"),
        send_at=bindparam("to_send_at"),
    )
    .returning(message.c.id)
)
_WHO = (
    message,
    person.c.name.label("person_name"),
    person.c.role.label("person_role"),
    person.c.timezone,
    person.c.quiet_from,
    person.c.quiet_until,
    person.c.language,
    person.c.address,
    person.c.account_id,
    account.c.stopped_at,
    account.c.blocked_at,
    child.c.name.label("child_name"),
    child.c.gender,
    _author.c.name.label("author_name"),
    _author.c.account_id.label("author_account"),
    _author.c.language.label("author_language"),
    _author.c.address.label("author_address"),
    _author.c.timezone.label("author_timezone"),
)
_FROM = (
    message.join(child, child.c.id == message.c.child_id)
    .join(person, person.c.id == message.c.person_id)
    .join(_author, _author.c.id == message.c.author_id)
    .join(account, account.c.id == person.c.account_id)
    .join(
        _cares,
        (_cares.c.person_id == message.c.person_id)
        & (_cares.c.child_id == message.c.child_id)
        & (_cares.c.right == Right.CARE.value),
    )
    .join(
        _treats,
        (_treats.c.person_id == message.c.author_id)
        & (_treats.c.child_id == message.c.child_id)
        & (_treats.c.right == Right.TREAT.value),
    )
)
_RIGHTS = (_author.c.removed_at.is_(None), person.c.removed_at.is_(None), stands(_cares), stands(_treats))
_ONE = sa.select(*_WHO).select_from(_FROM).where(message.c.id == bindparam("message"), *_RIGHTS).limit(1)
_MINE = _ONE.where(_author.c.account_id == bindparam("account"))
_TO_ME = (
    sa.select(message, _author.c.name.label("author_name"), child.c.name.label("child_name"))
    .select_from(
        message.join(person, person.c.id == message.c.person_id)
        .join(_author, _author.c.id == message.c.author_id)
        .join(child, child.c.id == message.c.child_id)
    )
    .where(
        message.c.id == bindparam("message"),
        person.c.account_id == bindparam("account"),
        person.c.removed_at.is_(None),
        message.c.sent_at.is_not(None),
    )
)
_DUE = (
    sa.select(*_WHO)
    .select_from(_FROM)
    .where(
        message.c.send_at <= bindparam("now"), account.c.stopped_at.is_(None), account.c.blocked_at.is_(None), *_RIGHTS
    )
    .order_by(message.c.send_at, message.c.id)
    .limit(bindparam("most"))
)
_SEND_AT = (
    message.update()
    .where(message.c.id == bindparam("message"))
    .values(send_at=bindparam("at"), author_message_id=bindparam("author_message"))
)
_PUT_OFF = message.update().where(message.c.id == bindparam("message")).values(send_at=bindparam("at"), arriving=0)
_SENT = (
    message.update()
    .where(message.c.id == bindparam("message"))
    .values(send_at=None, sent_at=bindparam("at"), message_id=bindparam("shown_by"), arriving=1)
)
_ON_ITS_WAY = sa.exists().where(outbox.c.id == message.c.message_id, outbox.c.state.in_(["pending", "sending"]))
_STALE = sa.exists().where(outbox.c.id == message.c.message_id, outbox.c.state == "expired")
_EXPIRED = (
    sa.select(message.c.id, person.c.timezone, person.c.quiet_from, person.c.quiet_until)
    .select_from(message.join(person, person.c.id == message.c.person_id))
    .where(message.c.arriving == 1, message.c.message_id.is_not(None), _STALE)
)
_ARRIVED = (
    message.update()
    .where(message.c.arriving == 1, message.c.message_id.is_not(None), ~_STALE, ~_ON_ITS_WAY)
    .values(arriving=0)
)
_CONFIRM = (
    message.update()
    .where(message.c.id == bindparam("message"), message.c.confirmed_at.is_(None))
    .values(confirmed_at=bindparam("at"))
)
_DROP = message.delete().where(
    message.c.id == bindparam("message"), message.c.send_at.is_(None), message.c.sent_at.is_(None)
)
FORGET_DRAFTS = message.delete().where(
    message.c.written_at < bindparam("before"),
    message.c.send_at.is_(None),
    message.c.sent_at.is_(None),
    message.c.child_id.not_in(HELD),
)
_USED_NOTE = sa.select(note.c.person_id, note.c.recorded_at.label("said_at"), note.c.text).where(
    note.c.id == bindparam("said"), note.c.child_id == bindparam("child")
)
_USED_ANSWER = (
    sa.select(check_in.c.person_id, answer.c.answered_at.label("said_at"), answer.c.text)
    .select_from(answer.join(check_in, check_in.c.id == answer.c.check_in_id))
    .where(answer.c.id == bindparam("said"), check_in.c.child_id == bindparam("child"))
)
_USED = sa.select(message.c.note_id, message.c.answer_id).where(
    message.c.child_id == bindparam("child"), message.c.kind == "used"
)
_LAST = (
    sa.select(*_WHO)
    .select_from(_FROM)
    .where(
        message.c.child_id == bindparam("child"),
        message.c.author_id == bindparam("author"),
        message.c.kind == "message",
        sa.or_(message.c.send_at.is_not(None), message.c.sent_at.is_not(None)),
        message.c.written_at >= bindparam("since"),
        *_RIGHTS,
    )
    .order_by(message.c.id.desc())
    .limit(1)
)
_OF_CHILD = (
    sa.select(message, answer.c.check_in_id, answer.c.question)
    .select_from(message.outerjoin(answer, answer.c.id == message.c.answer_id))
    .where(
        message.c.child_id == bindparam("child"),
        sa.or_(message.c.send_at.is_not(None), message.c.sent_at.is_not(None)),
    )
    .order_by(message.c.id)
)


async def add(
    tx: Tx,
    child_id: int,
    person_id: int,
    author: int,
    kind: str,
    text: str | None,
    now: int,
    *,
    note: int | None = None,
    answer: int | None = None,
    send_at: int | None = None,
) -> int:
    """Without ``send_at`` it is a draft. Returns its id."""
    values = {"child": child_id, "person": person_id, "author": author, "of_kind": kind, "words": text, "now": now}
    row = await tx.row(_ADD, values | {"note": note, "answer": answer, "to_send_at": send_at})
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def mine(tx: Tx, account_id: int, message_id: int, now: int) -> Row | None:
    """What this account wrote, where both still have their rights; with who gets it and who wrote it."""
    return await tx.row(_MINE, {"account": account_id, "message": message_id, "now": now})


async def to_me(tx: Tx, account_id: int, message_id: int) -> Row | None:
    """What was sent to this account."""
    return await tx.row(_TO_ME, {"account": account_id, "message": message_id})


async def one(tx: Tx, message_id: int, now: int) -> Row | None:
    """As `mine`, whoever wrote it."""
    return await tx.row(_ONE, {"message": message_id, "now": now})


async def due(tx: Tx, now: int, most: int) -> list[Row]:
    """What may go now, to people who take messages."""
    return await tx.rows(_DUE, {"now": now, "most": most})


async def send(tx: Tx, message_id: int, at: int, author_message: int) -> None:
    """From that moment on; ``author_message`` shows its author what becomes of it."""
    await tx.run(_SEND_AT, {"message": message_id, "at": at, "author_message": author_message})


async def put_off(tx: Tx, message_id: int, at: int) -> None:
    await tx.run(_PUT_OFF, {"message": message_id, "at": at})


async def sent(tx: Tx, message_id: int, shown_by: int, at: int) -> None:
    await tx.run(_SENT, {"message": message_id, "shown_by": shown_by, "at": at})


async def expired(tx: Tx) -> list[Row]:
    """What became stale in the outbox, with the hours of who was to get it."""
    return await tx.rows(_EXPIRED)


async def arrived(tx: Tx) -> None:
    """What has gone out, or could not, is watched no more."""
    await tx.run(_ARRIVED)


async def confirm(tx: Tx, message_id: int, at: int) -> bool:
    """False where it was confirmed before."""
    return await tx.run(_CONFIRM, {"message": message_id, "at": at}) == 1


async def drop(tx: Tx, message_id: int) -> None:
    """A draft."""
    await tx.run(_DROP, {"message": message_id})


async def forget_drafts(tx: Tx, before: int) -> None:
    await tx.run(FORGET_DRAFTS, {"before": before})


async def said(tx: Tx, child_id: int, *, note: int | None = None, answer: int | None = None) -> Row | None:
    """Who said that note or answer about the child, when (``said_at``), and its words."""
    if note is not None:
        return await tx.row(_USED_NOTE, {"said": note, "child": child_id})
    return await tx.row(_USED_ANSWER, {"said": answer, "child": child_id})


async def used(tx: Tx, child_id: int) -> list[Row]:
    """Rows of note_id and answer_id that were marked."""
    return await tx.rows(_USED, {"child": child_id})


async def last(tx: Tx, child_id: int, author: int, since: int, now: int) -> Row | None:
    """The newest that this therapist sent to the family since then."""
    return await tx.row(_LAST, {"child": child_id, "author": author, "since": since, "now": now})


async def of_child(tx: Tx, child_id: int) -> list[Row]:
    """Everything but drafts, for an export."""
    return await tx.rows(_OF_CHILD, {"child": child_id})
