"""What families said, exactly as they said it: words, voice and photos, questions and wins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from bot.domain import templates
from bot.domain.checkins import family_of
from bot.domain.digest_period import Period
from bot.model import Media, NoteKind
from bot.storage.database import Row

MILESTONE, WEEKLY, VISIT, PRACTICE = "milestone", "weekly", "visit", "practice"


class Source(StrEnum):
    """Where words were said, which decides where they stand."""

    ANSWER = "answer"
    NOTE = "note"
    HARD = "hard"
    WIN = "win"
    QUESTION = "question"
    WORKING = "working"
    ADJUST = "adjust"


STANDS = {
    (WEEKLY, "well"): Source.WORKING,
    (WEEKLY, "helped_other"): Source.WORKING,
    (WEEKLY, "helped_words"): Source.WORKING,
    (WEEKLY, "change"): Source.ADJUST,
    (WEEKLY, "question"): Source.QUESTION,
    (WEEKLY, "hard"): Source.HARD,
    (VISIT, "differently"): Source.ADJUST,
    (PRACTICE, "barrier_other"): Source.ADJUST,
}
"""What an answer in words is told as, by template and question; any other is just said."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said once. ``on`` is the day it speaks of; ``at`` the moment (ms) it was said."""

    child: int
    by: int
    on: date
    at: int
    source: Source
    text: str | None
    media: Media | None = None
    question: str = ""
    late: bool = False
    revised: bool = False
    note: int | None = None
    answer: int | None = None
    sure: bool = True  # False where "For whom?" is not answered yet


@dataclass(frozen=True, slots=True)
class Win:
    """Something new. ``often``, ``help`` and ``where`` are choice keys, "" where they were not said."""

    said: Said
    often: str = ""
    help: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A skill that a parent misses; ``certain`` is False for "not sure"."""

    child: int
    by: int
    on: date
    certain: bool
    said: Said | None


def from_answer(row: Row, check_in: Row) -> Said:
    template = family_of(check_in)
    source = Source.WIN if template == MILESTONE else STANDS.get((template, row["question"]), Source.ANSWER)
    if source is Source.ANSWER and _asks(check_in, row["question"]):
        source = Source.QUESTION
    return Said(
        child=check_in["child_id"],
        by=check_in["person_id"],
        on=date.fromisoformat(check_in["local_date"]),
        at=row["answered_at"],
        source=source,
        text=row["text"],
        media=_media(row),
        question=row["question"],
        late=bool(row["late"]),
        revised=bool(row["revised"]),
        answer=row["id"],
    )


def from_note(row: Row, period: Period) -> Said:
    return Said(
        child=row["child_id"],
        by=row["person_id"],
        on=period.local_date(row["recorded_at"]),
        at=row["recorded_at"],
        source=Source(NoteKind(row["kind"]).value),
        text=row["text"],
        media=_media(row),
        note=row["id"],
        sure=bool(row["sure"]),
    )


def _media(row: Row) -> Media | None:
    if not row["media_kind"]:
        return None
    return Media(row["media_kind"], row["media_file_id"], row["media_seconds"])


def wins(check_ins: Iterable[Row], answers: Mapping[int, Mapping[str, Row]]) -> list[Win]:
    """The milestone check-ins in which a parent told what the child did."""
    found = []
    for one in check_ins:
        given = answers.get(one["id"], {})
        if family_of(one) == MILESTONE and "did" in given:
            keys = {key: known(key, _choice(given.get(key))) for key in ("often", "help", "where")}
            found.append(Win(from_answer(given["did"], one), **keys))
    return found


def _asks(check_in: Row, question: str) -> bool:
    """Whether words there are a question to the therapist, in a template of one's own."""
    if not check_in["form"]:
        return False
    asked = templates.of(check_in["template"], check_in["template_version"], check_in["form"]).questions
    return any(one.key == question and one.flags.get(templates.WORDS) == "question" for one in asked)


def known(question: str, choice: str | None) -> str:
    """A choice of the milestone check-in; "" for one that a copy of it has and the library has not."""
    return choice if choice and choice in _milestone_choices()[question] else ""


@cache
def _milestone_choices() -> Mapping[str, Collection[str]]:
    return {one.key: one.choices for one in templates.load()[MILESTONE].questions}


def lost(check_ins: Iterable[Row], answers: Mapping[int, Mapping[str, Row]]) -> list[Lost]:
    found = []
    for one in check_ins:
        given = answers.get(one["id"], {})
        stopped = _choice(given.get("stopped")) if family_of(one) == MILESTONE else ""
        if stopped in ("yes", "not_sure"):
            words = given.get("stopped_what") or given.get("did")
            on = date.fromisoformat(one["local_date"])
            said = from_answer(words, one) if words is not None else None
            found.append(Lost(one["child_id"], one["person_id"], on, stopped == "yes", said))
    return found


def choices(given: Mapping[str, Row]) -> dict[str, str]:
    """The questions of one check-in that were answered with one choice, with its key."""
    return {question: _choice(row) for question, row in given.items() if row["value"] is not None}


def _choice(row: Row | None) -> str:
    """The key in a JSON string: choices of one are stored as ``"key"``."""
    return "" if row is None or row["value"] is None else str(row["value"]).strip('"')
