"""A therapist's leave and who stands in: a right to treat with the end of the leave, for the cases of their own."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage import kin
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.people import PERSON
from bot.storage.rights import Part
from bot.storage.schema import absence, access, child, person

_leads, _stands = access.alias("leads"), access.alias("stands")
_RUNS = (absence.c.from_at <= bindparam("now"), absence.c.until_at > bindparam("now"))

_ADD = absence.insert().values(
    person_id=bindparam("therapist"),
    stand_in_id=bindparam("other"),
    from_at=bindparam("begins"),
    until_at=bindparam("ends"),
)
_LED = sa.and_(_leads.c.right == Right.TREAT.value, _leads.c.part == Part.LEAD.value)
_VALID = stands(_leads)
_STAYS = (
    sa.select(sa.func.count())
    .select_from(_leads)
    .where(_leads.c.person_id == absence.c.person_id, _LED, _VALID, kin.cares(person.c.account_id, _leads.c.child_id))
    .scalar_subquery()
)
_OF = (
    sa.select(absence, person.c.name.label("stand_in_name"), _STAYS.label("stays"))
    .select_from(absence.join(person, person.c.id == absence.c.stand_in_id))
    .where(absence.c.person_id == bindparam("therapist"), absence.c.until_at > bindparam("now"))
    .order_by(absence.c.from_at)
)
_RUNNING = sa.select(absence.c.id).where(*_RUNS).order_by(absence.c.id)
_stand_in = person.alias("stand_in")
_STANDS = sa.exists().where(  # with nobody who does, their news would be nobody's
    _stand_in.c.id == absence.c.stand_in_id,
    _stand_in.c.removed_at.is_(None),
    _stand_in.c.suspended_at.is_(None),
    _stand_in.c.account_id.is_not(None),
)
_AWAY = sa.select(absence.c.id).where(absence.c.person_id == bindparam("therapist"), *_RUNS, _STANDS).limit(1)
_FOR_WHOM = (
    sa.select(
        absence.c.id.label("absence_id"),
        absence.c.from_at,
        absence.c.until_at,
        _stand_in.c.name.label("stand_in_name"),
        sa.literal_column("0").label("stays"),
        *PERSON,
    )
    .select_from(
        absence.join(person, person.c.id == absence.c.person_id).join(
            _stand_in, _stand_in.c.id == absence.c.stand_in_id
        )
    )
    .where(absence.c.stand_in_id == bindparam("therapist"), absence.c.until_at > bindparam("now"))
    .order_by(absence.c.from_at, absence.c.id)
)
_BETWEEN = sa.select(absence.c.person_id).where(
    absence.c.from_at < bindparam("ends"), absence.c.until_at > bindparam("begins")
)
_HAS = sa.exists().where(
    _stands.c.person_id == absence.c.stand_in_id,
    _stands.c.child_id == _leads.c.child_id,
    _stands.c.right == Right.TREAT.value,
    sa.or_(
        stands(_stands),  # had it in this leave, and it was taken away: not given a second time
        sa.and_(_stands.c.part == Part.STAND_IN.value, _stands.c.from_at >= absence.c.from_at),
    ),
)
_BEGINS = (
    sa.select(
        absence.c.person_id.label("away_id"),
        absence.c.until_at,
        _leads.c.child_id,
        child.c.name.label("child_name"),
        *PERSON,
    )
    .select_from(
        absence.join(_leads, (_leads.c.person_id == absence.c.person_id) & _LED & _VALID)
        .join(child, child.c.id == _leads.c.child_id)
        .join(person, person.c.id == absence.c.stand_in_id)
    )
    .where(
        absence.c.id == bindparam("absence"),
        person.c.removed_at.is_(None),
        person.c.suspended_at.is_(None),
        person.c.account_id.is_not(None),
    )
    .where(~_HAS, ~kin.cares(person.c.account_id, _leads.c.child_id))
    .order_by(_leads.c.child_id)
)
_GIVEN = sa.and_(
    access.c.right == Right.TREAT.value,
    access.c.part == Part.STAND_IN.value,
    sa.or_(stands(access), access.c.suspended_at.is_not(None)),
    sa.exists().where(
        absence.c.person_id == bindparam("therapist"),
        absence.c.stand_in_id == access.c.person_id,
        absence.c.from_at <= access.c.from_at,
        absence.c.until_at == access.c.ends_at,
    ),
    sa.exists().where(_LED, _leads.c.person_id == bindparam("therapist"), _leads.c.child_id == access.c.child_id),
)
_TAKE_BACK = (
    access.update()
    .where(_GIVEN)
    .values(until_at=bindparam("now"), ends_at=bindparam("now"), suspended_at=None)
    .returning(access.c.person_id, access.c.child_id)
)
_TAKE_ONE_BACK = _TAKE_BACK.where(access.c.child_id == bindparam("child"))
_DROP = absence.delete().where(absence.c.person_id == bindparam("therapist"), absence.c.id == bindparam("absence"))
_LEFT = absence.delete().where(
    sa.or_(absence.c.person_id == bindparam("therapist"), absence.c.stand_in_id == bindparam("therapist"))
)
_OVER = absence.delete().where(absence.c.until_at <= bindparam("now"))


def away(who: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether that therapist is on leave, and who stands in works here; asked with ``now``."""
    return sa.exists().where(absence.c.person_id == who, *_RUNS, _STANDS)


