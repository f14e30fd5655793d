"""Consents, each with its date and the version of the text that was read. Only ever added to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import consent

_ADD = consent.insert().values(
    person_id=bindparam("person"),
    purpose=bindparam("purpose"),
    given=bindparam("given"),
    text_version=bindparam("version"),
    language=bindparam("language"),
    at=bindparam("at"),
)
_OF_PERSON = sa.select(consent).where(consent.c.person_id == bindparam("person")).order_by(consent.c.id)


async def add(tx: Tx, person: int, purpose: str, version: str, language: str, at: int, *, given: bool) -> None:
    values = {"person": person, "purpose": purpose, "given": int(given), "version": version}
    await tx.run(_ADD, {**values, "language": language, "at": at})


async def of_person(tx: Tx, person: int) -> list[Row]:
    """Every yes and no of that person, oldest first."""
    return await tx.rows(_OF_PERSON, {"person": person})
