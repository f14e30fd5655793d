"""The facts of a digest for each child. Caregivers are kept apart: different eyes see different days."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain import digest_words, figures, templates
from bot.domain.digest_period import LATE_DAYS, Period
from bot.domain.digest_words import Lost, Said, Source, Win
from bot.model import RESTS
from bot.storage import digests as stored
from bot.storage.database import Row, Tx

PULSE = "pulse"
SCALE = ("very_hard", "hard", "ok", "good", "great")  # as words, from left to right; never shown as numbers
HARD = SCALE[:2]
IN_A_ROW = 2  # so many unanswered at the end of the period are worth a line


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
    """``median`` is the two steps of the scale that it lies between, the same twice where it falls on one."""

    id: int
    days: tuple[Day, ...]
    asked: int
    answered: int
    excused: int
    rested: int
    late: int
    n: int
    median: figures.Between | None
    silent: bool
    last_answer: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """The home step: days it was done, days it was done a little, days that were answered for."""

    done: int
    little: int
    of: int


@dataclass(frozen=True, slots=True)
class Alert:
    by: int
    on: date
    at: int
    false_alarm: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Everything that one screen may say. Words come newest first, questions oldest first."""

    child: int
    name: str
    gender: str
    period: Period
    caregivers: tuple[Caregiver, ...]
    names: Mapping[int, str]  # "" where nobody has given the caregiver one
    roles: Mapping[int, str]
    alerts: tuple[Alert, ...]
    lost: tuple[Lost, ...]
    questions: tuple[Said, ...]
    wins: tuple[Win, ...]
    reasons: tuple[tuple[str, int], ...]
    quotes: tuple[Said, ...]
    media: tuple[Said, ...]
    step: Step | None

    @property
    def hard_days(self) -> int:
        return sum(day.value in HARD for one in self.caregivers for day in one.days)

    @property
    def quiet(self) -> bool:
        """Nothing was said and nothing was answered."""
        answered = any(one.answered for one in self.caregivers)
        return not (answered or self.alerts or self.lost or self.questions or self.wins or self.quotes or self.media)

    def age(self, said: Said) -> int:
        """Days since it was said."""
        return self.period.days_since(said.at)


@dataclass(frozen=True, slots=True)
class _Material:
    """The rows of one child."""

    caregivers: list[Row]
    check_ins: list[Row]
    answers: dict[int, dict[str, Row]]
    notes: list[Row]
    questions: list[Row]
    alerts: list[Row]


async def of_caseload(tx: Tx, therapist: int, period: Period, child: int | None = None) -> list[Family]:
    """The facts of every child that this therapist may treat now (or of one); in seven reads, whatever their number."""
    now, from_at = period.until, period.from_at
    early = (period.first - timedelta(days=LATE_DAYS)).isoformat()
    children = await stored.children(tx, therapist, child, now)
    found: dict[int, _Material] = {row["id"]: _Material([], [], {}, [], [], []) for row in children}
    for row in await stored.caregivers(tx, therapist, child, PULSE, now):
        found[row["child_id"]].caregivers.append(row)
    answers: dict[int, dict[str, Row]] = defaultdict(dict)
    for row in await stored.answers(tx, therapist, child, early, now):
        answers[row["check_in_id"]][row["question"]] = row
    for row in await stored.check_ins(tx, therapist, child, early, now):
        found[row["child_id"]].check_ins.append(row)
        if row["id"] in answers:
            found[row["child_id"]].answers[row["id"]] = answers[row["id"]]
    for row in await stored.notes(tx, therapist, child, from_at, now):
        found[row["child_id"]].notes.append(row)
    for row in await stored.open_questions(tx, therapist, child, now):
        found[row["child_id"]].questions.append(row)
    for row in await stored.alerts(tx, therapist, child, from_at, now):
        found[row["child_id"]].alerts.append(row)
    families = []
    for row in children:
        families.append(family(row, found[row["id"]], period))
        await asyncio.sleep(0)  # a large caseload must not keep everyone else waiting
    return families


