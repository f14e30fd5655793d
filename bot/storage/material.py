"""What a check-in may ask about: own answers before, coping cards chosen for the child.

Whose it is, is asked in each statement: a seat never learns what another one said.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.may import sees
from bot.storage.schema import answer, check_in, coping_card

_LAST = (
    sa.select(answer.c.value)
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(
        check_in.c.child_id == bindparam("child"),
        check_in.c.person_id == bindparam("person"),
        check_in.c.template == bindparam("template"),
        check_in.c.local_date >= bindparam("since"),
        check_in.c.local_date < bindparam("before"),
        answer.c.question == bindparam("question"),
        answer.c.skipped == 0,
        answer.c.value.is_not(None),
    )
    .order_by(check_in.c.local_date.desc(), answer.c.id.desc())
    .limit(1)
)
_SPOKEN = (
    sa.select(answer.c.question, answer.c.value)
    .select_from(check_in.join(answer, answer.c.check_in_id == check_in.c.id))
    .where(
        check_in.c.child_id == bindparam("child"),
        check_in.c.person_id == bindparam("person"),
        check_in.c.local_date >= bindparam("since"),
        check_in.c.local_date < bindparam("before"),
        sa.or_(answer.c.question == "card", answer.c.question.like("card_used.%")),
        answer.c.skipped == 0,
    )
    .order_by(check_in.c.local_date.desc(), answer.c.question, answer.c.id.desc())
    .limit(1)
)
_CARDS = sa.select(coping_card.c.card_key).where(coping_card.c.child_id == bindparam("child"))
_CARDS_FOR = _CARDS.where(sees(bindparam("seat"), coping_card.c.child_id))
_CHOOSE = coping_card.insert().values(
    child_id=bindparam("child"), card_key=bindparam("card"), chosen_at=bindparam("at")
)
_LEAVE = coping_card.delete().where(
    coping_card.c.child_id == bindparam("child"), coping_card.c.card_key == bindparam("card")
)


async def last_answer(
    tx: Tx, person: int, child: int, template: str, question: str, since: str, before: str
) -> str | None:
    """The newest value that this caregiver gave for the child, as JSON; local dates from ``since`` to before that."""
    values = {"person": person, "child": child, "template": template, "question": question}
    row = await tx.row(_LAST, {**values, "since": since, "before": before})
    return None if row is None else row["value"]


async def last_card(tx: Tx, person: int, child: int, since: str, before: str) -> str | None:
    """The coping card that this caregiver took last, unless it was spoken of since."""
    row: Row | None = await tx.row(_SPOKEN, {"person": person, "child": child, "since": since, "before": before})
    return json.loads(row["value"]) if row is not None and row["question"] == "card" and row["value"] else None


async def coping_cards(tx: Tx, child: int) -> set[str]:
    """The cards that were chosen for a child whose right the caller has checked."""
    return {row["card_key"] for row in await tx.rows(_CARDS, {"child": child})}


async def cards_for(tx: Tx, seat: int, child: int, now: int) -> set[str]:
    """The same, as far as it is shared with this caregiver."""
    rows = await tx.rows(_CARDS_FOR, {"seat": seat, "child": child, "now": now})
    return {row["card_key"] for row in rows}


async def choose_card(tx: Tx, child: int, card: str, at: int) -> None:
    await tx.run(_CHOOSE, {"child": child, "card": card, "at": at})


async def leave_card(tx: Tx, child: int, card: str) -> None:
    await tx.run(_LEAVE, {"child": child, "card": card})