async def add(tx: Tx, therapist: int, other: int, begins: int, ends: int) -> None:
    await tx.run(_ADD, {"therapist": therapist, "other": other, "begins": begins, "ends": ends})


async def of(tx: Tx, therapist: int, now: int) -> list[Row]:
    """Those that are not over, the next first; with stand_in_name, and `stays`: cases of which that one is family."""
    return await tx.rows(_OF, {"therapist": therapist, "now": now})


async def is_away(tx: Tx, therapist: int, now: int) -> bool:
    """Whether they are on leave, and who stands in works here."""
    return await tx.row(_AWAY, {"therapist": therapist, "now": now}) is not None


async def for_whom(tx: Tx, therapist: int, now: int) -> list[Row]:
    """Leaves, now or to come, in which they stand in: whose seat it is with absence_id, from_at, until_at,
    stand_in_name and stays.
    """
    return await tx.rows(_FOR_WHOM, {"therapist": therapist, "now": now})


async def away_between(tx: Tx, begins: int, ends: int) -> set[int]:
    """Who is on leave at some time between."""
    return {row["person_id"] for row in await tx.rows(_BETWEEN, {"begins": begins, "ends": ends})}


async def running(tx: Tx, now: int) -> list[int]:
    return [int(row["id"]) for row in await tx.rows(_RUNNING, {"now": now})]


async def begins(tx: Tx, absence_id: int, now: int) -> list[Row]:
    """Cases that go to who stands in, of a leave that runs: their seat with away_id, until_at, child_id, child_name."""
    return await tx.rows(_BEGINS, {"absence": absence_id, "now": now})


async def take_back(tx: Tx, therapist: int, child_id: int | None, now: int) -> list[Row]:
    """What was given because of a leave of theirs, of one child or of all: rows of person_id, child_id."""
    values = {"therapist": therapist, "now": now}
    if child_id is None:
        return await tx.rows(_TAKE_BACK, values)
    return await tx.rows(_TAKE_ONE_BACK, {**values, "child": child_id})


async def drop(tx: Tx, therapist: int, absence_id: int) -> None:
    await tx.run(_DROP, {"therapist": therapist, "absence": absence_id})


async def left(tx: Tx, therapist: int) -> None:
    """They work here no more: neither their own leave nor one in which they stand in is left."""
    await tx.run(_LEFT, {"therapist": therapist})


async def over(tx: Tx, now: int) -> None:
    await tx.run(_OVER, {"now": now})
