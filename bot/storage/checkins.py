"""Check-ins and their answers. A person's check-in is only ever found through the account that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import NOT_FOLLOWED, May, Right
from bot.storage import revisions
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.revisions import Of
from bot.storage.schema import (
    access,
    account,
    answer,
    check_in,
    child,
    form_version,
    link_side,
    person,
    schedule,
)

_therapist = person.alias("therapist")
_treats = access.alias("treats")
# The name a question may need ("Anything Dana should know?"): the first therapist of the child.
THERAPIST_NAME = (
    sa.select(_therapist.c.name)
    .select_from(_treats.join(_therapist, _therapist.c.id == _treats.c.person_id))
    .where(
        _treats.c.child_id == child.c.id,
        _treats.c.right == Right.TREAT.value,
        _treats.c.until_at.is_(None),
        _therapist.c.removed_at.is_(None),
    )
    .order_by(_treats.c.part, _therapist.c.id)  # whose case it is before who helps
    .limit(1)
    .scalar_subquery()
    .label("therapist_name")
)
_CARES = sa.and_(
    access.c.person_id == check_in.c.person_id,
    access.c.child_id == check_in.c.child_id,
    access.c.right == Right.CARE.value,
    stands(access),
)
_ANSWERS_IT = sa.and_(_CARES, may(access, May.GIVE))
ASKED_WITH = sa.and_(  # the version of a template of one's own; none for those of the library
    form_version.c.template_key == check_in.c.template, form_version.c.version == check_in.c.template_version
)
_waits = check_in.alias("waits")
_LINKED = sa.exists().where(
    link_side.c.person_id == check_in.c.person_id, link_side.c.ended == 0, link_side.c.agreed_at.is_not(None)
)
_AWAITED = sa.exists().where(
    _waits.c.person_id == check_in.c.person_id, _waits.c.state == "due", _waits.c.child_id == check_in.c.child_id
)
_MINE = sa.select(
    check_in,
    child.c.name.label("child_name"),
    child.c.gender,
    child.c.birth_month,
    person.c.language,
    person.c.address,
    person.c.timezone,
    person.c.quiet_from,
    person.c.quiet_until,
    person.c.account_id,
    form_version.c.body.label("form"),
    _LINKED.label("linked"),
    _AWAITED.label("awaited"),
    THERAPIST_NAME,
).select_from(
    check_in.join(person, person.c.id == check_in.c.person_id)
    .join(child, child.c.id == check_in.c.child_id)
    .join(access, _ANSWERS_IT)
    .outerjoin(form_version, ASKED_WITH)
)
_OWN = sa.and_(person.c.account_id == bindparam("account"), person.c.removed_at.is_(None))

_LOAD = _MINE.where(check_in.c.id == bindparam("check_in"), _OWN)
_CHILD_OF = (
    sa.select(check_in.c.child_id)
    .select_from(check_in.join(person, person.c.id == check_in.c.person_id).join(access, _CARES))
    .where(check_in.c.id == bindparam("check_in"), _OWN)
)
_AWAITING = (
    _MINE.where(
        _OWN,
        check_in.c.awaits_words == 1,
        check_in.c.late_until > bindparam("said_at"),
        sa.or_(
            sa.and_(check_in.c.state == "open", check_in.c.closes_at > bindparam("said_at")),
            sa.and_(check_in.c.state != "open", check_in.c.asked_at > bindparam("asked_after")),
        ),
    )
    .order_by(check_in.c.asked_at.desc())
    .limit(1)
)
_TODAY = (
    _MINE.where(
        _OWN,
        check_in.c.child_id == bindparam("child"),
        check_in.c.template == bindparam("template"),
        check_in.c.local_date == bindparam("date"),
        check_in.c.state.in_(["open", "done", "partial", "expired", "skipped", "excused"]),
    )
    .order_by(check_in.c.due_at.desc())
    .limit(1)
)
_HAS_MOMENT = sa.select(check_in.c.id).where(
    check_in.c.schedule_id == bindparam("schedule"),
    check_in.c.local_date == bindparam("date"),
    check_in.c.slot == bindparam("at_slot"),
)
_CLOSING = (
    sa.select(
        check_in.c.id,
        check_in.c.sent_at,
        check_in.c.message_id,
        check_in.c.local_date,
        check_in.c.template,
        check_in.c.short,
        check_in.c.schedule_id,
        check_in.c.person_id,
        check_in.c.due_at,
        person.c.account_id,
        person.c.language,
        person.c.address,
        child.c.name.label("child_name"),
        child.c.gender,
        sa.exists(sa.select(answer.c.id).where(answer.c.check_in_id == check_in.c.id, answer.c.skipped == 0)).label(
            "answered"
        ),
    )
    .select_from(
        check_in.join(person, person.c.id == check_in.c.person_id).join(child, child.c.id == check_in.c.child_id)
    )
    .where(check_in.c.state == sa.literal_column("'open'"), check_in.c.closes_at <= bindparam("now"))
    .order_by(check_in.c.closes_at)
    .limit(bindparam("most"))
)
_ADD = check_in.insert().values(
    id=bindparam("id"),
    schedule_id=bindparam("schedule"),
    child_id=bindparam("child"),
    person_id=bindparam("person"),
    template=bindparam("template"),
    template_version=bindparam("template_version"),
    local_date=bindparam("local_date"),
    slot=bindparam("slot"),
    due_at=bindparam("due_at"),
    closes_at=bindparam("closes_at"),
    late_until=bindparam("late_until"),
    state=bindparam("state"),
    state_reason=bindparam("state_reason"),
    question=bindparam("question"),
    awaits_words=bindparam("awaits_words"),
    asked_at=bindparam("asked_at"),
    message_id=bindparam("message"),
    step=bindparam("step"),
    home_step_id=bindparam("home_step", type_=sa.BigInteger),
    material=bindparam("material"),
    short=bindparam("short"),
    unusual=bindparam("unusual"),
    nudge_at=bindparam("nudge_at"),
    nudge=bindparam("nudge"),
    created_at=bindparam("created_at"),
)
_MOVE = (
    check_in.update()
    .where(check_in.c.id == bindparam("check_in"))
    .values(question=bindparam("to_question"), awaits_words=bindparam("awaits"), asked_at=bindparam("at"))
    .returning(check_in)
)
_CLOSE = (
    check_in.update()
    .where(check_in.c.id == bindparam("check_in"))
    .values(
        state=bindparam("to_state"),
        state_reason=bindparam("reason"),
        question="",
        awaits_words=0,
        finished_at=bindparam("at"),
        nudge_at=None,
    )
    .returning(check_in)
)
_EXPIRE = (
    check_in.update()
    .where(check_in.c.id == bindparam("check_in"))
    .values(state=bindparam("to_state"), state_reason=bindparam("reason"), question="", awaits_words=0, nudge_at=None)
)
_NUDGE = (
    check_in.update()
    .where(check_in.c.id == bindparam("check_in"))
    .values(nudge_at=bindparam("nudge_at"), nudge=bindparam("why"))
)
_NUDGED = (
    sa.select(check_in, person.c.account_id)
    .select_from(
        check_in.join(person, person.c.id == check_in.c.person_id).join(account, account.c.id == person.c.account_id)
    )
    .where(
        check_in.c.nudge_at <= bindparam("now"),
        check_in.c.state == "open",
        account.c.stopped_at.is_(None),
        account.c.blocked_at.is_(None),
    )
    .order_by(check_in.c.nudge_at)
    .limit(bindparam("most"))
)
_PROMPTED_LATE = (
    sa.select(check_in.c.id)
    .select_from(check_in.join(person, person.c.id == check_in.c.person_id))
    .where(
        person.c.account_id == bindparam("account"),
        check_in.c.state == "open",
        check_in.c.created_at > bindparam("since"),
        check_in.c.created_at - check_in.c.due_at > bindparam("late"),
    )
    .limit(1)
)
_OFFER_AGAIN = (
    check_in.update()
    .where(check_in.c.state == "open", check_in.c.sent_at.is_not(None))
    .values(nudge_at=bindparam("at"), nudge="again")
)
_done = check_in.alias("done")
_WAITING_AFTER = (
    _MINE.join(schedule, schedule.c.id == check_in.c.schedule_id)
    .join(
        _done,
        (_done.c.person_id == check_in.c.person_id)
        & (_done.c.child_id == check_in.c.child_id)
        & (_done.c.template == schedule.c.follows_key),
    )
    .where(
        _OWN, _done.c.id == bindparam("check_in"), check_in.c.state == "due", check_in.c.closes_at > bindparam("now")
    )
    .order_by(check_in.c.due_at.desc())
    .limit(1)
)
_OPEN_WAITING = (
    check_in.update()
    .where(check_in.c.id == bindparam("check_in"), check_in.c.state == "due")
    .values(
        state="open",
        question=bindparam("to_question"),
        awaits_words=bindparam("awaits"),
        message_id=bindparam("message"),
        closes_at=bindparam("new_closes_at"),
        late_until=bindparam("new_late_until"),
        asked_at=bindparam("at"),
    )
)
_UNFOLLOWED = (
    check_in.update()
    .where(check_in.c.state == "due", check_in.c.closes_at <= bindparam("now"))
    .values(state="excused", state_reason=NOT_FOLLOWED)
)
_SET_STATE = (
    check_in.update()
    .where(check_in.c.id == bindparam("check_in"))
    .values(state=bindparam("to_state"), state_reason=bindparam("reason"))
)
_SHOWN_IN = check_in.update().where(check_in.c.id == bindparam("check_in")).values(message_id=bindparam("message"))
_ANSWERS = sa.select(answer).where(answer.c.check_in_id == bindparam("check_in")).order_by(answer.c.id)
_PUT = (
    answer.insert()
    .values(
        check_in_id=bindparam("check_in"),
        person_id=bindparam("person"),
        question=bindparam("question"),
        value=bindparam("value"),
        text=bindparam("text"),
        media_kind=bindparam("media_kind"),
        media_file_id=bindparam("media_file_id"),
        media_seconds=bindparam("media_seconds"),
        skipped=bindparam("skipped"),
        late=bindparam("late"),
        answered_at=bindparam("at"),
    )
    .returning(answer.c.id)
)
_REPLACE = (
    answer.update()
    .where(answer.c.id == bindparam("answer"))
    .values(
        value=bindparam("value"),
        text=bindparam("text"),
        media_kind=bindparam("media_kind"),
        media_file_id=bindparam("media_file_id"),
        media_seconds=bindparam("media_seconds"),
        skipped=bindparam("skipped"),
        late=bindparam("late"),
        answered_at=bindparam("at"),
    )
)
_ANSWER_OF = (
    sa.select(answer, check_in.c.finished_at, check_in.c.child_id)
    .select_from(answer.join(check_in).join(person, person.c.id == answer.c.person_id).join(access, _ANSWERS_IT))
    .where(answer.c.id == bindparam("answer"), _OWN)
)


async def add(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    await tx.run_many(_ADD, rows)


async def load(tx: Tx, account: int, check_in_id: int, now: int) -> Row | None:
    return await tx.row(_LOAD, {"account": account, "check_in": check_in_id, "now": now})


async def awaiting_words(tx: Tx, account: int, said_at: int, now: int, asked_after: int) -> Row | None:
    """The newest check-in of this account that asked for words, and still takes them."""
    values = {"account": account, "said_at": said_at, "now": now, "asked_after": asked_after}
    return await tx.row(_AWAITING, values)


async def on_date(tx: Tx, account: int, child_id: int, template: str, date: str, now: int) -> Row | None:
    return await tx.row(_TODAY, {"account": account, "child": child_id, "template": template, "date": date, "now": now})


async def has_moment(tx: Tx, schedule: int, date: str, slot: str) -> bool:
    """Whether that plan has a check-in of that moment, whatever became of it."""
    return await tx.row(_HAS_MOMENT, {"schedule": schedule, "date": date, "at_slot": slot}) is not None


async def closing(tx: Tx, now: int, most: int) -> list[Row]:
    """Open check-ins whose window has ended; ``answered`` where there is at least one answer."""
    return await tx.rows(_CLOSING, {"now": now, "most": most})


async def move(tx: Tx, check_in_id: int, question: str, *, awaits_words: bool, at: int) -> Row:
    """On to another question. Returns the row of the check-in as it is now."""
    values = {"check_in": check_in_id, "to_question": question, "awaits": int(awaits_words), "at": at}
    [row] = await tx.rows(_MOVE, values)
    return row


async def close(tx: Tx, check_in_id: int, state: str, reason: str, at: int) -> Row:
    """It is over. Returns the row of the check-in as it is now."""
    [row] = await tx.rows(_CLOSE, {"check_in": check_in_id, "to_state": state, "reason": reason, "at": at})
    return row


async def set_state(tx: Tx, check_in_id: int, state: str, reason: str) -> None:
    """Another state, whatever is being asked."""
    await tx.run(_SET_STATE, {"check_in": check_in_id, "to_state": state, "reason": reason})


async def expire_many(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of (check_in, to_state, reason): over, though nobody finished it."""
    await tx.run_many(_EXPIRE, rows)


