"""What a caregiver's right rests on, who treats a child, and how a case goes from one to another.

Each statement is asked with the therapist whose case it is; those for the clinic itself say so.
"""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage import kin
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.people import PERSON
from bot.storage.schema import access, child, meeting, notice, person


class Part(StrEnum):
    """What a therapist is to a case; "" where it is theirs."""

    LEAD = ""
    CO = "co"
    STAND_IN = "stand_in"


_cares, _treats, _mine = access.alias("cares"), access.alias("treats"), access.alias("mine")


def _led(of: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """The child is a case of this therapist's own, not one in which they help."""
    return sa.exists().where(
        _mine.c.child_id == of,
        _mine.c.person_id == bindparam("therapist"),
        _mine.c.right == Right.TREAT.value,
        _mine.c.part == Part.LEAD.value,
        stands(_mine),
    )


_CARE = (
    sa.select(
        *PERSON,
        person.c.suspended_at.label("rests_since"),
        _cares.c.id.label("access_id"),
        _cares.c.child_id,
        _cares.c.until_at,
        _cares.c.suspended_at,
        _cares.c.ends_at,
        _cares.c.document,
        _cares.c.preset,
        child.c.name.label("child_name"),
    )
    .select_from(_cares.join(person, person.c.id == _cares.c.person_id).join(child, child.c.id == _cares.c.child_id))
    .where(_cares.c.right == Right.CARE.value, person.c.removed_at.is_(None))
)
_ONE = _CARE.where(_cares.c.person_id == bindparam("seat"), _led(_cares.c.child_id)).order_by(_cares.c.id).limit(1)
_RESTING = _CARE.where(
    _cares.c.child_id == bindparam("child"),
    sa.exists().where(
        _treats.c.child_id == _cares.c.child_id,
        _treats.c.person_id == bindparam("therapist"),
        _treats.c.right == Right.TREAT.value,
        stands(_treats),
    ),
    ~stands(_cares),
).order_by(person.c.id)
_PUT_END = (
    access.update()
    .where(access.c.id == bindparam("access"))
    .values(
        ends_at=bindparam("to_end"),
        until_at=sa.case((access.c.suspended_at.is_(None), bindparam("to_until")), else_=access.c.until_at),
    )
)
_DOCUMENT = access.update().where(access.c.id == bindparam("access")).values(document=bindparam("words"))
_PRESET = access.update().where(access.c.id == bindparam("access")).values(preset=bindparam("to_preset"))
_OVER = (
    _CARE.where(_cares.c.until_at <= bindparam("now"), _cares.c.suspended_at.is_(None), person.c.suspended_at.is_(None))
    .order_by(_cares.c.until_at, _cares.c.id)
    .limit(bindparam("most"))
)

_TREATING = sa.and_(access.c.right == Right.TREAT.value, stands(access), person.c.removed_at.is_(None))
_TEAM = (
    sa.select(*PERSON, access.c.part, access.c.until_at)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(access.c.child_id == bindparam("child"), _TREATING, _led(access.c.child_id))
    .order_by(access.c.part, person.c.id)
)
_COLLEAGUES = (
    sa.select(*PERSON)
    .where(
        person.c.kind == "therapist",
        person.c.id != bindparam("therapist"),
        person.c.removed_at.is_(None),
        person.c.suspended_at.is_(None),
        person.c.account_id.is_not(None),
    )
    .order_by(person.c.name, person.c.id)
)
_COLLEAGUES_FOR = _COLLEAGUES.where(~kin.cares(person.c.account_id, bindparam("child")))
_IS_FAMILY = sa.select(person.c.id).where(
    person.c.id == bindparam("of_person"), kin.cares(person.c.account_id, bindparam("child"))
)
_LEADS = sa.select(access.c.id).where(
    access.c.child_id == bindparam("child"),
    access.c.person_id == bindparam("therapist"),
    access.c.right == Right.TREAT.value,
    access.c.part == Part.LEAD.value,
    stands(access),
)
_CASES = (
    sa.select(access.c.child_id, child.c.name)
    .select_from(access.join(child, child.c.id == access.c.child_id))
    .where(
        access.c.person_id == bindparam("therapist"),
        access.c.right == Right.TREAT.value,
        access.c.part == Part.LEAD.value,
        sa.or_(stands(access), access.c.suspended_at.is_not(None)),
    )
    .order_by(access.c.child_id)
)
_STANDING = (
    sa.select(access.c.id, access.c.part)
    .where(
        access.c.child_id == bindparam("child"),
        access.c.person_id == bindparam("of_person"),
        access.c.right == Right.TREAT.value,
        stands(access),
    )
    .limit(1)
)
_GIVE = access.insert().values(
    person_id=bindparam("of_person"),
    child_id=bindparam("child"),
    right=Right.TREAT.value,
    part=bindparam("as_part"),
    from_at=bindparam("now"),
    until_at=bindparam("to_until"),
    ends_at=bindparam("to_until"),
)
_RAISE = access.update().where(access.c.id == bindparam("access")).values(part="", until_at=None, ends_at=None)
_TAKE = (
    access.update()
    .where(
        access.c.child_id == bindparam("child"),
        access.c.person_id == bindparam("of_person"),
        access.c.right == Right.TREAT.value,
        sa.or_(stands(access), access.c.suspended_at.is_not(None)),
    )
    .values(until_at=bindparam("now"), ends_at=bindparam("now"), suspended_at=None)
)
_MOVE_MEETINGS = (
    meeting.update()
    .where(
        meeting.c.child_id == bindparam("child"),
        meeting.c.person_id == bindparam("from_person"),
        meeting.c.starts_at > bindparam("now"),
        meeting.c.cancelled_at.is_(None),
    )
    .values(person_id=bindparam("to_person"))
)
_MOVE_NOTICES = (
    notice.update()
    .where(
        notice.c.child_id == bindparam("child"),
        notice.c.person_id == bindparam("from_person"),
        notice.c.message_id.is_(None),
    )
    .values(person_id=bindparam("to_person"))
)
_ALONE = (
    sa.select(sa.func.count().label("families"))
    .select_from(child)
    .where(
        ~sa.exists().where(
            _treats.c.child_id == child.c.id,
            _treats.c.right == Right.TREAT.value,
            _treats.c.person_id == person.c.id,
            person.c.removed_at.is_(None),
            stands(_treats),
        ),
        sa.exists().where(  # whose care is over waits for nobody
            _cares.c.child_id == child.c.id,
            _cares.c.right == Right.CARE.value,
            _cares.c.person_id == person.c.id,
            person.c.removed_at.is_(None),
        ),
    )
)
_CHILD_NAME = sa.select(child.c.name).where(child.c.id == bindparam("child"))
_CARERS = (
    sa.select(*PERSON)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(
        access.c.child_id == bindparam("child"),
        access.c.right == Right.CARE.value,
        person.c.removed_at.is_(None),
        person.c.account_id.is_not(None),
        stands(access),
    )
    .order_by(person.c.id)
)


async def care(tx: Tx, therapist: int, person_id: int, now: int) -> Row | None:
    """A caregiver's seat with its right, suspended or over too, in a case of this therapist's own."""
    return await tx.row(_ONE, {"therapist": therapist, "seat": person_id, "now": now})


async def resting(tx: Tx, therapist: int, child_id: int, now: int) -> list[Row]:
    """Seats whose right is suspended or over, of a child whom this therapist treats."""
    return await tx.rows(_RESTING, {"therapist": therapist, "child": child_id, "now": now})


async def put_end(tx: Tx, access_id: int, at: int | None) -> None:
    """When it ends; one that is suspended stays so."""
    await tx.run(_PUT_END, {"access": access_id, "to_end": at, "to_until": at})


async def document(tx: Tx, access_id: int, words: str) -> None:
    await tx.run(_DOCUMENT, {"access": access_id, "words": words})


async def put_preset(tx: Tx, access_id: int, preset: str) -> None:
    await tx.run(_PRESET, {"access": access_id, "to_preset": preset})


async def over(tx: Tx, now: int, most: int) -> list[Row]:
    """Caregivers whose right has ended as was agreed, and whose seat is still theirs."""
    return await tx.rows(_OVER, {"now": now, "most": most})


async def team(tx: Tx, therapist: int, child_id: int, now: int) -> list[Row]:
    """Who treats a child that is this therapist's own case, with part and until_at."""
    return await tx.rows(_TEAM, {"therapist": therapist, "child": child_id, "now": now})


async def colleagues(tx: Tx, therapist: int, child_id: int | None = None) -> list[Row]:
    """The other therapists who work here now; for a child, but for who is its family."""
    if child_id is None:
        return await tx.rows(_COLLEAGUES, {"therapist": therapist})
    return await tx.rows(_COLLEAGUES_FOR, {"therapist": therapist, "child": child_id})


async def leads(tx: Tx, therapist: int, child_id: int, now: int) -> bool:
    return await tx.row(_LEADS, {"therapist": therapist, "child": child_id, "now": now}) is not None


async def cases(tx: Tx, therapist: int, now: int) -> list[Row]:
    """Rows of child_id, name: the cases that are theirs, those too that only wait for the end of a suspension."""
    return await tx.rows(_CASES, {"therapist": therapist, "now": now})


async def give(tx: Tx, person_id: int, child_id: int, part: Part, now: int, until: int | None = None) -> bool:
    """A right to treat. False where they have one that is as much already, or are family of the child."""
    values = {"of_person": person_id, "child": child_id, "now": now}
    if await tx.row(_IS_FAMILY, {"of_person": person_id, "child": child_id}) is not None:
        return False
    row = await tx.row(_STANDING, values)
    if row is None:
        await tx.run(_GIVE, {**values, "as_part": part.value, "to_until": until})
        return True
    if part is not Part.LEAD or row["part"] == Part.LEAD.value:
        return False
    await tx.run(_RAISE, {"access": row["id"]})
    return True


async def take(tx: Tx, person_id: int, child_id: int, now: int) -> bool:
    """Their right to treat ends. False where they had none."""
    return bool(await tx.run(_TAKE, {"of_person": person_id, "child": child_id, "now": now}))


async def move(tx: Tx, child_id: int, from_person: int, to_person: int, now: int) -> None:
    """Visits to come, and news that waits to be told."""
    values = {"child": child_id, "from_person": from_person, "to_person": to_person}
    await tx.run(_MOVE_MEETINGS, {**values, "now": now})
    await tx.run(_MOVE_NOTICES, values)


async def child_name(tx: Tx, child_id: int) -> str:
    row = await tx.row(_CHILD_NAME, {"child": child_id})
    return "" if row is None else str(row["name"])


async def carers(tx: Tx, child_id: int, now: int) -> list[Row]:
    """The caregivers with a chat, each to be told alone that the case is in other hands."""
    return await tx.rows(_CARERS, {"child": child_id, "now": now})


async def alone(tx: Tx, now: int) -> int:
    """How many families nobody treats now."""
    row = await tx.row(_ALONE, {"now": now})
    return 0 if row is None else int(row["families"])
