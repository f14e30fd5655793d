"""What an answer, a note or a word about goals said before: each version from when it was said to its replacement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Media
from bot.storage.database import Row, Tx
from bot.storage.schema import answer, goal_word, note, revision


@dataclass(frozen=True, slots=True)
class Of:
    """What a revision belongs to: one of the three."""

    note: int | None = None
    answer: int | None = None
    word: int | None = None

    @property
    def kind(self) -> str:
        return "note" if self.note else "answer" if self.answer else "word"

    @property
    def id(self) -> int | None:
        return self.note or self.answer or self.word


def _since(key: sa.Column[int], of: sa.Column[int], first: sa.Column[int]) -> Any:
    """Since when the present version stands."""
    last = sa.select(sa.func.max(revision.c.replaced_at)).where(key == of).scalar_subquery()
    return sa.func.coalesce(last, first)


def _now(table: sa.Table, of: sa.Column[int], value: Any, first: sa.Column[int]) -> sa.Select[Any]:
    """What stands there, as a row of revisions."""
    c = table.c
    return sa.select(
        c.text, c.media_kind, c.media_file_id, value.label("value"), _since(of, c.id, first).label("recorded_at")
    ).where(c.id == bindparam("of"))


_NOW = {
    "note": _now(note, revision.c.note_id, sa.null(), note.c.recorded_at),
    "answer": _now(answer, revision.c.answer_id, answer.c.value, answer.c.answered_at),
    "word": _now(goal_word, revision.c.goal_word_id, sa.null(), goal_word.c.recorded_at),
}
_NEW: dict[str, Any] = {
    "text": bindparam("to_text"),
    "media_kind": bindparam("to_kind"),
    "media_file_id": bindparam("to_file"),
    "media_seconds": bindparam("to_seconds"),
}
_REWORD = {
    kind: table.update().where(table.c.id == bindparam("of")).values(_NEW)
    for kind, table in (("note", note), ("answer", answer), ("word", goal_word))
}
_BEFORE = {
    kind: sa.select(revision).where(of == bindparam("of")).order_by(revision.c.recorded_at)
    for kind, of in (
        ("note", revision.c.note_id),
        ("answer", revision.c.answer_id),
        ("word", revision.c.goal_word_id),
    )
}
_ADD = revision.insert().values(
    note_id=bindparam("note"),
    answer_id=bindparam("answer"),
    goal_word_id=bindparam("word"),
    value=bindparam("value"),
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
    if now := await tx.row(_NOW[of.kind], {"of": of.id}):
        await tx.run(_ADD, {**now, **_owner(of), "replaced_at": at})


async def reword(tx: Tx, of: Of, text: str | None, media: Media | None) -> None:
    """What stands there from now on."""
    values = {
        "to_text": text,
        "to_kind": media.kind if media else None,
        "to_file": media.file_id if media else None,
        "to_seconds": media.seconds if media else None,
    }
    await tx.run(_REWORD[of.kind], {"of": of.id, **values})


async def before(tx: Tx, of: Of) -> list[Row]:
    """The revisions, oldest first."""
    return await tx.rows(_BEFORE[of.kind], {"of": of.id})


async def add(tx: Tx, of: Of, text: str | None, media: Media | None, recorded_at: int, replaced_at: int) -> None:
    """A version that came late: others have replaced it already."""
    values = {
        "value": None,
        "text": text,
        "media_kind": media.kind if media else None,
        "media_file_id": media.file_id if media else None,
    }
    await tx.run(_ADD, {**values, **_owner(of), "recorded_at": recorded_at, "replaced_at": replaced_at})


def _owner(of: Of) -> dict[str, int | None]:
    return {"note": of.note, "answer": of.answer, "word": of.word}


async def shorten(tx: Tx, revision_id: int, at: int) -> None:
    """It was replaced earlier than was known."""
    await tx.run(_SHORTEN, {"revision": revision_id, "at": at})


async def begin(tx: Tx, note_id: int, at: int) -> None:
    """The note was first said earlier than was known."""
    await tx.run(_BEGIN, {"note": note_id, "at": at})
