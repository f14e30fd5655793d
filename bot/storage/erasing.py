"""What goes when a child is erased or a caregiver deletes their own: every row, what is queued, what is shown.

Rows hang on a child or a seat by foreign keys that cascade. What does not, goes here by the logical messages that show
it and by the account: outbox, copies, held media, updates that could not be handled.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Right
from bot.storage import evidence
from bot.storage.database import Row, Tx
from bot.storage.people import HELD_BY
from bot.storage.schema import (
    access,
    account,
    alert,
    answer,
    attendance,
    behaviour_count,
    booking,
    brief,
    check_in,
    child,
    concern,
    consent,
    content,
    copy,
    dead_update,
    goal_notice,
    goal_word,
    held,
    home_step_news,
    inbound,
    invitation,
    job,
    link_side,
    message,
    milestone_round,
    mirror,
    note,
    notice,
    outbox,
    person,
    rest,
    rota,
    schedule,
    silence,
    travel,
)
from bot.storage.traces import UNSHOW_CHILD, UNSHOW_PERSON

_elsewhere = access.alias("elsewhere")
_CHILD = sa.select(child.c.id, child.c.name, child.c.created_at).where(child.c.id == bindparam("child"))
_PERSON = sa.select(person).where(person.c.id == bindparam("person"))
_SEATS = (
    sa.select(
        person.c.id,
        sa.func.coalesce(person.c.account_id, person.c.suspended_account).label("account_id"),
        sa.exists()
        .where(
            _elsewhere.c.person_id == person.c.id,
            _elsewhere.c.right == Right.CARE.value,
            _elsewhere.c.child_id != bindparam("child"),
        )
        .label("elsewhere"),
    )
    .select_from(person)
    .where(
        person.c.kind == "caregiver",
        person.c.id.in_(sa.select(access.c.person_id).where(access.c.child_id == bindparam("child"))),
    )
    .order_by(person.c.id)
)
_OF_ACCOUNT = (
    sa.select(person.c.id, person.c.created_at).where(HELD_BY, person.c.kind == "caregiver").order_by(person.c.id)
)
_CHILDREN = sa.select(access.c.child_id).where(
    access.c.person_id == bindparam("person"), access.c.right == Right.CARE.value
)
_HAS_ALERT = sa.select(alert.c.id).where(alert.c.person_id == bindparam("person")).limit(1)
_HAS_SEAT = sa.select(person.c.id).where(HELD_BY).limit(1)

_DELETE_CHILD = child.delete().where(child.c.id == bindparam("child")).execution_options(apart=True)
_DELETE_PERSON = person.delete().where(person.c.id == bindparam("person")).execution_options(apart=True)
# Of who asked for urgent help: what an alarm came with stays, and a no to handing it on.
_OF_ALARMS = {table: sa.and_(evidence.STAYS[table], table.c.media_kind.is_not(None)) for table in evidence.SENT}
_STAYS = {
    **_OF_ALARMS,
    check_in: check_in.c.id.in_(sa.select(answer.c.check_in_id).where(_OF_ALARMS[answer])),
    consent: consent.c.given == 0,
}
_EMPTY_PERSON = (
    [
        check_in.update()
        .where(check_in.c.person_id == bindparam("person"), _STAYS[check_in])
        .values(schedule_id=None)  # its plan goes
        .execution_options(apart=True)
    ]
    + [
        table.delete()
        .where(table.c.person_id == bindparam("person"), *([~_STAYS[table]] if table in _STAYS else ()))
        .execution_options(apart=True)
        for table in (
            answer,
            attendance,
            brief,
            message,
            mirror,
            check_in,
            note,
            behaviour_count,
            booking,
            home_step_news,
            schedule,
            rest,
            rota,
            travel,
            link_side,
            content,
            consent,
            invitation,
            job,
            notice,
            silence,
            goal_word,
            goal_notice,
            milestone_round,
        )
    ]
    + [
        notice.delete().where(notice.c.about_id == bindparam("person")).execution_options(apart=True),
        concern.delete()
        .where(concern.c.person_id == bindparam("person"), concern.c.level == "amber")
        .execution_options(apart=True),
    ]
)
_AT: sa.BindParameter[int] = bindparam("at", type_=sa.BigInteger)
_END_PERSON = (
    access.update()
    .where(access.c.person_id == bindparam("person"), sa.or_(access.c.until_at.is_(None), access.c.until_at > _AT))
    .values(until_at=_AT),
    access.update().where(access.c.person_id == bindparam("person")).values(document=""),
    person.update()
    .where(person.c.id == bindparam("person"))
    .values(
        name="",
        feasts="",
        fast="",
        email="",
        account_id=None,
        suspended_account=None,
        joined_at=None,
        removed_at=sa.func.coalesce(person.c.removed_at, _AT),
    ),
)
_UNHOLD = held.delete().where(held.c.account_id == bindparam("account"))
_UNBURY = dead_update.delete().where(dead_update.c.account_id == bindparam("account"))
_DELETE_ACCOUNT = (
    inbound.delete().where(inbound.c.account_id == bindparam("account")),
    _UNHOLD,
    _UNBURY,
    copy.delete().where(copy.c.chat_id == bindparam("account")),
    outbox.delete().where(outbox.c.chat_id == bindparam("account")),
    account.delete().where(account.c.id == bindparam("account")),
)


async def find_child(tx: Tx, child_id: int) -> Row | None:
    """Row of id, name, created_at."""
    return await tx.row(_CHILD, {"child": child_id})


async def find_person(tx: Tx, person_id: int) -> Row | None:
    return await tx.row(_PERSON, {"person": person_id})


async def seats(tx: Tx, child_id: int) -> list[Row]:
    """The caregivers of a child at any time: rows of id, account_id, elsewhere (they care for another child, too)."""
    return await tx.rows(_SEATS, {"child": child_id})


async def seats_of_account(tx: Tx, account_id: int) -> list[Row]:
    """Every caregiver's seat that this account has or had: rows of id, created_at."""
    return await tx.rows(_OF_ACCOUNT, {"account": account_id})


