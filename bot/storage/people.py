"""Accounts, people and children, and the rights that join them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Account, Child, Kind, May, Person, Right
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schema import access, account, child, person, silence

PERSON = (
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
# Who has the seat, or had it until it was suspended.
HELD_BY = sa.or_(person.c.account_id == bindparam("account"), person.c.suspended_account == bindparam("account"))
_EVER_SEATED = sa.select(person.c.id, person.c.kind).where(HELD_BY).order_by(person.c.id).limit(1)
_CHILD = (child.c.id, child.c.name, child.c.birth_month, child.c.gender)
_VALID = stands(access)

_SILENT = (
    sa.exists()
    .where(silence.c.person_id == person.c.id, sa.or_(silence.c.unanswered > 0, silence.c.stopped_at.is_not(None)))
    .label("silent")
)
_ACCOUNT = (
    sa.select(account.c.stopped_at, account.c.asking, _SILENT, *PERSON)
    .select_from(account.outerjoin(person, (person.c.account_id == account.c.id) & person.c.removed_at.is_(None)))
    .where(account.c.id == bindparam("account"))
    .order_by(person.c.id)
)
_CHILDREN = {
    what: sa.select(*_CHILD, access.c.person_id)
    .select_from(access.join(child).join(person))
    .where(
        person.c.account_id == bindparam("account"),
        person.c.removed_at.is_(None),
        access.c.right == bindparam("right"),
        _VALID,
        may(access, what),
    )
    .order_by(child.c.id)
    for what in May
}
_THERAPISTS = (
    sa.select(*PERSON, account.c.stopped_at, account.c.blocked_at)
    .select_from(access.join(person).outerjoin(account, account.c.id == person.c.account_id))
    .where(
        access.c.child_id == bindparam("child"),
        access.c.right == Right.TREAT.value,
        person.c.removed_at.is_(None),
        _VALID,
    )
    .order_by(person.c.id)
)
_cared = access.alias("cared")
_HOSTS = (
    sa.select(*PERSON)
    .distinct()
    .select_from(
        _cared.join(access, (access.c.child_id == _cared.c.child_id) & (access.c.right == Right.TREAT.value)).join(
            person, person.c.id == access.c.person_id
        )
    )
    .where(_cared.c.person_id == bindparam("person"), _cared.c.right == Right.CARE.value)
    .where(person.c.removed_at.is_(None), _VALID)
    .order_by(person.c.id)
)
_SEAT = sa.select(*PERSON).where(person.c.id == bindparam("person"), person.c.removed_at.is_(None))
_CHILD_NAME = (
    sa.select(child.c.name)
    .select_from(access.join(child))
    .where(access.c.person_id == bindparam("person"), access.c.right == Right.CARE.value)
    .order_by(child.c.id)
    .limit(1)
)
_SEAT_OF_MINE = (
    sa.select(*PERSON, child.c.id.label("child_id"), child.c.name.label("child_name"))
    .select_from(
        _cared.join(person, person.c.id == _cared.c.person_id)
        .join(child, child.c.id == _cared.c.child_id)
        .join(access, (access.c.child_id == _cared.c.child_id) & (access.c.right == Right.TREAT.value))
    )
    .where(
        _cared.c.right == Right.CARE.value,
        _cared.c.person_id == bindparam("person"),
        access.c.person_id == bindparam("therapist"),
        person.c.removed_at.is_(None),
        _VALID,
    )
    .limit(1)
)
_ALL_SEATS = (
    sa.select(account.c.stopped_at, account.c.asking, *PERSON)
    .select_from(
        account.join(person, (person.c.account_id == account.c.id) | (person.c.suspended_account == account.c.id))
    )
    .where(account.c.id == bindparam("account"), person.c.kind == Kind.CAREGIVER.value)
    .order_by(person.c.id)
)
_CARED = (
    sa.select(*PERSON, child.c.id.label("child_id"), child.c.name.label("child_name"))
    .select_from(access.join(person).join(child))
    .where(access.c.person_id == bindparam("person"), access.c.right == Right.CARE.value)
    .order_by(child.c.id)
    .limit(1)
)
_SEATED = _CARED.where(person.c.removed_at.is_(None))
_CARE_OF = _SEATED.where(_VALID)
_CUT = (
    access.update()
    .where(
        access.c.person_id == bindparam("person"),
        access.c.child_id == bindparam("child"),
        _VALID,
    )
    .values(until_at=bindparam("now"))
)
_REMOVE = person.update().where(person.c.id == bindparam("person")).values(removed_at=bindparam("at"))
_STOP = account.update().where(account.c.id == bindparam("account")).values(stopped_at=bindparam("at"))
_MENU = account.update().where(account.c.id == bindparam("account")).values(menu=bindparam("to_menu"))
_MENU_NOW = sa.select(account.c.menu).where(account.c.id == bindparam("account"))
_OF_ACCOUNT = person.update().where(person.c.account_id == bindparam("account"))
_LANGUAGE = _OF_ACCOUNT.values(language=bindparam("to"))
_ZONE = _OF_ACCOUNT.values(timezone=bindparam("to"))
_OF_KIND = _OF_ACCOUNT.where(person.c.kind == bindparam("of_kind"))
_QUIET = _OF_KIND.values(quiet_from=bindparam("to_from"), quiet_until=bindparam("to_until"))
_WEEKEND = _OF_ACCOUNT.values(weekend=bindparam("to"))
_FEASTS = _OF_ACCOUNT.values(feasts=bindparam("to"))
_FAST = _OF_KIND.values(fast=bindparam("to"))
_CALLED = person.update().where(person.c.id == bindparam("person")).values(name=bindparam("to"))
_REACHED = sa.select(account.c.id).where(
    account.c.id == bindparam("account"), account.c.stopped_at.is_(None), account.c.blocked_at.is_(None)
)
_IS_BLOCKED = sa.select(account.c.id).where(account.c.id == bindparam("account"), account.c.blocked_at.is_not(None))
_BLOCKED = account.update().where(account.c.id == bindparam("account")).values(blocked_at=bindparam("at"))
_ASKING = account.update().where(account.c.id == bindparam("account")).values(asking=bindparam("asking_for"))


def to_person(row: Row) -> Person:
    return Person(
        id=row["id"],
        kind=Kind(row["kind"]),
        name=row["name"],
        role=row["role"],
        language=row["language"],
        address=row["address"],
        timezone=row["timezone"],
        telegram_id=row["account_id"],
        joined_at=row["joined_at"],
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        weekend=row["weekend"],
        feasts=row["feasts"],
        fast=row["fast"],
    )


def to_child(row: Row) -> Child:
    return Child(id=row["id"], name=row["name"], birth_month=row["birth_month"], gender=row["gender"])


async def load_account(tx: Tx, telegram_id: int) -> Account | None:
    """The account with everyone it is to the clinic; None for a stranger."""
    rows = await tx.rows(_ACCOUNT, {"account": telegram_id})
    if not rows:
        return None
    people = tuple(to_person(row) for row in rows if row["id"] is not None)
    silent = any(row["silent"] for row in rows)
    return Account(telegram_id, rows[0]["stopped_at"] is not None, rows[0]["asking"], people, silent)


async def ever_seated(tx: Tx, telegram_id: int) -> Row | None:
    """Row of id, kind: the first seat that the account has or had, whoever's. None: a stranger."""
    return await tx.row(_EVER_SEATED, {"account": telegram_id})