def family(child: Row, rows: _Material, period: Period) -> Family:
    """One child's facts from its rows."""
    said = [*_said_in_check_ins(rows, period), *(digest_words.from_note(row, period) for row in rows.notes)]
    said = sorted(said, key=lambda one: one.at)[::-1]  # newest first, also of what came in the same moment
    recent = [one for one in rows.check_ins if _of_period(one, rows.answers.get(one["id"], {}), period)]
    in_days = [one for one in recent if period.first.isoformat() <= one["local_date"] <= period.last.isoformat()]
    caregivers = (_caregiver(row, in_days, rows.answers, period) for row in rows.caregivers)
    talked = {one.by for one in said}
    return Family(
        child=child["id"],
        name=child["name"],
        gender=child["gender"],
        period=period,
        caregivers=tuple(one for one in caregivers if one.asked or one.excused or one.rested or one.id in talked),
        names={row["person_id"]: row["name"] for row in rows.caregivers},
        roles={row["person_id"]: row["role"] for row in rows.caregivers},
        alerts=tuple(
            Alert(row["person_id"], period.local_date(row["at"]), row["at"], row["false_alarm_at"] is not None)
            for row in rows.alerts
        ),
        lost=tuple(digest_words.lost(recent, rows.answers)),
        questions=tuple(digest_words.from_note(row, period) for row in rows.questions),
        wins=_wins(recent, rows, said),
        reasons=_reasons(in_days, rows.answers),
        quotes=tuple(one for one in said if one.text and one.source not in (Source.WIN, Source.QUESTION)),
        media=tuple(one for one in said if one.media is not None),
        step=_step(in_days, rows.answers),
    )


def _said_in_check_ins(rows: _Material, period: Period) -> list[Said]:
    """Words, voice and photos that answered something: said of these days, or said in them."""
    return [
        digest_words.from_answer(answer, one)
        for one in rows.check_ins
        for answer in rows.answers.get(one["id"], {}).values()
        if (answer["text"] or answer["media_kind"])
        and (one["local_date"] >= period.first.isoformat() or answer["answered_at"] >= period.from_at)
    ]


def _of_period(check_in: Row, answers: Mapping[str, Row], period: Period) -> bool:
    if check_in["local_date"] >= period.first.isoformat():
        return True
    return any(answer["answered_at"] >= period.from_at for answer in answers.values())


def _wins(check_ins: Iterable[Row], rows: _Material, said: list[Said]) -> tuple[Win, ...]:
    told = digest_words.wins(check_ins, rows.answers)
    told += [Win(one) for one in said if one.source is Source.WIN and one.note is not None]
    return tuple(sorted(told, key=lambda win: win.said.at)[::-1])


def _caregiver(row: Row, check_ins: list[Row], answers: Mapping[int, Mapping[str, Row]], period: Period) -> Caregiver:
    mine = [one for one in check_ins if one["person_id"] == row["person_id"] and one["template"] == PULSE]
    by_date: dict[date, Day] = {}
    for one in mine:
        day = _day(one, answers.get(one["id"], {}), period)
        if day is not None and _says_more(day, by_date.get(day.on)):
            by_date[day.on] = day
    days = tuple(by_date.get(on, Day(on, Mark.NOT_ASKED)) for on in period.dates)
    summary = figures.summary((day.value for day in days if day.value in SCALE), SCALE)
    answered = sum(day.mark is Mark.ANSWERED for day in days)
    asked = answered + sum(day.mark is Mark.NO_ANSWER for day in days)
    last = row["last_answer"]
    return Caregiver(
        id=row["person_id"],
        days=days,
        asked=asked,
        answered=answered,
        excused=sum(day.mark is Mark.EXCUSED for day in days),
        rested=sum(day.mark is Mark.RESTED for day in days),
        late=sum(day.late for day in days),
        n=summary.n if summary else 0,
        median=summary.median if summary else None,
        silent=asked > 0 and (answered == 0 or _unanswered_at_end(days) >= IN_A_ROW),
        last_answer=None if last is None else date.fromisoformat(last),
    )


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


def _reasons(check_ins: list[Row], answers: Mapping[int, Mapping[str, Row]]) -> tuple[tuple[str, int], ...]:
    """What made days hard, as often as it was tapped; most often first."""
    rows = (answers.get(one["id"], {}).get("hard") for one in check_ins if one["template"] == PULSE)
    chosen = [json.loads(row["value"]) for row in rows if row is not None and row["value"] is not None]
    asked = next(one for one in templates.load()[PULSE].questions if one.key == "hard")
    return tuple(figures.counts(chosen, asked.choices))


def _step(check_ins: list[Row], answers: Mapping[int, Mapping[str, Row]]) -> Step | None:
    rows = (answers.get(one["id"], {}).get("step") for one in check_ins if one["template"] == PULSE)
    keys = [json.loads(row["value"]) for row in rows if row is not None and row["value"] is not None]
    return Step(keys.count("yes"), keys.count("a_little"), len(keys)) if keys else None
