"""What somebody is told in their hours: it waits for them, and comes again where it could not arrive in them. As long
as Telegram lets it be taken out of their chat again, it is known of whom it tells.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, account, notice, outbox, person

_ADD = notice.insert().values(
    person_id=bindparam("person"),
    child_id=bindparam("child"),
    about_id=bindparam("about"),
    screen=bindparam("shown"),
    at=bindparam("at_ms"),
    message_id=bindparam("message"),
    created_at=bindparam("now"),
)
_MAY_KNOW = sa.or_(
    notice.c.child_id.is_(None),
    sa.exists().where(
        access.c.person_id == notice.c.person_id,
        access.c.child_id == notice.c.child_id,
        stands(access),
    ),
)
_FOUND = sa.select(
    notice.c.id,
    notice.c.child_id,
    notice.c.screen,
    person.c.account_id,
    person.c.timezone,
    person.c.quiet_from,
    person.c.quiet_until,
    person.c.weekend,
    account.c.stopped_at,
    account.c.blocked_at,
    person.c.removed_at,
    person.c.kind,
    _MAY_KNOW.label("may_know"),
).select_from(notice.join(person, person.c.id == notice.c.person_id).outerjoin(account))
_WAITS, _ON_ITS_WAY = notice.c.message_id.is_(None), sa.and_(notice.c.message_id.is_not(None), notice.c.at.is_(None))
_DUE = _FOUND.where(notice.c.at <= bindparam("now"), _WAITS).order_by(notice.c.id).limit(bindparam("most"))
_SENT = notice.update().where(notice.c.id == bindparam("notice")).values(at=None, message_id=bindparam("message"))
_STALE = sa.exists().where(outbox.c.id == notice.c.message_id, outbox.c.state == "expired")
_EXPIRED = _FOUND.where(_ON_ITS_WAY, _STALE).order_by(notice.c.id)
_AGAIN = notice.update().where(notice.c.id == bindparam("notice")).values(at=bindparam("at_ms"), message_id=None)
_LOOK_AGAIN = (
    notice.update()
    .where(notice.c.at.is_not(None), _WAITS)
    .where(notice.c.person_id.in_(sa.select(person.c.id).where(person.c.account_id == bindparam("account"))))
    .values(at=bindparam("at_ms"))
)
_DROP = notice.delete().where(notice.c.id == bindparam("notice"))
_UNDER_WAY = sa.exists().where(outbox.c.id == notice.c.message_id, outbox.c.state.in_(["pending", "sending"]))
_ARRIVED = notice.update().where(_ON_ITS_WAY, ~_STALE, ~_UNDER_WAY).values(at=bindparam("now"), screen="")
FORGET = notice.delete().where(notice.c.message_id.is_not(None), notice.c.at < bindparam("before"))


async def add(
    tx: Tx,
    person: int,
    child: int | None,
    about: int | None,
    screen: str,
    at: int | None,
    now: int,
    message: int | None = None,
) -> None:
    """``screen`` as JSON; it may be said from ``at`` on, or it is on its way in that logical message."""
    values = {"person": person, "child": child, "about": about, "shown": screen}
    await tx.run(_ADD, {**values, "at_ms": at, "message": message, "now": now})


async def due(tx: Tx, now: int, most: int) -> list[Row]:
    """What waits and may be said now; ``may_know``: whether they still have a right to the child."""
    return await tx.rows(_DUE, {"now": now, "most": most})


async def sent(tx: Tx, notice_id: int, message: int) -> None:
    await tx.run(_SENT, {"notice": notice_id, "message": message})


async def expired(tx: Tx, now: int) -> list[Row]:
    """Those whose message became stale on its way."""
    return await tx.rows(_EXPIRED, {"now": now})


async def again(tx: Tx, notice_id: int, at: int) -> None:
    await tx.run(_AGAIN, {"notice": notice_id, "at_ms": at})


async def drop(tx: Tx, notice_id: int) -> None:
    await tx.run(_DROP, {"notice": notice_id})


async def arrived(tx: Tx, now: int) -> None:
    """What has gone out, or could not, keeps of whom it tells, and no words."""
    await tx.run(_ARRIVED, {"now": now})


async def forget(tx: Tx, before: int) -> None:
    """What arrived before then."""
    await tx.run(FORGET, {"before": before})


async def look_again(tx: Tx, account_id: int, now: int) -> None:
    """Their hours have changed: what waits is judged by the new ones."""
    await tx.run(_LOOK_AGAIN, {"account": account_id, "at_ms": now})
