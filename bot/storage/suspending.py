"""A seat that is taken away for a while: no account has it, no right stands, nothing queued reaches it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Priority
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.outbox import LOGICAL
from bot.storage.schema import (
    access,
    account,
    attendance,
    brief,
    check_in,
    digest,
    goal_notice,
    goal_word,
    held,
    message,
    note,
    outbox,
    person,
)

_STANDS = stands(access)
_OF_PERSON = access.c.person_id == bindparam("seat")
_SUSPEND = (
    person.update()
    .where(person.c.id == bindparam("seat"), person.c.removed_at.is_(None), person.c.suspended_at.is_(None))
    .values(suspended_at=bindparam("now"), suspended_account=person.c.account_id, account_id=None)
    .returning(person.c.kind, person.c.suspended_account)
)
_END = access.update().where(_OF_PERSON, _STANDS).values(suspended_at=bindparam("now"), until_at=bindparam("now"))
_RIGHTS = sa.select(access.c.child_id, access.c.right).where(_OF_PERSON).order_by(access.c.id)
_RESUME = (
    person.update()
    .where(person.c.id == bindparam("seat"), person.c.removed_at.is_(None), person.c.suspended_at.is_not(None))
    .values(
        account_id=sa.select(account.c.id).where(account.c.id == person.c.suspended_account).scalar_subquery(),
        suspended_at=None,
        suspended_account=None,
    )
    .returning(person.c.kind, person.c.account_id)
)
_GIVE_BACK = (
    access.update()
    .where(_OF_PERSON, access.c.suspended_at.is_not(None))
    .values(until_at=access.c.ends_at, suspended_at=None)
)
# What shows something to the seats that this account keeps.
_KEPT = sa.select(person.c.id).where(person.c.account_id == bindparam("account"), person.c.removed_at.is_(None))
_GIVES = person.c.kind == "caregiver"
# One of them may be left out: what it was shown of a child is for it no more.
_SHOWING = sa.union(
    *(
        sa.select(shown).where(
            shown.is_not(None),
            shown.table.c.person_id.in_(_KEPT),
            *([shown.table.c.person_id != bindparam("without")] if shown.table is goal_notice else []),
        )
        for shown in (
            check_in.c.message_id,
            note.c.message_id,
            goal_word.c.message_id,
            goal_notice.c.message_id,
            attendance.c.message_id,
            message.c.message_id,
            brief.c.message_id,
            digest.c.message_id,
        )
    ),
    # "May we keep …?", for whoever is left to be asked: unasked, it would go at its time.
    sa.select(held.c.message_id).where(
        held.c.message_id.is_not(None), held.c.account_id == bindparam("account"), sa.exists(_KEPT.where(_GIVES))
    ),
)
_UNSEND = (
    outbox.update()
    .where(
        outbox.c.chat_id == bindparam("account"),
        outbox.c.state == "pending",
        outbox.c.priority != Priority.SAFETY.value,
        LOGICAL.not_in(_SHOWING),
    )
    .values(state="expired", error="suspended", settled_at=bindparam("machine"), payload="", upload=None)
)


async def suspend(tx: Tx, person_id: int, now: int) -> Row | None:
    """Row of kind and suspended_account, whose the seat was; None where there is no such seat, or it is suspended."""
    row = await tx.row(_SUSPEND, {"seat": person_id, "now": now})
    if row is not None:
        await tx.run(_END, {"seat": person_id, "now": now})
    return row


async def rights(tx: Tx, person_id: int) -> list[Row]:
    """Rows of child_id, right: at any time."""
    return await tx.rows(_RIGHTS, {"seat": person_id})


async def unsend(tx: Tx, account_id: int, now: int, without: int = 0) -> None:
    """What waits to be sent there, but for the safety card and what belongs to the seats that are left.

    ``without``: a seat that is told nothing of goals any more.
    """
    await tx.run(_UNSEND, {"account": account_id, "machine": now, "without": without})


async def resume(tx: Tx, person_id: int) -> Row | None:
    """The seat is theirs again, with the rights that have not ended meanwhile. Row of kind and account_id, whose it is;
    None where it was not suspended.
    """
    row = await tx.row(_RESUME, {"seat": person_id})
    if row is not None:
        await tx.run(_GIVE_BACK, {"seat": person_id})
    return row
