"""Invitations: a code's hash, whom it lets in, and until when. The code itself is stored nowhere."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import access, account, child, invitation, person

_OPEN = sa.and_(
    invitation.c.used_at.is_(None), invitation.c.cancelled_at.is_(None), invitation.c.expires_at > bindparam("now")
)
_ADD = invitation.insert().values(
    code_hash=bindparam("code_hash"),
    person_id=bindparam("person"),
    created_at=bindparam("now"),
    expires_at=bindparam("expires_at"),
)
_PERSON = (
    person.c.id,
    person.c.kind,
    person.c.name,
    person.c.role,
    person.c.language,
    person.c.address,
    person.c.timezone,
    person.c.account_id,
    person.c.joined_at,
    person.c.quiet_from,
    person.c.quiet_until,
    person.c.weekend,
    person.c.feasts,
    person.c.fast,
)
# The prefix is 128 bits that only the bearer of the code was given: as good as the whole.
_FIND = (
    sa.select(*_PERSON, invitation.c.code_hash, invitation.c.used_by, _OPEN.label("open"))
    .select_from(invitation.join(person))
    .where(
        invitation.c.code_hash >= bindparam("prefix"),
        invitation.c.code_hash < bindparam("beyond"),
        person.c.removed_at.is_(None),
    )
    .limit(1)
)
_USE = (
    invitation.update()
    .where(invitation.c.code_hash == bindparam("hash_used"), _OPEN)
    .values(used_at=bindparam("now"), used_by=bindparam("by"))
)
_CANCEL = (
    invitation.update()
    .where(
        invitation.c.person_id == bindparam("person"),
        invitation.c.used_at.is_(None),
        invitation.c.cancelled_at.is_(None),
    )
    .values(cancelled_at=bindparam("at"))
)
_ADD_PERSON = (
    person.insert()
    .values(
        kind=bindparam("kind"),
        name=bindparam("name"),
        role=bindparam("role"),
        language=bindparam("language"),
        timezone=bindparam("timezone"),
        created_at=bindparam("now"),
    )
    .returning(person.c.id)
)
_ADD_CHILD = (
    child.insert()
    .values(
        name=bindparam("name"),
        birth_month=bindparam("birth_month"),
        case_key=bindparam("case_key"),
        created_at=bindparam("now"),
    )
    .returning(child.c.id)
)
_GRANT = access.insert().values(
    person_id=bindparam("person"), child_id=bindparam("child"), right=bindparam("right"), from_at=bindparam("now")
)
_ENSURE = sa.text("INSERT INTO account (id, created_at) VALUES (:account, :now) ON CONFLICT DO NOTHING")
_JOIN = (
    person.update()
    .where(person.c.id == bindparam("person"))
    .values(account_id=bindparam("account"), joined_at=bindparam("now"))
)
_RETURN = account.update().where(account.c.id == bindparam("account")).values(stopped_at=None, blocked_at=None)


async def add_person(tx: Tx, kind: str, name: str, role: str, language: str, timezone: str, now: int) -> int:
    """A seat that nobody has taken yet; returns its id."""
    values = {"kind": kind, "name": name, "role": role, "language": language, "timezone": timezone, "now": now}
    return _id(await tx.row(_ADD_PERSON, values))


async def add_child(tx: Tx, name: str, birth_month: str, case_key: str, now: int) -> int:
    values = {"name": name, "birth_month": birth_month, "case_key": case_key, "now": now}
    return _id(await tx.row(_ADD_CHILD, values))


async def grant(tx: Tx, person_id: int, child_id: int, right: str, now: int) -> None:
    await tx.run(_GRANT, {"person": person_id, "child": child_id, "right": right, "now": now})


async def add(tx: Tx, code_hash: str, person_id: int, now: int, expires_at: int) -> None:
    await tx.run(_ADD, {"code_hash": code_hash, "person": person_id, "now": now, "expires_at": expires_at})


async def find(tx: Tx, prefix: str, now: int) -> Row | None:
    """The seat that a hash (or at least 32 hex digits of it) lets into; ``open`` where it still does."""
    return await tx.row(_FIND, {"prefix": prefix, "beyond": prefix + "g", "now": now})


async def use(tx: Tx, code_hash: str, by: int, now: int) -> bool:
    """One person wins; False where somebody was first, or it has ended."""
    return await tx.run(_USE, {"hash_used": code_hash, "by": by, "now": now}) == 1


async def cancel(tx: Tx, person_id: int, at: int) -> None:
    await tx.run(_CANCEL, {"person": person_id, "at": at})


async def join(tx: Tx, person_id: int, telegram_id: int, now: int) -> None:
    """The seat is taken by that account, which gets messages again should it have stopped them."""
    await tx.run(_ENSURE, {"account": telegram_id, "now": now})
    await tx.run(_RETURN, {"account": telegram_id})
    await tx.run(_JOIN, {"person": person_id, "account": telegram_id, "now": now})


def _id(row: Row | None) -> int:
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])
