"""Alarms: presses of "Urgent help" and words that were caught. Kept verbatim with their times, deleted by no tap.

What is done about one is a row of ``alert_step``: never changed, in order.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage import kin
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.people import PERSON
from bot.storage.schema import access, alert, alert_step, child, concern, outbox, person

TREATING, ON_CALL = "told", "escalated"  # kinds of steps: somebody was told because they treat the child; are on call
TOLD = (TREATING, ON_CALL, "mail")
OUT_OF_REACH, NOBODY = "out_of_reach", "nobody"
PASSED_ON = "passed_on"  # what the family said later went to somebody

_ADD = (
    alert.insert()
    .values(
        child_id=bindparam("child"),
        person_id=bindparam("person"),
        press=bindparam("of_press"),
        source=bindparam("source"),
        at=bindparam("at"),
        escalate_at=bindparam("escalate"),
    )
    .returning(alert.c.id)
)
_OWN = (
    sa.select(alert)
    .select_from(alert.join(person, person.c.id == alert.c.person_id))
    .where(alert.c.press == bindparam("of_press"), person.c.account_id == bindparam("account"))
    .order_by(alert.c.id)
)
_DANGER = alert.update().where(alert.c.press == bindparam("of_press")).values(danger=bindparam("to_danger"))
_FALSE = (
    alert.update()
    .where(alert.c.press == bindparam("of_press"))
    .values(false_alarm_at=bindparam("now"), escalate_at=None)
)
_AFTER_ALL = (
    alert.update()
    .where(alert.c.press == bindparam("of_press"), alert.c.false_alarm_at.is_not(None))
    .values(
        false_alarm_at=None,
        escalate_at=sa.case((alert.c.taken_at.is_(None), sa.cast(bindparam("to_at"), sa.BigInteger)), else_=None),
    )
)
_viewer, _reader = person.alias("viewer"), person.alias("reader")
_once = access.alias("once")
_TREATED = (
    sa.exists()
    .where(
        access.c.child_id == alert.c.child_id,
        access.c.right == Right.TREAT.value,
        _viewer.c.id == access.c.person_id,
        _viewer.c.account_id == bindparam("account"),
        _viewer.c.removed_at.is_(None),
        stands(access),
    )
    .correlate(alert)
)
_EVER_TREATED = sa.exists().where(
    _once.c.child_id == alert.c.child_id,
    _once.c.person_id == alert_step.c.person_id,
    _once.c.right == Right.TREAT.value,
)


def _told_on_call(seat: sa.FromClause) -> sa.ColumnElement[bool]:
    """That seat was told of the alarm because it was on call: by the step, or as it never treated the child.

    An e-mail, and steps of older versions, do not say why.
    """
    return sa.and_(
        alert_step.c.alert_id == alert.c.id,
        seat.c.id == alert_step.c.person_id,
        seat.c.removed_at.is_(None),
        alert.c.at > bindparam("since"),
        sa.or_(alert_step.c.kind == ON_CALL, sa.and_(alert_step.c.kind.in_(TOLD), ~_EVER_TREATED)),
    )


_WAS_TOLD = sa.exists().where(_told_on_call(_reader), _reader.c.account_id == bindparam("account")).correlate(alert)
_ACCOUNT: sa.BindParameter[int] = bindparam("account", type_=sa.BigInteger)


def _theirs(of: sa.FromClause) -> sa.ColumnElement[bool]:
    """Said by themselves, or of a child whose family they are not."""
    return sa.or_(person.c.account_id == _ACCOUNT, ~kin.cares(_ACCOUNT, of.c.child_id))


_FOR_STAFF = (
    sa.select(
        alert,
        _TREATED.label("treated"),
        child.c.name.label("child_name"),
        person.c.name.label("caregiver_name"),
        person.c.role.label("caregiver_role"),
    )
    .select_from(alert.join(child, child.c.id == alert.c.child_id).join(person, person.c.id == alert.c.person_id))
    .where(alert.c.press == bindparam("of_press"), sa.or_(_TREATED, _WAS_TOLD), _theirs(alert))
    .order_by(alert.c.id)
)
_ON_CALL_STILL = (
    sa.select(*PERSON, alert.c.id.label("alert_id"))
    .distinct()
    .select_from(
        alert.join(alert_step, alert_step.c.alert_id == alert.c.id).join(person, person.c.id == alert_step.c.person_id)
    )
    .where(
        alert.c.press == bindparam("of_press"),
        _told_on_call(person),
        person.c.account_id.is_not(None),
        ~kin.cares(person.c.account_id, alert.c.child_id),
    )
    .order_by(person.c.id, alert.c.id)
)
_SEEN = (
    alert.update().where(alert.c.id == bindparam("alert"), alert.c.seen_at.is_(None)).values(seen_at=bindparam("now"))
)
_TAKE = (
    alert.update()
    .where(alert.c.id == bindparam("alert"), alert.c.taken_at.is_(None))
    .values(taken_at=bindparam("now"), taken_by=bindparam("by"), escalate_at=None)
)
_AGAIN = alert.update().where(alert.c.id == bindparam("alert")).values(escalate_at=bindparam("to_at"))
_DUE = sa.select(alert).where(alert.c.escalate_at <= bindparam("now")).order_by(alert.c.escalate_at, alert.c.id)
_STEP = alert_step.insert().values(
    alert_id=bindparam("alert"),
    person_id=bindparam("person"),
    kind=bindparam("of_kind"),
    message_id=bindparam("message"),
    at=bindparam("at"),
)
_STEPS = (
    sa.select(alert_step, person.c.name, person.c.account_id)
    .select_from(
        alert_step.join(alert, alert.c.id == alert_step.c.alert_id).outerjoin(
            person, person.c.id == alert_step.c.person_id
        )
    )
    .where(alert.c.press == bindparam("of_press"))
    .order_by(alert_step.c.id)
)
_after = alert_step.alias("after")
_LOST = outbox.c.state.in_(["failed", "expired"])
_UNDELIVERED = (
    sa.select(
        alert_step.c.alert_id, alert_step.c.person_id, alert_step.c.kind, alert.c.escalate_at, _LOST.label("lost")
    )
    .distinct()
    .select_from(
        alert_step.join(outbox, outbox.c.id == alert_step.c.message_id)
        .join(alert, alert.c.id == alert_step.c.alert_id)
        .join(person, person.c.id == alert_step.c.person_id)
    )
    .where(
        alert_step.c.at > bindparam("since"),
        alert_step.c.kind.in_(TOLD),
        alert.c.taken_at.is_(None),
        sa.or_(
            _LOST,
            sa.and_(
                bindparam("mails", type_=sa.Integer) == 1,
                person.c.email != "",
                sa.or_(
                    outbox.c.state == "unknown", (outbox.c.state != "sent") & (alert_step.c.at <= bindparam("before"))
                ),
            ),
        ),
        ~sa.exists().where(
            _after.c.alert_id == alert_step.c.alert_id,
            _after.c.person_id == alert_step.c.person_id,
            _after.c.kind.in_(["mail", OUT_OF_REACH]),
        ),
    )
    .order_by(alert_step.c.alert_id, alert_step.c.person_id)
)
_ADD_CONCERN = (
    concern.insert()
    .values(
        child_id=bindparam("child"),
        person_id=bindparam("person"),
        level=bindparam("of_level"),
        topics=bindparam("of_topics"),
        said=bindparam("words"),
        telegram_message_id=bindparam("telegram"),
        press=bindparam("of_press"),
        said_at=bindparam("said_at_ms"),
        at=bindparam("at_ms"),
    )
    .returning(concern.c.id)
)
_CAUGHT = (
    sa.select(concern.c.level, concern.c.press, concern.c.said, alert.c.false_alarm_at)
    .select_from(
        concern.join(person, person.c.id == concern.c.person_id).outerjoin(
            alert, (alert.c.press == concern.c.press) & (alert.c.child_id == concern.c.child_id)
        )
    )
    .where(person.c.account_id == bindparam("account"), concern.c.telegram_message_id == bindparam("telegram"))
)
_WORDS = sa.select(concern).where(concern.c.press == bindparam("of_press")).order_by(concern.c.id)
_CONCERN = (
    sa.select(
        concern,
        child.c.name.label("child_name"),
        person.c.name.label("caregiver_name"),
        person.c.role.label("caregiver_role"),
    )
    .select_from(
        concern.join(child, child.c.id == concern.c.child_id)
        .join(person, person.c.id == concern.c.person_id)
        .join(access, (access.c.child_id == concern.c.child_id) & (access.c.right == Right.TREAT.value))
        .join(_viewer, _viewer.c.id == access.c.person_id)
    )
    .where(
        concern.c.id == bindparam("concern"),
        _theirs(concern),
        _viewer.c.account_id == bindparam("account"),
        _viewer.c.removed_at.is_(None),
        stands(access),
    )
    .limit(1)
)
_TO_MAIL = (
    sa.select(person.c.email, person.c.language, person.c.address, alert.c.child_id)
    .select_from(alert.join(person, person.c.id == bindparam("person")))
    .where(
        alert.c.id == bindparam("alert"),
        person.c.removed_at.is_(None),
        person.c.suspended_at.is_(None),
        person.c.email != "",
    )
)


async def add(
    tx: Tx, child_id: int, person_id: int, press: int, source: str, at: int, escalate_at: int | None = None
) -> int:
    """``press`` is the same for every child that one press is about."""
    values = {"child": child_id, "person": person_id, "of_press": press, "source": source, "at": at}
    row = await tx.row(_ADD, {**values, "escalate": escalate_at})
    assert row is not None  # noqa: S101 - an insert returns its row
    return int(row["id"])


async def own(tx: Tx, account: int, press: int) -> list[Row]:
    """What this account raised with that press: a row for each child."""
    return await tx.rows(_OWN, {"account": account, "of_press": press})


async def danger(tx: Tx, press: int, answer: str) -> None:
    await tx.run(_DANGER, {"of_press": press, "to_danger": answer})


async def false_alarm(tx: Tx, press: int, now: int) -> None:
    """Closes the card, not the record; nobody else is woken for it."""
    await tx.run(_FALSE, {"of_press": press, "now": now})


async def after_all(tx: Tx, press: int, escalate_at: int | None) -> None:
    """It was no false alarm: where nobody has it, the next is woken at that time."""
    await tx.run(_AFTER_ALL, {"of_press": press, "to_at": escalate_at})


async def for_staff(tx: Tx, account: int, press: int, now: int, told_since: int) -> list[Row]:
    """What that press says about children whom this account treats, or of whom it was told on call since then; treated
    says which of the two.
    """
    return await tx.rows(_FOR_STAFF, {"account": account, "of_press": press, "now": now, "since": told_since})


async def on_call_still(tx: Tx, press: int, told_since: int) -> list[Row]:
    """Who was told on call since then, and may open it still: a row for each alert_id."""
    return await tx.rows(_ON_CALL_STILL, {"of_press": press, "since": told_since})


async def seen(tx: Tx, alert_id: int, now: int) -> None:
    await tx.run(_SEEN, {"alert": alert_id, "now": now})


async def take(tx: Tx, alert_id: int, person_id: int, now: int) -> bool:
    """False where somebody else was first."""
    return bool(await tx.run(_TAKE, {"alert": alert_id, "by": person_id, "now": now}))


async def again(tx: Tx, alert_id: int, at: int | None) -> None:
    """When the next on the rota is told; None: nobody any more."""
    await tx.run(_AGAIN, {"alert": alert_id, "to_at": at})


async def due(tx: Tx, now: int) -> list[Row]:
    """Alarms that nobody has taken in time."""
    return await tx.rows(_DUE, {"now": now})


async def step(tx: Tx, alert_id: int, person_id: int | None, kind: str, message: int | None, at: int) -> None:
    values = {"alert": alert_id, "person": person_id, "of_kind": kind, "message": message, "at": at}
    await tx.run(_STEP, values)


async def steps(tx: Tx, press: int) -> list[Row]:
    """What was done, in order; with name and account_id of who was told or did it."""
    return await tx.rows(_STEPS, {"of_press": press})


async def undelivered(tx: Tx, before: int, since: int, *, mails: bool) -> list[Row]:
    """Rows of alert_id, person_id, kind, escalate_at, lost: told since then in the chat, and it did not arrive; neither
    mailed nor given up yet.

    Where `mails`, those who have an address count, too, while a message that was written up to ``before`` still waits.
    """
    return await tx.rows(_UNDELIVERED, {"before": before, "since": since, "mails": int(mails)})


async def add_concern(
    tx: Tx,
    child_id: int,
    person_id: int,
    found: tuple[str, str],
    said: tuple[str, int, int],
    press: int | None,
    now: int,
) -> int:
    """``found``: level and topics. ``said``: words, Telegram's message id, and when."""
    (level, topics), (words, telegram, said_at) = found, said
    values = {"child": child_id, "person": person_id, "of_level": level, "of_topics": topics, "words": words}
    values |= {"telegram": telegram, "of_press": press, "said_at_ms": said_at, "at_ms": now}
    row = await tx.row(_ADD_CONCERN, values)
    assert row is not None  # noqa: S101 - an insert returns its row
    return int(row["id"])


async def caught(tx: Tx, account: int, telegram_message: int) -> list[Row]:
    """Rows of level, press, said, false_alarm_at: what earlier versions of that message were caught as."""
    return await tx.rows(_CAUGHT, {"account": account, "telegram": telegram_message})


async def words(tx: Tx, press: int) -> list[Row]:
    """The words that raised it; the caller has checked who may see them."""
    return await tx.rows(_WORDS, {"of_press": press})


async def concern_of(tx: Tx, account: int, concern_id: int, now: int) -> Row | None:
    """With the names, for a therapist of the child."""
    return await tx.row(_CONCERN, {"account": account, "concern": concern_id, "now": now})


async def to_mail(tx: Tx, alert_id: int, person_id: int) -> Row | None:
    """Row of email, language, address, child_id; None where they are not to be mailed any more."""
    return await tx.row(_TO_MAIL, {"alert": alert_id, "person": person_id})