async def with_every_seat(tx: Tx, telegram_id: int) -> Account | None:
    """The account with each caregiver's seat that it has or had, those that rest or have ended too; None without."""
    rows = await tx.rows(_ALL_SEATS, {"account": telegram_id})
    if not rows:
        return None
    return Account(telegram_id, rows[0]["stopped_at"] is not None, rows[0]["asking"], tuple(map(to_person, rows)))


async def children_of(
    tx: Tx, telegram_id: int, right: Right, now: int, what: May = May.CARE
) -> list[tuple[Child, int]]:
    """The children for whom this account may do that, each with the id of the person (seat) that has the right."""
    rows = await tx.rows(_CHILDREN[what], {"account": telegram_id, "right": right.value, "now": now})
    return [(to_child(row), row["person_id"]) for row in rows]


async def therapists_of(tx: Tx, child_id: int, now: int) -> list[Person]:
    return [to_person(row) for row in await tx.rows(_THERAPISTS, {"child": child_id, "now": now})]


async def set_blocked(tx: Tx, telegram_id: int, at: int | None) -> None:
    await tx.run(_BLOCKED, {"account": telegram_id, "at": at})


async def ask(tx: Tx, telegram_id: int, what: str) -> None:
    """What this account's next typed words answer; empty: nothing."""
    await tx.run(_ASKING, {"account": telegram_id, "asking_for": what})


