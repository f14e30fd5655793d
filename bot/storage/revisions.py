"""What an answer or a note said before: each version from when it was said until it was replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Media
from bot.storage.database import Row, Tx
from bot.storage.schema import answer, note, revision

_COLUMNS = ["value", "text", "media_kind", "media_file_id", "recorded_at", "replaced_at"]
_AT: Any = sa.cast(bindparam("at"), sa.BigInteger)


@dataclass(frozen=True, slots=True)
class Of:
    """What a revision belongs to: one of the two."""

    note: int | None = None
    answer: int | None = None


def _since(key: sa.Column[int], of: sa.Column[int], first: sa.Column[int]) -> Any:
    """Since when the present version stands."""
    last = sa.select(sa.func.max(revision.c.replaced_at)).where(key == of).scalar_subquery()
    return sa.func.coalesce(last, first)


_KEEP_NOTE = sa.insert(revision).from_select(
    ["note_id", *_COLUMNS],
    sa.select(
        note.c.id,
        sa.cast(sa.null(), sa.Text),
        note.c.text,
        note.c.media_kind,
        note.c.media_file_id,
        _since(revision.c.note_id, note.c.id, note.c.recorded_at),
        _AT,
    ).where(note.c.id == bindparam("of")),
)
_KEEP_ANSWER = sa.insert(revision).from_select(
    ["answer_id", *_COLUMNS],
    sa.select(
        answer.c.id,
        answer.c.value,
        answer.c.text,
        answer.c.media_kind,
        answer.c.media_file_id,
        _since(revision.c.answer_id, answer.c.id, answer.c.answered_at),
        _AT,
    ).where(answer.c.id == bindparam("of")),
)
_NEW: dict[str, Any] = {
    "text": bindparam("to_text"),
    "media_kind": bindparam("to_kind"),
    "media_file_id": bindparam("to_file"),
    "media_seconds": bindparam("to_seconds"),
}
_REWORD_NOTE = note.update().where(note.c.id == bindparam("of")).values(_NEW)
_REWORD_ANSWER = answer.update().where(answer.c.id == bindparam("of")).values(_NEW)
_OF_NOTE = sa.select(revision).where(revision.c.note_id == bindparam("of")).order_by(revision.c.recorded_at)
_OF_ANSWER = sa.select(revision).where(revision.c.answer_id == bindparam("of")).order_by(revision.c.recorded_at)
_ADD = revision.insert().values(
    note_id=bindparam("note"),
    answer_id=bindparam("answer"),
    text=bindparam("text"),
    media_kind=bindparam("media_kind"),
    media_file_id=bindparam("media_file_id"),
    recorded_at=bindparam("recorded_at"),
    replaced_at=bindparam("replaced_at"),
)
_SHORTEN = revision.update().where(revision.c.id == bindparam("revision")).values(replaced_at=bindparam("at"))
_BEGIN = note.update().where(note.c.id == bindparam("note")).values(recorded_at=bindparam("at"))


async def keep(tx: Tx, of: Of, at: int) -> None:
    """What stands there now becomes a revision: it is replaced at that moment."""
    await tx.run(_KEEP_NOTE if of.note else _KEEP_ANSWER, {"of": of.note or of.answer, "at": at})


async def reword(tx: Tx, of: Of, text: str | None, media: Media | None) -> None:
    """What stands there from now on."""
    values = {
        "to_text": text,
        "to_kind": media.kind if media else None,
        "to_file": media.file_id if media else None,
        "to_seconds": media.seconds if media else None,
    }
    await tx.run(_REWORD_NOTE if of.note else _REWORD_ANSWER, {"of": of.note or of.answer, **values})


async def before(tx: Tx, of: Of) -> list[Row]:
    """The revisions, oldest first."""
    return await tx.rows(_OF_NOTE if of.note else _OF_ANSWER, {"of": of.note or of.answer})


async def add(tx: Tx, of: Of, text: str | None, media: Media | None, recorded_at: int, replaced_at: int) -> None:
    """A version that came late: others have replaced it already."""
    values: dict[str, Any] = {"note": of.note, "answer": of.answer, "text": text}
    values |= {"media_kind": media.kind if media else None, "media_file_id": media.file_id if media else None}
    await tx.run(_ADD, {**values, "recorded_at": recorded_at, "replaced_at": replaced_at})


async def shorten(tx: Tx, revision_id: int, at: int) -> None:
    """It was replaced earlier than was known."""
    await tx.run(_SHORTEN, {"revision": revision_id, "at": at})


async def begin(tx: Tx, note_id: int, at: int) -> None:
    """The note was first said earlier than was known."""
    await tx.run(_BEGIN, {"note": note_id, "at": at})
