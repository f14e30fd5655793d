"""The figures of a chart or a report, from an exported child ("homenotes/1") alone: what the document does not hold,
they do not say. Caregivers are kept apart; a figure counts days, as the digest does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import figures, templates
from bot.domain.digest_days import HARD, PULSE, SCALE, Day, Mark
from bot.domain.digest_facts import Step
from bot.domain.figures import Summary
from bot.model import RESTS, Json

MILESTONE = "milestone"
_WEIGHT = {Mark.NO_ANSWER: 1, Mark.RESTED: 2, Mark.EXCUSED: 2, Mark.ANSWERED: 3}


@dataclass(frozen=True, slots=True)
class Span:
    """Local dates, both included, on the reader's calendar."""

    first: date
    last: date
    timezone: str

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last


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
    template: str = ""
    question: str = ""
    late: bool = False
    often: str = ""
    help: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """``reasons`` were tapped on ``hard_days`` days; ``changes`` are (first date, the home step from then on)."""

    child: int
    name: str
    span: Span
    caregivers: tuple[Figures, ...]
    hard_days: int
    reasons: tuple[tuple[str, int], ...]
    step: Step | None
    changes: tuple[tuple[date, str], ...]
    words: tuple[Words, ...]
    goals: tuple[Json, ...]


def of(child: Json, span: Span, steps: Iterable[tuple[date, str]] = ()) -> Facts:
    """``steps`` are (date, the home step that was asked about), oldest first."""
    pulses = [one for one in child["checkins"] if one["template"] == PULSE and span.holds(_date(one))]
    caregivers = tuple(_figures(one, pulses, span) for one in child["caregivers"])
    words = sorted((one for one in _words(child, span) if span.holds(one.on)), key=lambda one: one.at)
    spoke = {one.by for one in words}
    return Facts(
        child=child["id"],
        name=child["name"],
        span=span,
        caregivers=tuple(
            one for one in caregivers if one.id in spoke or any(day.mark is not Mark.NOT_ASKED for day in one.days)
        ),
        hard_days=sum(day.value in HARD for one in caregivers for day in one.days),
        reasons=_reasons(pulses),
        step=_step(pulses),
        changes=tuple(_changes(steps, span)),
        words=tuple(words),
        goals=tuple(child["goals"]),
    )


def _date(check_in: Json) -> date:
    return date.fromisoformat(check_in["local_date"])


def _figures(caregiver: Json, pulses: Sequence[Json], span: Span) -> Figures:
    by_date: dict[date, Day] = {}
    for one in pulses:
        day = _day(one) if one["caregiver_id"] == caregiver["id"] else None
        if day is not None and (day.on not in by_date or _WEIGHT[day.mark] >= _WEIGHT[by_date[day.on].mark]):
            by_date[day.on] = day
    days = tuple(by_date.get(on, Day(on, Mark.NOT_ASKED)) for on in span.dates)
    summary = figures.summary((day.value for day in days if day.value in SCALE), SCALE)
    return Figures(caregiver["id"], caregiver["name"], caregiver["role"], days, summary)


def _day(check_in: Json) -> Day | None:
    """None where nothing can be said yet, or it was never shown."""
    on, state = _date(check_in), check_in["state"]
    if state == "excused":
        return Day(on, Mark.RESTED if check_in["state_reason"] in RESTS else Mark.EXCUSED)
    given = [one for one in check_in["answers"] if _said(one)]
    if given:
        rated = next((one["value"] for one in given if one["question"] == "day"), None)
        late, revised = any(one["late"] for one in given), any(one["revisions"] for one in given)
        return Day(on, Mark.ANSWERED, rated, late=late, revised=revised)
    return None if state in ("due", "missed", "open") else Day(on, Mark.NO_ANSWER)


def _said(answer: Json) -> bool:
    """Skipped answers stand in the export only for what they said before."""
    return answer["value"] is not None or bool(answer["text"]) or answer["media"] is not None


def _values(pulses: Iterable[Json], question: str) -> Iterator[object]:
    for one in pulses:
        for answer in one["answers"]:
            if answer["question"] == question and answer["value"] is not None:
                yield answer["value"]


def _reasons(pulses: Sequence[Json]) -> tuple[tuple[str, int], ...]:
    asked = next(one for one in templates.load()[PULSE].questions if one.key == "hard")
    chosen = [value for value in _values(pulses, "hard") if isinstance(value, list)]
    return tuple(figures.counts(chosen, asked.choices))


def _step(pulses: Sequence[Json]) -> Step | None:
    keys = list(_values(pulses, "step"))
    return Step(keys.count("yes"), keys.count("a_little"), len(keys)) if keys else None


def _changes(steps: Iterable[tuple[date, str]], span: Span) -> Iterator[tuple[date, str]]:
    """The first date of another step than before; the first step of all is no change."""
    before = ""
    for on, step in steps:
        if before and step != before and span.holds(on):
            yield on, step
        before = step


def rated_on(rating: Json) -> date | None:
    """The day of a goal's rating; None where the document does not say it."""
    at = next((rating[key] for key in ("local_date", "rated_on", "rated_at", "at") if rating.get(key)), None)
    return date.fromisoformat(at[:10]) if isinstance(at, str) else None


def _words(child: Json, span: Span) -> Iterator[Words]:
    for check_in in child["checkins"]:
        facts = {one["question"]: one["value"] for one in check_in["answers"]}
        for answer in check_in["answers"]:
            if answer["text"] or answer["media"]:
                yield _from_answer(check_in, answer, facts)
    zone = ZoneInfo(span.timezone)
    for note in child["notes"]:
        on = datetime.fromisoformat(note["recorded_at"]).astimezone(zone).date()
        media = note["media"]["kind"] if note["media"] else None
        yield Words(note["caregiver_id"], on, note["recorded_at"], note["kind"], note["text"], media)


def _from_answer(check_in: Json, answer: Json, facts: Json) -> Words:
    told = check_in["template"] == MILESTONE and answer["question"] == "did"
    return Words(
        by=check_in["caregiver_id"],
        on=_date(check_in),
        at=answer["answered_at"],
        kind="win" if told else "answer",
        text=answer["text"],
        media=answer["media"]["kind"] if answer["media"] else None,
        template=check_in["template"],
        question=answer["question"],
        late=answer["late"],
        **({key: facts.get(key) or "" for key in ("often", "help", "where")} if told else {}),
    )
