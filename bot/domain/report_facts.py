"""The figures of a chart or a report, from an exported child ("homenotes/1") alone: what the document does not hold,
they do not say. Caregivers are kept apart; a figure counts days, as the digest does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.clock import to_ms
from bot.domain import (
    digest_days,
    digest_facts,
    digest_words,
    exporting,
    report_behaviour,
    report_changes,
    report_goals,
    report_hours,
    report_practice,
)
from bot.domain.digest_days import HARD, PULSE, Day, Given, Mark
from bot.domain.digest_facts import Step
from bot.domain.figures import Summary
from bot.domain.report_behaviour import Behaviour
from bot.domain.report_changes import Change
from bot.domain.report_goals import Aim
from bot.domain.report_hours import Seen
from bot.domain.report_practice import Practised
from bot.domain.report_span import Span
from bot.domain.templates import Template
from bot.model import Json

MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class Figures:
    """One caregiver. ``days`` has every date of the span."""

    id: int
    name: str
    role: str
    days: tuple[Day, ...]
    summary: Summary | None

    def count(self, mark: Mark) -> int:
        return sum(day.mark is mark for day in self.days)

    @property
    def answered(self) -> int:
        return self.count(Mark.ANSWERED)

    @property
    def asked(self) -> int:
        return self.answered + self.count(Mark.NO_ANSWER)

    @property
    def late(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if day.late)


@dataclass(frozen=True, slots=True)
class Words:
    """Something a caregiver said, word for word. ``kind`` is a note's kind, or "answer"; ``at`` is ISO 8601."""

    by: int
    on: date
    at: str
    kind: str
    text: str | None
    media: str | None
    template: Template | None = None  # as it was asked
    question: str = ""
    late: bool = False
    often: str = ""
    help: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """``people`` are all caregivers (id, name, role), ``caregivers`` those who were asked or spoke in these days.

    ``reasons`` were tapped on ``hard_days`` days.
    """

    child: int
    name: str
    span: Span
    people: tuple[tuple[int, str, str], ...]
    caregivers: tuple[Figures, ...]
    hard_days: int
    reasons: tuple[tuple[str, int], ...]
    step: Step | None
    changes: tuple[Change, ...]
    words: tuple[Words, ...]
    goals: tuple[Aim, ...]
    hours: tuple[Seen, ...] = ()
    practice: tuple[Practised, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()


def of(child: Json, span: Span, until: int) -> Facts:
    """Read at the moment ``until`` (ms)."""
    pulses = [one for one in child["checkins"] if exporting.family_of(one) == PULSE and span.holds(_date(one))]
    caregivers = tuple(_figures(one, pulses, span, until) for one in child["caregivers"])
    words = sorted((one for one in _words(child, span) if span.holds(one.on)), key=lambda one: one.at)
    spoke = {one.by for one in words}
    return Facts(
        child=child["id"],
        name=child["name"],
        span=span,
        people=tuple((one["id"], one["name"], one["role"]) for one in child["caregivers"]),
        caregivers=tuple(
            one for one in caregivers if one.id in spoke or any(day.mark is not Mark.NOT_ASKED for day in one.days)
        ),
        hard_days=sum(day.value in HARD for one in caregivers for day in one.days),
        reasons=digest_facts.reasons(_values(pulses, "hard")),
        step=digest_facts.step(list(_values(pulses, "step"))),
        changes=report_changes.of(child, span),
        words=tuple(words),
        goals=tuple(report_goals.of(child, span)),
        hours=tuple(report_hours.of(child, span.first, span.last)),
        practice=tuple(report_practice.of(child, span.first, span.last)),
        behaviours=tuple(report_behaviour.of(child, span.first, span.last)),
    )


def _date(check_in: Json) -> date:
    return date.fromisoformat(check_in["local_date"])


def _figures(caregiver: Json, pulses: Sequence[Json], span: Span, until: int) -> Figures:
    asked = (one for one in pulses if one["caregiver_id"] == caregiver["id"])
    days = digest_days.strip((_day(one, until) for one in asked), span.dates)
    return Figures(caregiver["id"], caregiver["name"], caregiver["role"], days, digest_days.summary(days))


def _day(check_in: Json, until: int) -> Day | None:
    answers = [one for one in check_in["answers"] if _said(one)]
    given = None
    if answers:
        rated = next((one["value"] for one in answers if one["question"] == "day"), None)
        given = Given(rated, late=any(one["late"] for one in answers), revised=any(one["revisions"] for one in answers))
    closes_at = datetime.fromisoformat(check_in["due_at"]) + timedelta(
        minutes=exporting.as_asked(check_in).window_minutes
    )
    over = to_ms(closes_at) <= until
    return digest_days.day(_date(check_in), check_in["state"], check_in["state_reason"], given, over=over)


def _said(answer: Json) -> bool:
    """Skipped answers stand in the export only for what they said before."""
    return answer["value"] is not None or bool(answer["text"]) or answer["media"] is not None


def _values(pulses: Iterable[Json], question: str) -> Iterator[Any]:
    for one in pulses:
        for answer in one["answers"]:
            if answer["question"] == question and answer["value"] is not None:
                yield answer["value"]


def _words(child: Json, span: Span) -> Iterator[Words]:
    for check_in in child["checkins"]:
        facts = {one["question"]: one["value"] for one in check_in["answers"]}
        for answer in check_in["answers"]:
            if answer["text"] or answer["media"]:
                yield _from_answer(check_in, answer, facts)
    for note in child["notes"]:
        on = span.local_date(note["recorded_at"])
        media = note["media"]["kind"] if note["media"] else None
        yield Words(note["caregiver_id"], on, note["recorded_at"], note["kind"], note["text"], media)


def _from_answer(check_in: Json, answer: Json, facts: Json) -> Words:
    told = exporting.family_of(check_in) == MILESTONE and answer["question"] == "did"
    return Words(
        by=check_in["caregiver_id"],
        on=_date(check_in),
        at=answer["answered_at"],
        kind="win" if told else "answer",
        text=answer["text"],
        media=answer["media"]["kind"] if answer["media"] else None,
        template=exporting.as_asked(check_in),
        question=answer["question"],
        late=answer["late"],
        **({key: digest_words.known(key, facts.get(key)) for key in ("often", "help", "where")} if told else {}),
    )
