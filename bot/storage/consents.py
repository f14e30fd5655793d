"""Consents, each with its date and the version of the text that was read. Only ever added to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Priority, Right
from bot.storage.database import Row, Tx
from bot.storage.people import HELD_BY
from bot.storage.schema import access, consent, outbox, person

_ADD = consent.insert().values(
    person_id=bindparam("person"),
    purpose=bindparam("purpose"),
    given=bindparam("given"),
    text_version=bindparam("version"),
    language=bindparam("language"),
    at=bindparam("at"),
)
_OF_PERSON = sa.select(consent).where(consent.c.person_id == bindparam("person")).order_by(consent.c.id)
_NEWEST = (
    sa.select(consent.c.given)
    .select_from(consent.join(person, person.c.id == consent.c.person_id))
    .where(
        HELD_BY,
        consent.c.purpose == bindparam("purpose"),
    )
    .order_by(consent.c.id.desc())
    .limit(1)
)
_OF_ACCOUNT = (
    sa.select(consent)
    .select_from(consent.join(person, person.c.id == consent.c.person_id))
    .where(HELD_BY)
    .order_by(consent.c.id)
)
_newer = consent.alias("newer")
_REFUSED = (
    sa.select(consent.c.person_id, consent.c.purpose)
    .select_from(consent.join(access, access.c.person_id == consent.c.person_id))
    .where(
        access.c.child_id == bindparam("child"),
        access.c.right == Right.CARE.value,
        consent.c.given == 0,
        ~sa.exists().where(
            _newer.c.person_id == consent.c.person_id, _newer.c.purpose == consent.c.purpose, _newer.c.id > consent.c.id
        ),
    )
    .distinct()
)
_NEWSLETTERS = outbox.delete().where(
    outbox.c.chat_id == bindparam("account"),
    outbox.c.priority == Priority.NEWSLETTER.value,
    outbox.c.state.in_(["pending", "sending"]),
)


async def add(tx: Tx, person: int, purpose: str, version: str, language: str, at: int, *, given: bool) -> None:
    values = {"person": person, "purpose": purpose, "given": int(given), "version": version}
    await tx.run(_ADD, {**values, "language": language, "at": at})


async def of_person(tx: Tx, person: int) -> list[Row]:
    """Every yes and no of that person, oldest first."""
    return await tx.rows(_OF_PERSON, {"person": person})


async def of_account(tx: Tx, account: int) -> list[Row]:
    """Every yes and no in the seats that this account has or had, oldest first."""
    return await tx.rows(_OF_ACCOUNT, {"account": account})


async def newest(tx: Tx, account: int, purpose: str) -> bool | None:
    """The newest word on this purpose; None where it was never asked."""
    row = await tx.row(_NEWEST, {"account": account, "purpose": purpose})
    return None if row is None else bool(row["given"])


async def refused(tx: Tx, child: int) -> list[Row]:
    """What a child's caregivers say no to now: rows of person_id, purpose."""
    return await tx.rows(_REFUSED, {"child": child})


async def unsend_newsletters(tx: Tx, account: int) -> None:
    """What is queued or being sent; the latter settles into nothing."""
    await tx.run(_NEWSLETTERS, {"account": account})
