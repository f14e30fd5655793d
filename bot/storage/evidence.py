"""What was sent with words that raised an alarm: it stays with the record, whatever is taken back or has its time.

An alarm is deleted by no tap, and no more is the picture that it came with; only with the child, by a human.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.storage.schema import answer, concern, goal_word, inbound, note, person, revision

_first = inbound.alias("first")
_RED = concern.c.level == "red"
# What is left of a caregiver who deleted everything is the record alone.
_LEFT = sa.select(person.c.id).where(
    person.c.removed_at.is_not(None),
    person.c.account_id.is_(None),
    person.c.suspended_account.is_(None),
    person.c.joined_at.is_(None),
)


_CAUGHT = concern.join(person, person.c.id == concern.c.person_id).join(
    _first,
    (_first.c.account_id == sa.func.coalesce(person.c.account_id, person.c.suspended_account))
    & (_first.c.telegram_message_id == concern.c.telegram_message_id),
)


def _sent(taken_as: str) -> sa.CompoundSelect[Any]:
    """What messages with red words were taken as; an album is one message."""
    beside = (inbound.c.account_id == _first.c.account_id) & (inbound.c.album == _first.c.album)
    return sa.union(
        sa.select(_first.c[taken_as]).select_from(_CAUGHT).where(_RED, _first.c[taken_as].is_not(None)),
        sa.select(inbound.c[taken_as])
        .select_from(_CAUGHT.join(inbound, beside))
        .where(_RED, inbound.c.album.is_not(None), inbound.c[taken_as].is_not(None)),
    )


SENT = {table: _sent(f"{table.name}_id") for table in (note, answer, goal_word)}
"""The ids of rows that such messages were taken as."""

STAYS: dict[sa.Table, sa.ColumnElement[bool]] = {
    table: sa.or_(table.c.id.in_(sent), table.c.person_id.in_(_LEFT)) for table, sent in SENT.items()
}
"""Whether a row's medium belongs to an alarm, as a condition."""
STAYS[revision] = sa.or_(
    *(
        sa.exists().where(table.c.id == revision.c[f"{table.name}_id"], stays)  # never NULL, as IN is for no id
        for table, stays in STAYS.items()
    )
)
