"""Two caregivers of a child who share a check-in: found through the own account, or for the child's therapist."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import ANSWERED_BY_OTHER, May, Right
from bot.storage.checkins import THERAPIST_NAME
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schema import access, account, check_in, child, link, link_side, person

_mine, _theirs, _other = link_side.alias("mine"), link_side.alias("theirs"), person.alias("other")
_ADD = (
    link.insert()
    .values(child_id=bindparam("child"), kind=bindparam("of_kind"), created_at=bindparam("now"))
    .returning(link.c.id)
)
_SIDE = link_side.insert().values(
    link_id=bindparam("link"), person_id=bindparam("person"), tell_at=bindparam("tell_at_ms")
)
_lonely = link_side.alias("lonely")
_DROP_LONELY = (
    link_side.update()
    .where(
        link_side.c.person_id == bindparam("person"),
        link_side.c.ended == 0,
        ~sa.exists().where(_lonely.c.link_id == link_side.c.link_id, _lonely.c.person_id != link_side.c.person_id),
    )
    .values(ended=1)
)
_PAIRED = (
    _mine.join(link, link.c.id == _mine.c.link_id)
    .join(_theirs, (_theirs.c.link_id == _mine.c.link_id) & (_theirs.c.person_id != _mine.c.person_id))
    .join(person, person.c.id == _mine.c.person_id)
    .join(_other, _other.c.id == _theirs.c.person_id)
    .join(child, child.c.id == link.c.child_id)
)
_PAIR = (
    sa.select(
        link.c.id,
        link.c.kind,
        link.c.child_id,
        link.c.ended_at,
        _mine.c.person_id,
        _mine.c.agreed_at,
        _theirs.c.agreed_at.label("other_agreed_at"),
        _other.c.id.label("other_id"),
        _other.c.name.label("other_name"),
        _other.c.role.label("other_role"),
        person.c.account_id,
        person.c.language,
        person.c.address,
        person.c.timezone,
        person.c.quiet_from,
        person.c.quiet_until,
        child.c.name.label("child_name"),
        child.c.gender,
        THERAPIST_NAME,
    )
    .select_from(_PAIRED)
    .where(person.c.removed_at.is_(None))
)
_STANDS = sa.and_(_mine.c.ended == 0, link.c.ended_at.is_(None), _other.c.removed_at.is_(None))
_OF_SEAT = _PAIR.where(_mine.c.person_id == bindparam("person"), _STANDS)
_OF_ACCOUNT = _PAIR.where(person.c.account_id == bindparam("account"), _STANDS).order_by(link.c.id)
_ASKED = _PAIR.where(person.c.account_id == bindparam("account"), link.c.id == bindparam("link"))
_UNTOLD = (
    _PAIR.join_from(person, account, account.c.id == person.c.account_id)
    .join(
        access,
        (access.c.person_id == _mine.c.person_id)
        & (access.c.child_id == link.c.child_id)
        & (access.c.right == Right.CARE.value)
        & stands(access)
        & may(access, May.BOTH),
    )
    .where(_mine.c.tell_at <= bindparam("now"), account.c.stopped_at.is_(None), account.c.blocked_at.is_(None))
    .order_by(_mine.c.tell_at)
    .limit(bindparam("most"))
)
_ONE = (link_side.c.link_id == bindparam("link"), link_side.c.person_id == bindparam("person"))
_AGREE = link_side.update().where(*_ONE, link_side.c.ended == 0).values(agreed_at=bindparam("at"))
_TELL = link_side.update().where(*_ONE).values(tell_at=bindparam("tell_at_ms"))
_TELL_BOTH = link_side.update().where(link_side.c.link_id == bindparam("link")).values(tell_at=bindparam("tell_at_ms"))
_END = link.update().where(link.c.id == bindparam("link"), link.c.ended_at.is_(None)).values(ended_at=bindparam("at"))
_END_SIDES = link_side.update().where(link_side.c.link_id == bindparam("link")).values(ended=1, tell_at=None)

_answered, _open = check_in.alias("answered"), check_in.alias("open")
_LEFT = (
    sa.select(
        _open.c.id,
        _open.c.message_id,
        _open.c.sent_at,
        _open.c.local_date,
        _open.c.state,
        _other.c.account_id.label("account_id"),  # labelled: SQLite names it otherwise in a join of joins
        _other.c.language.label("language"),
        _other.c.address.label("address"),
        person.c.name.label("other_name"),
        person.c.role.label("other_role"),
        child.c.name.label("child_name"),
        child.c.gender,
    )
    .select_from(
        _answered.join(_PAIRED, _mine.c.person_id == _answered.c.person_id).join(
            _open,
            (_open.c.person_id == _theirs.c.person_id)
            & (_open.c.child_id == _answered.c.child_id)
            & (_open.c.template == _answered.c.template)
            & (_open.c.local_date == _answered.c.local_date),
        )
    )
    .where(
        _answered.c.id == bindparam("check_in"),
        link.c.kind == "first",
        link.c.child_id == _answered.c.child_id,
        _STANDS,
        _mine.c.agreed_at.is_not(None),
        _theirs.c.agreed_at.is_not(None),
        _open.c.state.in_(["open", "due"]),
    )
)
_CLOSE = (
    check_in.update()
    .where(check_in.c.id == bindparam("check_in"), check_in.c.state.in_(["open", "due"]))
    .values(state="excused", state_reason=ANSWERED_BY_OTHER, question="", awaits_words=0, nudge_at=None)
)


async def add(tx: Tx, child_id: int, people: tuple[int, int], kind: str, now: int) -> int:
    """Raises `Conflict` where one of them shares with somebody already."""
    row = await tx.row(_ADD, {"child": child_id, "of_kind": kind, "now": now})
    assert row is not None  # noqa: S101 - RETURNING
    await tx.run_many(_SIDE, [{"link": row["id"], "person": one, "tell_at_ms": now} for one in people])
    return int(row["id"])


async def drop_lonely(tx: Tx, person_id: int) -> None:
    """What is left of a link whose other side is gone for good."""
    await tx.run(_DROP_LONELY, {"person": person_id})


async def of_seat(tx: Tx, person_id: int) -> Row | None:
    """The link of that seat, agreed or not: the caller has the right to see it."""
    return await tx.row(_OF_SEAT, {"person": person_id})


async def of_account(tx: Tx, account_id: int) -> list[Row]:
    return await tx.rows(_OF_ACCOUNT, {"account": account_id})


async def asked(tx: Tx, account_id: int, link_id: int) -> Row | None:
    """The side of this account, whether the link stands or not."""
    return await tx.row(_ASKED, {"account": account_id, "link": link_id})


async def untold(tx: Tx, now: int, most: int) -> list[Row]:
    """Sides that have something to hear, with the state of the link."""
    return await tx.rows(_UNTOLD, {"now": now, "most": most})


async def agree(tx: Tx, link_id: int, person_id: int, at: int) -> None:
    await tx.run(_AGREE, {"link": link_id, "person": person_id, "at": at})


async def tell(tx: Tx, link_id: int, person_id: int, at: int | None) -> None:
    await tx.run(_TELL, {"link": link_id, "person": person_id, "tell_at_ms": at})


async def tell_both(tx: Tx, link_id: int, at: int) -> None:
    await tx.run(_TELL_BOTH, {"link": link_id, "tell_at_ms": at})


async def end(tx: Tx, link_id: int, at: int) -> None:
    await tx.run(_END, {"link": link_id, "at": at})
    await tx.run(_END_SIDES, {"link": link_id})


async def left_by(tx: Tx, check_in_id: int) -> list[Row]:
    """What need not be answered any more, because this check-in was: the other's, with whom it is shared."""
    return await tx.rows(_LEFT, {"check_in": check_in_id})


async def close(tx: Tx, check_in_id: int) -> bool:
    return await tx.run(_CLOSE, {"check_in": check_in_id}) == 1
