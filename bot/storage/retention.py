"""What is older than its kind is kept: how much of it there is, and taking it away. Never of a child under a hold,
and never what belongs to an alarm.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage import jobs, messages, notices, outbox, raised, schedules, updates
from bot.storage.database import Row, Tx
from bot.storage.evidence import STAYS
from bot.storage.holds import HELD
from bot.storage.schema import (
    access,
    alert,
    answer,
    check_in,
    goal_word,
    note,
    person,
    revision,
)

_BEFORE: sa.BindParameter[int] = bindparam("before")
_FORGET = {
    "handled": updates.FORGET,
    "outbox": outbox.FORGET,
    "jobs": jobs.FORGET,
    "dead": updates.FORGET_DEAD,
    "moments": schedules.FORGET,
    "flags": raised.FORGET,
    "drafts": messages.FORGET_DRAFTS,
    "notices": notices.FORGET,
}
# Asked with the very condition by which it goes.
_COUNTS = {
    kind: sa.select(sa.func.count().label("n")).select_from(forget.table).where(forget.whereclause)
    for kind, forget in _FORGET.items()
    if forget.whereclause is not None
}

_OF_HELD = sa.select(check_in.c.id).where(check_in.c.child_id.in_(HELD))
_AGED = {
    note: sa.and_(note.c.recorded_at < _BEFORE, note.c.child_id.not_in(HELD)),
    answer: sa.and_(answer.c.answered_at < _BEFORE, answer.c.check_in_id.not_in(_OF_HELD)),
    goal_word: sa.and_(goal_word.c.recorded_at < _BEFORE, goal_word.c.child_id.not_in(HELD)),
    revision: sa.and_(
        revision.c.recorded_at < _BEFORE,
        sa.or_(
            revision.c.note_id.in_(sa.select(note.c.id).where(note.c.child_id.not_in(HELD))),
            revision.c.answer_id.in_(sa.select(answer.c.id).where(answer.c.check_in_id.not_in(_OF_HELD))),
            revision.c.goal_word_id.in_(sa.select(goal_word.c.id).where(goal_word.c.child_id.not_in(HELD))),
        ),
    ),
}
_OLD = {table: sa.and_(old, ~STAYS[table]) for table, old in _AGED.items()}
_KINDS = {
    "voice": ("voice", "audio", "audio_file"),
    "photos": ("photo", "video", "video_note", "animation", "image_file", "video_file", "document"),
}
_ANY = [one for kinds in _KINDS.values() for one in kinds]
_COUNT_MEDIA = {
    kind: [
        sa.select(sa.func.count().label("n")).where(old, table.c.media_kind.in_(kinds)) for table, old in _OLD.items()
    ]
    for kind, kinds in _KINDS.items()
}
_DROP_MEDIA = {
    kind: [
        table.update()
        .where(old, table.c.media_kind.in_(kinds))
        .values({"media_kind": None, "media_file_id": None} | ({} if table is revision else {"media_seconds": None}))
        for table, old in _OLD.items()
    ]
    for kind, kinds in _KINDS.items()
}
_NOTHING_SAID = [
    table.delete().where(_OLD[table], table.c.text.is_(None), table.c.media_kind.is_(None), *more)
    for table, more in (
        (note, ()),
        (answer, (answer.c.value.is_(None), answer.c.skipped == 0)),
        (goal_word, (goal_word.c.kind != "agree",)),
    )
]
# A right that is suspended has not ended: it may be given back, as long as its seat is there.
_RESTS = sa.and_(access.c.suspended_at.is_not(None), person.c.removed_at.is_(None))
_END = sa.case((_RESTS, access.c.ends_at), else_=access.c.until_at)
_ENDED = (
    sa.select(
        access.c.child_id,
        sa.func.max(_END).label("ended_at"),
        sa.exists().where(alert.c.child_id == access.c.child_id).label("safety"),
        access.c.child_id.in_(HELD).label("held"),
    )
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .group_by(access.c.child_id)
    .having(sa.func.count() == sa.func.count(_END), sa.func.max(_END) < _BEFORE)
    .order_by(access.c.child_id)
)


async def count(tx: Tx, kind: str, before: int) -> int:
    """How many rows of a kind that `tidy` looks after are older; of `handled`, ``before`` is a time-ordered id."""
    row = await tx.row(_COUNTS[kind], {"before": before})
    return 0 if row is None else int(row["n"])


async def count_media(tx: Tx, kind: str, before: int) -> int:
    """How many references to `voice` or `photos` are older."""
    rows = [await tx.row(statement, {"before": before}) for statement in _COUNT_MEDIA[kind]]
    return sum(int(row["n"]) for row in rows if row is not None)


async def drop_media(tx: Tx, kinds: Collection[str], before: int) -> int:
    """The references go; words and choices beside them stay, and what held nothing else goes with them."""
    gone = sum([await tx.run(one, {"before": before}) for kind in kinds for one in _DROP_MEDIA[kind]])
    if gone:
        for statement in _NOTHING_SAID:
            await tx.run(statement, {"before": before})
    return gone


async def ended(tx: Tx, before: int) -> list[Row]:
    """Children whose last right ended before: rows of child_id, ended_at, safety (help was asked for), held."""
    return await tx.rows(_ENDED, {"before": before})