async def children_of(tx: Tx, person_id: int) -> list[int]:
    """Whom this seat cares or cared for."""
    return list({int(row["child_id"]): None for row in await tx.rows(_CHILDREN, {"person": person_id})})


async def has_alert(tx: Tx, person_id: int) -> bool:
    """Whether they ever asked for urgent help."""
    return await tx.row(_HAS_ALERT, {"person": person_id}) is not None


async def delete_child(tx: Tx, child_id: int) -> None:
    """The child with everything that hangs on it, and the messages about it."""
    for unshow in UNSHOW_CHILD:
        await tx.run(unshow, {"child": child_id})
    await tx.run(_DELETE_CHILD, {"child": child_id})


async def delete_person(tx: Tx, person_id: int, at: int) -> None:
    """A caregiver's seat with all entries. One that asked for urgent help stays as a seat without a name or account,
    with the pictures and voices of that alarm: no one deletes that record by a tap.
    """
    for statement in UNSHOW_PERSON:
        await tx.run(statement, {"person": person_id})
    if not await has_alert(tx, person_id):
        await tx.run(_DELETE_PERSON, {"person": person_id})
        return
    for empty in _EMPTY_PERSON:
        await tx.run(empty, {"person": person_id})
    for end in _END_PERSON:
        await tx.run(end, {"person": person_id, "at": at})


async def delete_held(tx: Tx, account_id: int) -> None:
    """What an account that stays had sent and nobody had taken yet."""
    for statement in (_UNHOLD, _UNBURY):
        await tx.run(statement, {"account": account_id})


async def delete_stranger(tx: Tx, account_id: int) -> bool:
    """The account with every trace, where no seat of it is left. False where one is."""
    if await tx.row(_HAS_SEAT, {"account": account_id}) is not None:
        return False
    for statement in _DELETE_ACCOUNT:
        await tx.run(statement, {"account": account_id})
    return True
