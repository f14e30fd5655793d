"""Where every figure of a digest comes from: each answer and note of a child by date, with what it said before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import checkins
from bot.domain.digest_period import LATE_DAYS, Period
from bot.domain.templates import Template
from bot.model import CheckInState, Media, NoteKind
from bot.storage import digests as stored
from bot.storage.database import Row, Tx

Value = str | list[str] | int | None


@dataclass(frozen=True, slots=True)
class Before:
    """What stood there until ``until`` (ms)."""

    value: Value
    text: str | None
    media_kind: str | None
    until: int


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it stands, oldest wording first in ``before``."""

    question: str
    value: Value
    text: str | None
    media: Media | None
    at: int
    late: bool
    before: tuple[Before, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One check-in."""

    on: date
    at: int
    by: int
    template: Template  # as it was asked
    step: str
    state: CheckInState
    reason: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """One note."""

    on: date
    at: int
    by: int
    kind: NoteKind
    text: str | None
    media: Media | None
    sure: bool
    before: tuple[Before, ...]


Entry = Sheet | Noted


async def of_child(tx: Tx, therapist: int, child: int, period: Period) -> list[Entry]:
    """By day, oldest first; within a day as it was said. Empty where the therapist may not treat the child (now)."""
    early = (period.first - timedelta(days=LATE_DAYS)).isoformat()
    whose = (therapist, child)
    before = _before(await stored.revisions(tx, *whose, early, period.from_at, period.until))
    answers: dict[int, list[Row]] = defaultdict(list)
    for row in await stored.answers(tx, *whose, early, period.until):
        answers[row["check_in_id"]].append(row)
    entries: list[Entry] = []
    for row in await stored.check_ins(tx, *whose, early, period.until):
        given = answers.get(row["id"], [])
        late_in = any(one["answered_at"] >= period.from_at for one in given)
        if row["local_date"] >= period.first.isoformat() or late_in:
            entries.append(_sheet(row, given, before))
    said = await stored.notes(tx, *whose, period.from_at, period.until)
    entries += [_noted(row, period, before) for row in said]
    return sorted(entries, key=lambda entry: (entry.on, entry.at))


def _before(rows: Sequence[Row]) -> Mapping[tuple[str, int], tuple[Before, ...]]:
    found: dict[tuple[str, int], tuple[Before, ...]] = defaultdict(tuple)
    for row in rows:
        key = ("answer", row["answer_id"]) if row["answer_id"] is not None else ("note", row["note_id"])
        found[key] += (Before(_value(row), row["text"], row["media_kind"], row["replaced_at"]),)
    return found


def _sheet(row: Row, given: list[Row], before: Mapping[tuple[str, int], tuple[Before, ...]]) -> Sheet:
    return Sheet(
        on=date.fromisoformat(row["local_date"]),
        at=min((one["answered_at"] for one in given), default=row["closes_at"]),
        by=row["person_id"],
        template=checkins.template_of(row),
        step=row["step"],
        state=CheckInState(row["state"]),
        reason=row["state_reason"],
        given=tuple(
            Given(
                question=one["question"],
                value=_value(one),
                text=one["text"],
                media=_media(one),
                at=one["answered_at"],
                late=bool(one["late"]),
                before=before.get(("answer", one["id"]), ()),
            )
            for one in given
        ),
    )


def _noted(row: Row, period: Period, before: Mapping[tuple[str, int], tuple[Before, ...]]) -> Noted:
    return Noted(
        on=period.local_date(row["recorded_at"]),
        at=row["recorded_at"],
        by=row["person_id"],
        kind=NoteKind(row["kind"]),
        text=row["text"],
        media=_media(row),
        sure=bool(row["sure"]),
        before=before.get(("note", row["id"]), ()),
    )


def _value(row: Row) -> Value:
    return None if row["value"] is None else json.loads(row["value"])


def _media(row: Row) -> Media | None:
    return Media(row["media_kind"], row["media_file_id"], row["media_seconds"]) if row["media_kind"] else None
