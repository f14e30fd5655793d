"""What weekly reviews, mornings and visits of one family come to; and what was tapped that a therapist has to see."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import checkins, flags_said, summaries, templates
from bot.domain.checkins import family_of
from bot.domain.digest_period import Period
from bot.domain.digest_words import VISIT, WEEKLY
from bot.domain.flags import Flag
from bot.domain.summaries import Basics, Differs, Filled
from bot.storage.database import Row

BASICS = "basics"
FELT = {"heard": summaries.FELT, "matters": summaries.FELT, "know": summaries.KNOWS}  # what is tapped of a visit
FEEDBACK = {"feedback", "talk"}  # what the template raises
Answers = Mapping[int, Mapping[str, Row]]


@dataclass(frozen=True, slots=True)
class Review:
    """One caregiver's: how each week was (day, choice); strategies tapped as helpful, (key, label, count) in ``of``.

    An empty label says that the catalogue has one.
    """

    by: int
    weeks: tuple[tuple[date, str], ...]
    helped: tuple[tuple[str, str, int], ...]
    of: int


@dataclass(frozen=True, slots=True)
class Reviews:
    """``visits``: what was not as usual after a visit, each with who said it; a plain No is a flag instead.
    ``last_visit``: everything that each tapped after the newest one, for who is about to meet them.
    """

    weekly: tuple[Review, ...] = ()
    mornings: tuple[tuple[int, Basics], ...] = ()
    visits: tuple[tuple[int, Differs], ...] = ()
    last_visit: tuple[tuple[int, Filled], ...] = ()


NONE = Reviews()


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one caregiver said after a visit that a therapist has to answer. ``answer`` is one of the answers' ids.

    ``told``: (question, choice) of what was tapped; ``text``: what to do differently. ``replied_at`` (ms): answered.
    """

    by: int
    on: date
    at: int
    answer: int
    told: tuple[tuple[str, str], ...]
    text: str | None
    replied_at: int | None


def of(check_ins: Sequence[Row], answers: Answers, usual: Iterable[Row], period: Period) -> Reviews:
    """``check_ins`` of these days; ``usual``: rows of `storage.digests.usual`."""
    filled = _after_visits(usual)
    return Reviews(
        tuple(_weekly(check_ins, answers)),
        tuple((by, summaries.basics(found)) for by, found in _filled(check_ins, answers, BASICS).items()),
        tuple(_visits(filled, period)),
        tuple((by, visits[-1]) for by, visits in filled.items()),
    )


def _filled(check_ins: Iterable[Row], answers: Answers, family: str) -> dict[int, list[Filled]]:
    """By caregiver, oldest first."""
    found: dict[int, list[Filled]] = {}
    for one in check_ins:
        given = answers.get(one["id"], {})
        if given and family_of(one) == family:
            values = _values(given)
            found.setdefault(one["person_id"], []).append(Filled(date.fromisoformat(one["local_date"]), values))
    return found


def _values(given: Mapping[str, Row]) -> dict[str, templates.Value]:
    return {key: None if row["value"] is None else json.loads(row["value"]) for key, row in given.items()}


def _weekly(check_ins: Sequence[Row], answers: Answers) -> Iterator[Review]:
    labels: dict[str, str] = {}
    for one in check_ins:
        if family_of(one) == WEEKLY:
            labels |= {
                key: label for question in checkins.template_of(one).questions for key, label in question.labels.items()
            }
    for by, found in _filled(check_ins, answers, WEEKLY).items():
        told = summaries.weekly(found)
        helped = tuple((key, labels[key], count) for key, count in told.helped if key in labels)
        if told.weeks or helped:
            yield Review(by, told.weeks, helped, told.of)


def _after_visits(usual: Iterable[Row]) -> dict[int, list[Filled]]:
    """By caregiver, oldest first."""
    found: dict[int, dict[int, tuple[date, dict[str, templates.Value]]]] = {}
    for row in usual:
        if row["value"] is not None and family_of(row) == VISIT:
            on = date.fromisoformat(row["local_date"])
            _, values = found.setdefault(row["person_id"], {}).setdefault(row["id"], (on, {}))
            values[row["question"]] = json.loads(row["value"])
    return {by: [Filled(on, values) for on, values in visits.values()] for by, visits in found.items()}


def _visits(filled: Mapping[int, Sequence[Filled]], period: Period) -> Iterator[tuple[int, Differs]]:
    for by, visits in filled.items():
        yield from ((by, one) for one in summaries.differs(visits, period.first) if one.choice != flags_said.NO)


def feedback(check_ins: Iterable[Row], answers: Answers, replied: Mapping[int, int]) -> Iterator[Feedback]:
    """A No, words on what to do differently, or a wish to talk: each check-in once, newest last."""
    for one in check_ins:
        given = answers.get(one["id"], {})
        if given and family_of(one) == VISIT and any(name in FEEDBACK for name, _ in _raised(one, given)):
            values, rows = _values(given), list(given.values())
            yield Feedback(
                by=one["person_id"],
                on=date.fromisoformat(one["local_date"]),
                at=max(row["answered_at"] for row in rows),
                answer=min(row["id"] for row in rows),
                told=(*felt(values), *((("talk", "yes"),) if values.get("talk") == "yes" else ())),
                text=next((row["text"] for row in rows if row["text"]), None),
                replied_at=replied.get(one["id"]),
            )


def felt(values: Mapping[str, templates.Value]) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(values[key])) for key, scale in FELT.items() if values.get(key) in scale)


def flags(check_ins: Iterable[Row], answers: Answers, replied: Mapping[int, int]) -> Iterator[Flag]:
    """What the templates say that a therapist has to see, as a flag of the digest; what was answered is none."""
    unable: Counter[int] = Counter()
    last: dict[int, date] = {}
    for one in check_ins:
        given, by, on = answers.get(one["id"], {}), one["person_id"], date.fromisoformat(one["local_date"])
        if not given:
            continue
        raised = _raised(one, given)
        names = {flag for flag, _ in raised}
        if names & {"stretched", "call"}:
            yield flags_said.stretched(by, on, very="stretched" in names, call="call" in names)
        if names & FEEDBACK and one["id"] not in replied:
            asked = [question for flag, question in raised if flag == "feedback"]
            noes = [question for question in asked if given[question]["value"] is not None]
            yield flags_said.feedback(by, on, noes, said=len(noes) < len(asked), talk="talk" in names)
        if "eating" in names:
            yield flags_said.eating(by, on)
        if "could_not_calm" in names:
            unable[by] += 1
            last[by] = on
    yield from (flags_said.could_not_calm(by, last[by], count) for by, count in unable.items())


def _raised(check_in: Row, given: Mapping[str, Row]) -> list[tuple[str, str]]:
    worded = [key for key, row in given.items() if row["text"] or row["media_kind"]]
    template, facts = checkins.template_of(check_in), checkins.facts_of(check_in)
    return templates.flags(template, _values(given), facts, worded)
