"""The days of each caregiver: what was asked, answered, left out; with medians and ranges, never a mean."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain import figures
from bot.domain.checkins import family_of
from bot.domain.digest_period import Period
from bot.domain.figures import Summary
from bot.model import CAP, NOT_FOLLOWED, RESTS
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
class Given:
    """That something was answered. ``value`` as in ``Day``."""

    value: str | None
    late: bool
    revised: bool


@dataclass(frozen=True, slots=True)
class Caregiver:
    """``weekdays`` and ``weekend`` are given where they differ by a step or more.

    ``away``: days on which nothing was asked because we were away.
    """

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
    away: int = 0

    @property
    def n(self) -> int:
        return self.summary.n if self.summary else 0

    @property
    def median(self) -> figures.Between | None:
        """The two steps of the scale that it lies between, the same twice where it falls on one."""
        return self.summary.median if self.summary else None


def caregiver(
    row: Row,
    check_ins: Iterable[Row],
    answers: Mapping[int, Mapping[str, Row]],
    period: Period,
    heard: date | None,
    *,
    too_few: bool,
) -> Caregiver:
    """From the check-ins of one child in these days. ``heard``: the day on which they said anything last."""
    check_ins = [one for one in check_ins if one["person_id"] == row["person_id"]]
    days = of(row["person_id"], check_ins, answers, period)
    answered = sum(day.mark is Mark.ANSWERED for day in days)
    asked = answered + sum(day.mark is Mark.NO_ANSWER for day in days)
    weekdays, weekend = _apart(days, period)
    return Caregiver(
        id=row["person_id"],
        days=days,
        asked=asked,
        answered=answered,
        excused=sum(day.mark is Mark.EXCUSED for day in days),
        rested=sum(day.mark is Mark.RESTED for day in days),
        late=sum(day.late for day in days),
        summary=summary(days),
        weekdays=weekdays,
        weekend=weekend,
        silent=asked > 0 and (answered == 0 or _unanswered_at_end(days) >= IN_A_ROW) and not _heard_since(days, heard),
        last_answer=heard,
        too_few=too_few and asked > 0,
        away=_away(check_ins, days),
    )


def of(
    person: int, check_ins: Iterable[Row], answers: Mapping[int, Mapping[str, Row]], period: Period
) -> tuple[Day, ...]:
    """Every day of the period as this person saw it."""
    asked = (one for one in check_ins if one["person_id"] == person and family_of(one) == PULSE)
    return strip((_day(one, answers.get(one["id"], {}), period) for one in asked), period.dates)


def strip(days: Iterable[Day | None], dates: Iterable[date]) -> tuple[Day, ...]:
    """One day for each date. Two check-ins on one date are one day: the answered one counts, of two the later."""
    by_date: dict[date, Day] = {}
    for day in days:
        if day is not None and (day.on not in by_date or _WEIGHT[day.mark] >= _WEIGHT[by_date[day.on].mark]):
            by_date[day.on] = day
    return tuple(by_date.get(on, Day(on, Mark.NOT_ASKED)) for on in dates)


def _away(check_ins: Iterable[Row], days: Iterable[Day]) -> int:
    """What is said of a day by its other check-ins goes first."""
    ours = {one["local_date"] for one in check_ins if (one["state"], one["state_reason"]) == ("missed", "outage")}
    return sum(day.mark is Mark.NOT_ASKED and day.on.isoformat() in ours for day in days)


def summary(days: Iterable[Day]) -> Summary | None:
    return figures.summary((day.value for day in days if day.value in SCALE), SCALE)


def _apart(days: Iterable[Day], period: Period) -> tuple[Summary | None, Summary | None]:
    """Weekdays and weekend, where there is enough of both and their medians are a step apart or more."""
    kinds: tuple[list[Day], list[Day]] = ([], [])
    for day in days:
        kinds[day.on.weekday() in period.weekend].append(day)
    week, end = (summary(one) for one in kinds)
    if week is None or end is None or min(week.n, end.n) < APART_FROM:
        return None, None
    apart = sum(map(SCALE.index, week.median)) - sum(map(SCALE.index, end.median))
    return (week, end) if abs(apart) >= 2 else (None, None)  # noqa: PLR2004 - twice a step


def _day(check_in: Row, answers: Mapping[str, Row], period: Period) -> Day | None:
    given = None
    if answers:
        rated = answers.get("day")
        value = None if rated is None or rated["value"] is None else json.loads(rated["value"])
        late, revised = (any(bool(one[key]) for one in answers.values()) for key in ("late", "revised"))
        given = Given(value, late=late, revised=revised)
    over = check_in["closes_at"] <= period.until
    return day(
        date.fromisoformat(check_in["local_date"]), check_in["state"], check_in["state_reason"], given, over=over
    )


def day(on: date, state: str, reason: str | None, given: Given | None, *, over: bool) -> Day | None:
    """What one check-in says of its day. None where nothing can be said yet: its window is open (not ``over``), or it
    was never shown; also where something else was asked instead.
    """
    if state == "excused" and reason in (CAP, NOT_FOLLOWED):
        return None
    if state == "excused":
        return Day(on, Mark.EXCUSED if reason not in RESTS else Mark.RESTED)
    if given is not None:
        return Day(on, Mark.ANSWERED, given.value, late=given.late, revised=given.revised)
    if state in ("due", "missed") or (state == "open" and not over):
        return None
    return Day(on, Mark.NO_ANSWER)


_WEIGHT = {Mark.NO_ANSWER: 1, Mark.RESTED: 2, Mark.EXCUSED: 2, Mark.ANSWERED: 3}


def _heard_since(days: Iterable[Day], heard: date | None) -> bool:
    """Whether they spoke after all that was not answered."""
    missed = [day.on for day in days if day.mark is Mark.NO_ANSWER]
    return heard is not None and bool(missed) and heard >= missed[-1]


def _unanswered_at_end(days: tuple[Day, ...]) -> int:
    count = 0
    for day in reversed(days):
        if day.mark is Mark.ANSWERED:
            break
        count += day.mark is Mark.NO_ANSWER
    return count