async def nudge(tx: Tx, check_in_id: int, at: int | None, why: str) -> None:
    await tx.run(_NUDGE, {"check_in": check_in_id, "nudge_at": at, "why": why})


async def child_of(tx: Tx, account: int, check_in_id: int, now: int) -> int | None:
    """The child that a check-in of this account is about, whether or not they may answer it now."""
    row = await tx.row(_CHILD_OF, {"account": account, "check_in": check_in_id, "now": now})
    return None if row is None else int(row["child_id"])


async def waiting_after(tx: Tx, account: int, check_in_id: int, now: int) -> Row | None:
    """The newest check-in of this account that waits for an answer to that one, and still may open."""
    return await tx.row(_WAITING_AFTER, {"account": account, "check_in": check_in_id, "now": now})


async def open_waiting(
    tx: Tx,
    check_in_id: int,
    *,
    question: str,
    awaits_words: bool,
    message: int,
    closes_at: int,
    late_until: int,
    at: int,
) -> None:
    values = {"check_in": check_in_id, "to_question": question, "awaits": int(awaits_words), "message": message}
    await tx.run(_OPEN_WAITING, {**values, "new_closes_at": closes_at, "new_late_until": late_until, "at": at})


async def close_unfollowed(tx: Tx, now: int) -> None:
    """What waited for another check-in that was not answered in time."""
    await tx.run(_UNFOLLOWED, {"now": now})


