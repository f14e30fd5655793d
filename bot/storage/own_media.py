"""Media that one caregiver sent: how many there are, and taking them out. Words and choices beside them stay."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.evidence import STAYS
from bot.storage.schema import answer, goal_word, note, revision

_PERSON = bindparam("person", type_=sa.BigInteger)
_OWN = {
    note: sa.and_(note.c.person_id == _PERSON, note.c.recorded_at <= bindparam("until")),
    answer: sa.and_(answer.c.person_id == _PERSON, answer.c.answered_at <= bindparam("until")),
    goal_word: sa.and_(goal_word.c.person_id == _PERSON, goal_word.c.recorded_at <= bindparam("until")),
    revision: sa.and_(
        revision.c.recorded_at <= bindparam("until"),
        sa.or_(
            revision.c.note_id.in_(sa.select(note.c.id).where(note.c.person_id == _PERSON)),
            revision.c.answer_id.in_(sa.select(answer.c.id).where(answer.c.person_id == _PERSON)),
            revision.c.goal_word_id.in_(sa.select(goal_word.c.id).where(goal_word.c.person_id == _PERSON)),
        ),
    ),
}
_MAY_GO = {table: sa.and_(own, ~STAYS[table]) for table, own in _OWN.items()}


def _any(table: sa.Table, *which: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    return sa.select(table.c.id).where(*which, table.c.media_kind == bindparam("of_kind")).limit(1)


_FOUND = [_any(table, may_go) for table, may_go in _MAY_GO.items()]
_STAYING = [_any(table, own, STAYS[table]) for table, own in _OWN.items()]
_DROP = [
    table.update()
    .where(may_go, table.c.media_kind == bindparam("of_kind"))
    .values({"media_kind": None, "media_file_id": None} | ({} if table is revision else {"media_seconds": None}))
    for table, may_go in _MAY_GO.items()
]
_NOTHING_SAID = [
    table.delete().where(_MAY_GO[table], table.c.text.is_(None), table.c.media_kind.is_(None), *more)
    for table, more in (
        (note, ()),
        (answer, (answer.c.value.is_(None), answer.c.skipped == 0)),
        (goal_word, (goal_word.c.kind.in_(("wish", "why")),)),  # the others say something by themselves
    )
]


async def any_of(tx: Tx, person_id: int, kinds: Collection[str], until: int, *, of_an_alarm: bool = False) -> bool:
    """Whether they sent one of those kinds up to then that may go; or, ``of_an_alarm``, one that stays."""
    found: list[Row | None] = []
    for kind in kinds:
        values = {"person": person_id, "of_kind": kind, "until": until}
        found += [await tx.row(one, values) for one in (_STAYING if of_an_alarm else _FOUND)]
    return any(found)


async def drop(tx: Tx, person_id: int, kinds: Collection[str], until: int) -> int:
    """The references go, and what held nothing else with them, but for an alarm's; returns how many went."""
    values = {"person": person_id, "until": until}
    gone = sum([await tx.run(one, {**values, "of_kind": kind}) for kind in kinds for one in _DROP])
    for statement in _NOTHING_SAID if gone else ():
        await tx.run(statement, values)
    return gone