async def hosts_of(tx: Tx, person_id: int, now: int) -> list[Person]:
    """The therapists of the children that this seat cares for."""
    return [to_person(row) for row in await tx.rows(_HOSTS, {"person": person_id, "now": now})]


async def seat(tx: Tx, person_id: int) -> Person | None:
    row = await tx.row(_SEAT, {"person": person_id})
    return None if row is None else to_person(row)


async def child_name(tx: Tx, person_id: int) -> str:
    """The nickname of the child that this seat cares for; "" for a therapist."""
    row = await tx.row(_CHILD_NAME, {"person": person_id})
    return "" if row is None else str(row["name"])


async def seat_of_mine(tx: Tx, therapist: int, person_id: int, now: int) -> Row | None:
    """A caregiver's seat (with child_id, child_name) of a child that this therapist treats."""
    return await tx.row(_SEAT_OF_MINE, {"therapist": therapist, "person": person_id, "now": now})


async def cut(tx: Tx, person_id: int, child_id: int, now: int) -> None:
    """The right ends now; it takes effect on the next tap."""
    await tx.run(_CUT, {"person": person_id, "child": child_id, "now": now})


async def remove(tx: Tx, person_id: int, at: int) -> None:
    await tx.run(_REMOVE, {"person": person_id, "at": at})


async def stop(tx: Tx, telegram_id: int, at: int | None) -> None:
    """No messages any more; None: messages again."""
    await tx.run(_STOP, {"account": telegram_id, "at": at})


async def menu(tx: Tx, telegram_id: int) -> str:
    """What the command menu of this chat was last set to."""
    row = await tx.row(_MENU_NOW, {"account": telegram_id})
    return "" if row is None else str(row["menu"])


async def set_menu(tx: Tx, telegram_id: int, menu_set: str) -> None:
    await tx.run(_MENU, {"account": telegram_id, "to_menu": menu_set})


async def set_language(tx: Tx, telegram_id: int, language: str) -> None:
    await tx.run(_LANGUAGE, {"account": telegram_id, "to": language})


async def set_timezone(tx: Tx, telegram_id: int, timezone: str) -> None:
    await tx.run(_ZONE, {"account": telegram_id, "to": timezone})


async def set_quiet(tx: Tx, telegram_id: int, kind: str, quiet_from: str, quiet_until: str) -> None:
    """Local HH:MM; the hours may span midnight. Of this account's caregivers, or of its therapist."""
    hours = {"to_from": quiet_from, "to_until": quiet_until}
    await tx.run(_QUIET, {"account": telegram_id, "of_kind": kind, **hours})


async def set_weekend(tx: Tx, telegram_id: int, days: str) -> None:
    """Days, Monday is 0; "": as in the country."""
    await tx.run(_WEEKEND, {"account": telegram_id, "to": days})


async def set_feasts(tx: Tx, telegram_id: int, feasts: str) -> None:
    await tx.run(_FEASTS, {"account": telegram_id, "to": feasts})


async def set_fast(tx: Tx, telegram_id: int, fast: str) -> None:
    await tx.run(_FAST, {"account": telegram_id, "of_kind": Kind.CAREGIVER.value, "to": fast})


async def call(tx: Tx, person_id: int, name: str) -> None:
    """What that person is called."""
    await tx.run(_CALLED, {"person": person_id, "to": name})


async def is_reached(tx: Tx, telegram_id: int) -> bool:
    """Whether messages may be sent that this account did not ask for: it neither stopped them nor blocked us."""
    return await tx.row(_REACHED, {"account": telegram_id}) is not None


async def is_blocked(tx: Tx, telegram_id: int) -> bool:
    """Whether this account has blocked us: nothing can be sent to it."""
    return await tx.row(_IS_BLOCKED, {"account": telegram_id}) is not None


async def care_of(tx: Tx, person_id: int, now: int) -> Row | None:
    """A caregiver's seat with child_id and child_name; None where the right has ended."""
    return await tx.row(_CARE_OF, {"person": person_id, "now": now})


async def cared(tx: Tx, person_id: int) -> Row | None:
    """The same of a seat that stands, rests or has ended."""
    return await tx.row(_CARED, {"person": person_id})


async def seated(tx: Tx, person_id: int) -> Row | None:
    """The same where the right is suspended or over, too: as long as it is a seat."""
    return await tx.row(_SEATED, {"person": person_id})
