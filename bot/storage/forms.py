"""Templates of a clinic's own and their versions. What a therapist changes is asked for with the therapist's seat."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import form, form_version, schedule

_JOINED = form.outerjoin(
    form_version, (form_version.c.form_id == form.c.id) & (form_version.c.version == form.c.newest)
)
_WHOLE = sa.select(form, form_version.c.body).select_from(_JOINED)
_NEWEST = _WHOLE.where(form.c.template_key == bindparam("template"))
_MINE = _WHOLE.where(
    form.c.id == bindparam("form"), form.c.person_id == bindparam("therapist"), form.c.archived_at.is_(None)
)
_USABLE = _WHOLE.where(
    sa.or_(form.c.person_id == bindparam("therapist"), form.c.person_id.is_(None)), form.c.archived_at.is_(None)
).order_by(form.c.id)
_ALL = _WHOLE.order_by(form.c.id)
_COUNT = sa.select(sa.func.coalesce(sa.func.max(form.c.id), 0).label("n"))
_ADD = (
    form.insert()
    .values(
        template_key=bindparam("template"),
        person_id=bindparam("therapist"),
        name=bindparam("name"),
        created_at=bindparam("now"),
    )
    .returning(form.c.id)
)
_KEEP = form.update().where(form.c.id == bindparam("form")).values(draft=bindparam("body"))
_VERSION = form_version.insert().values(
    form_id=bindparam("form"),
    version=bindparam("number"),
    template_key=bindparam("template"),
    body=bindparam("body"),
    published_at=bindparam("now"),
)
_POINT = (
    form.update()
    .where(form.c.id == bindparam("form"))
    .values(newest=bindparam("number"), name=bindparam("title"), draft="", archived_at=None)
)
_ARCHIVE = form.update().where(form.c.id == bindparam("form")).values(archived_at=bindparam("at"))
NAME = (  # of what a schedule asks, where it is not the library's
    sa.select(form.c.name).where(form.c.template_key == schedule.c.template).scalar_subquery().label("form_name")
)


async def newest(tx: Tx, key: str) -> Row | None:
    """The form of that key; ``body`` is the version that is asked now, None before the first."""
    return await tx.row(_NEWEST, {"template": key})


async def mine(tx: Tx, therapist: int, number: int) -> Row | None:
    """One that this therapist may change."""
    return await tx.row(_MINE, {"therapist": therapist, "form": number})


async def usable(tx: Tx, therapist: int) -> list[Row]:
    """The therapist's own and the clinic's, those that were put away left out."""
    return await tx.rows(_USABLE, {"therapist": therapist})


async def everyones(tx: Tx) -> list[Row]:
    return await tx.rows(_ALL, {})


async def count(tx: Tx) -> int:
    """The highest number that was given."""
    row = await tx.row(_COUNT, {})
    return int(row["n"]) if row is not None else 0


async def add(tx: Tx, template: str, therapist: int | None, name: str, now: int) -> int:
    row = await tx.row(_ADD, {"template": template, "therapist": therapist, "name": name, "now": now})
    assert row is not None  # noqa: S101 - the statement returns it
    return int(row["id"])


async def keep(tx: Tx, number: int, draft: str) -> None:
    await tx.run(_KEEP, {"form": number, "body": draft})


async def publish(tx: Tx, row: Row, body: str, title: str, now: int) -> int:
    """Asked from now on. Returns the version."""
    number = int(row["newest"]) + 1
    values = {"form": row["id"], "number": number}
    await tx.run(_VERSION, {**values, "template": row["template_key"], "body": body, "now": now})
    await tx.run(_POINT, {**values, "title": title})
    return number


async def archive(tx: Tx, number: int, at: int) -> None:
    await tx.run(_ARCHIVE, {"form": number, "at": at})
