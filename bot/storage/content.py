"""What the bot sent a caregiver beside questions, of its own accord: lines for the child, a word about small wins."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Right
from bot.storage.database import Row, Tx
from bot.storage.may import may, stands
from bot.storage.schema import access, check_in, content, note, person, schedule, silence
from bot.storage.wins import TEMPLATE

_SINCE = (content.c.person_id == bindparam("person"), content.c.at > bindparam("since"))
_SENT = sa.select(sa.func.count().label("many")).where(*_SINCE)
_SEND = content.insert().values(person_id=bindparam("person"), at=bindparam("at_ms"), kind=bindparam("of_kind"))
_FORGET = content.delete().where(content.c.person_id == bindparam("person"), content.c.at <= bindparam("since"))
_STOPPED = sa.select(silence.c.stopped_at).where(silence.c.person_id == bindparam("person"))

_TOLD = sa.exists().where(
    check_in.c.person_id == person.c.id,
    check_in.c.template == TEMPLATE,
    check_in.c.state.in_(["done", "partial"]),
    check_in.c.due_at > bindparam("since"),
)
_NOTED = sa.exists().where(
    note.c.person_id == person.c.id, note.c.kind == "win", note.c.recorded_at > bindparam("since")
)
_ASKED = sa.exists().where(
    schedule.c.person_id == person.c.id, schedule.c.template == TEMPLATE, schedule.c.ended_at.is_(None)
)
_SAID = sa.exists().where(
    content.c.person_id == person.c.id, content.c.kind == "win", content.c.at > bindparam("since")
)
_OTHER = check_in.alias()
_QUIET_ABOUT_WINS = (
    sa.select(_OTHER.c.person_id, _OTHER.c.child_id)
    .select_from(
        _OTHER.join(person, person.c.id == _OTHER.c.person_id).join(
            access, (access.c.person_id == person.c.id) & (access.c.child_id == _OTHER.c.child_id)
        )
    )
    .where(
        _OTHER.c.id == bindparam("check_in"),
        person.c.account_id == bindparam("account"),
        person.c.joined_at <= bindparam("since"),
        access.c.right == Right.CARE.value,
        stands(access),
        may(access, May.GIVE),
        sa.not_(sa.or_(_TOLD, _NOTED, _ASKED, _SAID)),
    )
)


async def sent_since(tx: Tx, person_id: int, since: int) -> int:
    row = await tx.row(_SENT, {"person": person_id, "since": since})
    return 0 if row is None else int(row["many"])


async def send(tx: Tx, person_id: int, kind: str, at: int, forget_before: int) -> None:
    await tx.run(_FORGET, {"person": person_id, "since": forget_before})
    await tx.run(_SEND, {"person": person_id, "at_ms": at, "of_kind": kind})


async def is_silent(tx: Tx, person_id: int) -> bool:
    """Nothing is asked any more, as nothing was answered."""
    row = await tx.row(_STOPPED, {"person": person_id})
    return row is not None and row["stopped_at"] is not None


async def quiet_about_wins(tx: Tx, account: int, check_in_id: int, since: int, now: int) -> Row | None:
    """The person_id and child_id of this account's check-in, where they have told no small win since then.

    None, too, where they have not been here so long, are asked for wins anyway, or had a word about them since.
    """
    values = {"account": account, "check_in": check_in_id, "since": since, "now": now}
    return await tx.row(_QUIET_ABOUT_WINS, values)
