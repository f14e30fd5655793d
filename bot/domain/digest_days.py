"""The days of each caregiver: what was asked, answered, left out; with medians and ranges, never a mean."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain import figures
from bot.domain.digest_period import Period
from bot.domain.figures import Summary
from bot.model import RESTS
from bot.storage.database import Row

PULSE = "pulse"
SCALE = ("very_hard", "hard", "ok", "good", "great")  # as words, from left to right; never shown as numbers
HARD = SCALE[:2]
IN_A_ROW = 2  # so many unanswered at the end of the period are worth a line
APART_FROM = 2  # answers on weekdays and at weekends, so that the two can be told apart


class Mark(StrEnum):
    """What a day of a caregiver's strip shows."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    EXCUSED = "excused"
    RESTED = "rested"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Day:
    """``value`` is a step of the scale, None where the day itself was not rated."""

    on: date
    mark: Mark
    value: str | None = None
    late: bool = False
    revised: bool = False


@dataclass(frozen=True, slots=True)
class Caregiver:
    """``weekdays`` and ``weekend`` are given where they differ by a step or more."""

    id: int
    days: tuple[Day, ...]
    asked: int
    answered: int
    excused: int
    rested: int
    late: int
    summary: Summary | None
    weekdays: Summary | None
    weekend: Summary | None
    silent: bool
    last_answer: date | None
    too_few: bool = False  # to compare these days with those before

    @property
    def n(self) -> int:
        return self.summary.n if self.summary else 0

    @property
    def median(self) -> figures.Between | None:
        """The two steps of the scale that it lies between, the same twice where it falls on one."""
        return self.summary.median if self.summary else None


def caregiver(
    row: Row, check_ins: Iterable[Row], answers: Mapping[int, Mapping[str, Row]], period: Period, *, too_few: bool
) -> Caregiver:
    """From the check-ins of one child in these days."""
    days = of(row["person_id"], check_ins, answers, period)
    answered = sum(day.mark is Mark.ANSWERED for day in days)
    asked = answered + sum(day.mark is Mark.NO_ANSWER for day in days)
    weekdays, weekend = _apart(days, period)
    last = row["last_answer"]
    return Caregiver(
        id=row["person_id"],
        days=days,
        asked=asked,
        answered=answered,
        excused=sum(day.mark is Mark.EXCUSED for day in days),
        rested=sum(day.mark is Mark.RESTED for day in days),
        late=sum(day.late for day in days),
        summary=_summary(days),
        weekdays=weekdays,
        weekend=weekend,
        silent=asked > 0 and (answered == 0 or _unanswered_at_end(days) >= IN_A_ROW),
        last_answer=None if last is None else date.fromisoformat(last),
        too_few=too_few and asked > 0,
    )


def of(
    person: int, check_ins: Iterable[Row], answers: Mapping[int, Mapping[str, Row]], period: Period
) -> tuple[Day, ...]:
    """Every day of the period as this person saw it."""
    by_date: dict[date, Day] = {}
    for one in check_ins:
        if one["person_id"] != person or one["template"] != PULSE:
            continue
        day = _day(one, answers.get(one["id"], {}), period)
        if day is not None and _says_more(day, by_date.get(day.on)):
            by_date[day.on] = day
    return tuple(by_date.get(on, Day(on, Mark.NOT_ASKED)) for on in period.dates)


def _summary(days: Iterable[Day]) -> Summary | None:
    return figures.summary((day.value for day in days if day.value in SCALE), SCALE)


def _apart(days: Iterable[Day], period: Period) -> tuple[Summary | None, Summary | None]:
    """Weekdays and weekend, where there is enough of both and their medians are a step apart or more."""
    kinds: tuple[list[Day], list[Day]] = ([], [])
    for day in days:
        kinds[day.on.weekday() in period.weekend].append(day)
    week, end = (_summary(one) for one in kinds)
    if week is None or end is None or min(week.n, end.n) < APART_FROM:
        return None, None
    apart = sum(map(SCALE.index, week.median)) - sum(map(SCALE.index, end.median))
    return (week, end) if abs(apart) >= 2 else (None, None)  # noqa: PLR2004 - twice a step


def _day(check_in: Row, answers: Mapping[str, Row], period: Period) -> Day | None:
    """None where nothing can be said yet: its window is still open, or it was never shown."""
    on, state = date.fromisoformat(check_in["local_date"]), check_in["state"]
    if state == "excused":
        return Day(on, Mark.EXCUSED if check_in["state_reason"] not in RESTS else Mark.RESTED)
    if answers:
        rated = answers.get("day")
        value = None if rated is None or rated["value"] is None else json.loads(rated["value"])
        late, revised = (any(bool(one[key]) for one in answers.values()) for key in ("late", "revised"))
        return Day(on, Mark.ANSWERED, value, late=late, revised=revised)
    if state in ("due", "missed") or (state == "open" and check_in["closes_at"] > period.until):
        return None
    return Day(on, Mark.NO_ANSWER)


_WEIGHT = {Mark.NOT_ASKED: 0, Mark.NO_ANSWER: 1, Mark.RESTED: 2, Mark.EXCUSED: 2, Mark.ANSWERED: 3}


def _says_more(day: Day, than: Day | None) -> bool:
    """Two check-ins on one date are one day: the answered one counts."""
    return than is None or _WEIGHT[day.mark] >= _WEIGHT[than.mark]


def _unanswered_at_end(days: tuple[Day, ...]) -> int:
    count = 0
    for day in reversed(days):
        if day.mark is Mark.ANSWERED:
            break
        count += day.mark is Mark.NO_ANSWER
    return count
