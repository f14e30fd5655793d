"""Questions on phones that were called off: they may not be answered any more, or may be again after all.

The mark on a check-in is `nudge`; whatever opens, moves or erases it otherwise takes the mark along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Preset, Right
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.outbox import part_of
from bot.storage.schema import access, answer, check_in, child, outbox, person

CALLED_OFF = "called off"
_AT_ONCE: dict[str, Any] = {"nudge_at": 0, "nudge": CALLED_OFF}
_OF_SEAT = (check_in.c.person_id == bindparam("person"), check_in.c.child_id == bindparam("child"))
_IS_OPEN = (*_OF_SEAT, check_in.c.state == "open")
_IS_OVER = (*_OF_SEAT, check_in.c.state.not_in(["open", "due"]), check_in.c.question != "")
_OF_SHARED = sa.or_(check_in.c.step != "", check_in.c.material != "", check_in.c.home_step_id.is_not(None))


def _unsend(*which: sa.ColumnElement[bool]) -> sa.Delete:
    shown = sa.select(check_in.c.message_id).where(*which)
    return outbox.delete().where(outbox.c.state == "pending", part_of(outbox, shown))


_UNSEND, _UNSEND_SHARED = _unsend(*_IS_OPEN), _unsend(*_IS_OPEN, _OF_SHARED)
_END = (
    check_in.update()
    .where(*_IS_OPEN)
    .values(state="excused", state_reason="stopped", question="", awaits_words=0, **_AT_ONCE)
)
_ANSWERED_LATE = check_in.update().where(*_IS_OVER).values(question="", awaits_words=0, **_AT_ONCE)
_ENDS, _ENDS_SHARED = (_END, _ANSWERED_LATE), (_END.where(_OF_SHARED), _ANSWERED_LATE.where(_OF_SHARED))
_LATE = check_in.c.late_until > bindparam("now")
_GIVE_BACK = (
    check_in.update()
    .where(
        check_in.c.person_id == bindparam("person"),
        check_in.c.state == "excused",
        check_in.c.state_reason == "stopped",
        check_in.c.sent_at.is_not(None),
        _LATE,
    )
    .values(**_AT_ONCE)
)
_GIVES = sa.exists().where(  # whatever was asked, what was shared too
    access.c.person_id == check_in.c.person_id,
    access.c.child_id == check_in.c.child_id,
    access.c.right == Right.CARE.value,
    access.c.preset == Preset.ALL.value,
    stands(access),
)
_SHOWN = (
    sa.select(
        check_in.c.id,
        check_in.c.message_id,
        check_in.c.local_date,
        check_in.c.question,
        sa.func.coalesce(person.c.account_id, person.c.suspended_account).label("chat"),
        person.c.language,
        person.c.address,
        child.c.name.label("child_name"),
        child.c.gender,
        sa.exists().where(answer.c.check_in_id == check_in.c.id, answer.c.skipped == 0).label("answered"),
        sa.and_(_LATE, person.c.removed_at.is_(None), _GIVES).label("again"),
    )
    .select_from(
        check_in.join(person, person.c.id == check_in.c.person_id).join(child, child.c.id == check_in.c.child_id)
    )
    .where(check_in.c.nudge_at <= bindparam("now"), check_in.c.nudge == CALLED_OFF)
    .order_by(check_in.c.nudge_at, check_in.c.id)
    .limit(bindparam("most"))
)
_DONE = check_in.update().where(check_in.c.id == bindparam("check_in")).values(nudge_at=None, nudge="")


async def end_open(tx: Tx, person_id: int, child_id: int) -> None:
    """A seat is asked nothing any more: what is open ends, and what is queued of it is not sent. What was over and is
    being answered late, or corrected, is not asked either.
    """
    for statement in (_UNSEND, *_ENDS):
        await tx.run(statement, {"person": person_id, "child": child_id})


async def end_shared(tx: Tx, person_id: int, child_id: int) -> None:
    """The same for what asks about something that was shared of the child: a home step, a goal, a behaviour."""
    for statement in (_UNSEND_SHARED, *_ENDS_SHARED):
        await tx.run(statement, {"person": person_id, "child": child_id})


async def give_back(tx: Tx, person_id: int, now: int) -> None:
    """Taken back: what was called off may be answered late, as far as there is still time."""
    await tx.run(_GIVE_BACK, {"person": person_id, "now": now})


async def shown(tx: Tx, now: int, most: int) -> list[Row]:
    """What phones may show still as it was. ``again``: it may be answered late; ``chat``: the seat's own."""
    return await tx.rows(_SHOWN, {"now": now, "most": most})


async def done(tx: Tx, check_ins: Sequence[int]) -> None:
    await tx.run_many(_DONE, [{"check_in": one} for one in check_ins])
