"""The families of a therapist, as /families shows and changes them. Every query asks for the right to treat."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, account, child, invitation, person

_treats = access.alias("treats")
_cares = access.alias("cares")


_MINE = sa.and_(_treats.c.person_id == bindparam("therapist"), _treats.c.right == Right.TREAT.value, stands(_treats))
_SEATED = sa.and_(
    _cares.c.child_id == child.c.id,
    _cares.c.right == Right.CARE.value,
    person.c.removed_at.is_(None),
    stands(_cares),
)


def _seats(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    found = sa.select(sa.func.count()).select_from(_cares.join(person, person.c.id == _cares.c.person_id))
    return found.where(_SEATED, *which).correlate(child).scalar_subquery()


_COUNT = sa.select(sa.func.count().label("families")).select_from(_treats).where(_MINE)
_PAGE = (
    sa.select(child.c.id, child.c.name, _seats(person.c.joined_at.is_(None)).label("waiting"))
    .select_from(_treats.join(child, child.c.id == _treats.c.child_id))
    .where(_MINE)
    .order_by(child.c.id)
    .limit(bindparam("most"))
    .offset(bindparam("after"))
)
_CHILD = (
    sa.select(child)
    .select_from(_treats.join(child, child.c.id == _treats.c.child_id))
    .where(_MINE, child.c.id == bindparam("child"))
)
_CAREGIVERS = (
    sa.select(
        person.c.id,
        person.c.name,
        person.c.role,
        person.c.language,
        person.c.timezone,
        person.c.joined_at,
        account.c.stopped_at,
        account.c.blocked_at,
        _cares.c.preset,
        sa.select(sa.func.max(invitation.c.expires_at))
        .where(
            invitation.c.person_id == person.c.id,
            invitation.c.used_at.is_(None),
            invitation.c.cancelled_at.is_(None),
        )
        .correlate(person)
        .scalar_subquery()
        .label("link_until"),
    )
    .select_from(
        child.join(_cares, _cares.c.child_id == child.c.id)
        .join(person, person.c.id == _cares.c.person_id)
        .outerjoin(account, account.c.id == person.c.account_id)
    )
    .where(child.c.id == bindparam("child"), _SEATED)
    .order_by(person.c.id)
)
_OF_CHILD = child.update().where(child.c.id == bindparam("child_id"))
_RENAME = _OF_CHILD.values(name=bindparam("to"))
_BORN = _OF_CHILD.values(birth_month=bindparam("to"))
_EARLY = _OF_CHILD.values(weeks_early=bindparam("to"))
_WORDS = _OF_CHILD.values(gender=bindparam("to"))
_ROLE = person.update().where(person.c.id == bindparam("person")).values(role=bindparam("to"))


async def count(tx: Tx, therapist: int, now: int) -> int:
    row = await tx.row(_COUNT, {"therapist": therapist, "now": now})
    return 0 if row is None else int(row["families"])


async def page(tx: Tx, therapist: int, most: int, after: int, now: int) -> list[Row]:
    """Rows of id, name and how many caregivers have not joined yet."""
    return await tx.rows(_PAGE, {"therapist": therapist, "most": most, "after": after, "now": now})


async def one(tx: Tx, therapist: int, child_id: int, now: int) -> Row | None:
    """A child whom this therapist treats."""
    return await tx.row(_CHILD, {"therapist": therapist, "child": child_id, "now": now})


async def caregivers(tx: Tx, child_id: int, now: int) -> list[Row]:
    """The seats of a child whose right the caller has checked, with the state of their links and chats."""
    return await tx.rows(_CAREGIVERS, {"child": child_id, "now": now})


async def rename(tx: Tx, child_id: int, nickname: str) -> None:
    await tx.run(_RENAME, {"child_id": child_id, "to": nickname})


async def born(tx: Tx, child_id: int, month: str) -> None:
    """`month` is YYYY-MM, or empty."""
    await tx.run(_BORN, {"child_id": child_id, "to": month})


async def early(tx: Tx, child_id: int, weeks: int) -> None:
    await tx.run(_EARLY, {"child_id": child_id, "to": weeks})


async def words(tx: Tx, child_id: int, gender: str) -> None:
    """Which words texts use for the child: unsaid, female, male."""
    await tx.run(_WORDS, {"child_id": child_id, "to": gender})


async def role(tx: Tx, person_id: int, to: str) -> None:
    await tx.run(_ROLE, {"person": person_id, "to": to})