async def offer_again(tx: Tx, at: int) -> None:
    """Every open check-in that people have on their phones: presses of its buttons may be gone."""
    await tx.run(_OFFER_AGAIN, {"at": at})


async def prompted_late(tx: Tx, account: int, since: int, late: int) -> bool:
    """Whether this account was asked something since then that had been due for so long (ms)."""
    return await tx.row(_PROMPTED_LATE, {"account": account, "since": since, "late": late}) is not None


async def nudged(tx: Tx, now: int, most: int) -> list[Row]:
    """What has to be shown once more, of people who take messages."""
    return await tx.rows(_NUDGED, {"now": now, "most": most})


async def shown_in(tx: Tx, check_in_id: int, message: int) -> None:
    await tx.run(_SHOWN_IN, {"check_in": check_in_id, "message": message})


async def answers(tx: Tx, check_in_id: int) -> list[Row]:
    return await tx.rows(_ANSWERS, {"check_in": check_in_id})


async def put_answer(tx: Tx, values: dict[str, Any]) -> int:
    """Values: check_in, person, question, value, text, media_*, skipped, late, at. Returns the answer's id."""
    row = await tx.row(_PUT, values)
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])


async def replace_answer(tx: Tx, answer_id: int, values: dict[str, Any], *, keep_old: bool) -> None:
    """Another answer to the same question; the old one is kept as a revision where it had been given for good."""
    if keep_old:
        await revisions.keep(tx, Of(answer=answer_id), values["at"])
    new = {key: value for key, value in values.items() if key not in {"check_in", "person", "question"}}
    await tx.run(_REPLACE, {"answer": answer_id, **new})


async def own_answer(tx: Tx, account: int, answer_id: int, now: int) -> Row | None:
    return await tx.row(_ANSWER_OF, {"account": account, "answer": answer_id, "now": now})
