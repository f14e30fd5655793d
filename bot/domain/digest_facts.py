"""The facts of a digest for each child. Caregivers are kept apart: different eyes see different days."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain import (
    digest_behaviour,
    digest_coming,
    digest_days,
    digest_goals,
    digest_practice,
    digest_reviews,
    digest_usual,
    digest_words,
    figures,
    flags_memory,
    flags_said,
    templates,
)
from bot.domain.checkins import family_of
from bot.domain.digest_behaviour import Behaviour
from bot.domain.digest_coming import Coming
from bot.domain.digest_days import HARD, PULSE, Caregiver
from bot.domain.digest_goals import Aim, Topic
from bot.domain.digest_material import Material
from bot.domain.digest_period import HIDDEN, OLD, Period
from bot.domain.digest_practice import Practice
from bot.domain.digest_reviews import NONE, Feedback, Reviews
from bot.domain.digest_words import Lost, Said, Source, Win
from bot.domain.flags import Flag, Rules, Silence, in_order
from bot.domain.flags_memory import Raised, Show
from bot.storage.database import Row

_ELSEWHERE = (Source.WIN, Source.QUESTION, Source.WORKING, Source.ADJUST)  # words that have a line of their own


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
    words: bool = False  # a list of words raised it


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
    raised: tuple[Raised, ...] = ()  # most serious first
    working: tuple[Said, ...] = ()
    adjust: tuple[Said, ...] = ()
    goals: tuple[Aim, ...] = ()
    topics: tuple[Topic, ...] = ()  # of goals; newest first
    practice: tuple[Practice, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    reviews: Reviews = NONE
    feedback: tuple[Feedback, ...] = ()  # after visits
    tapped: bool = False  # anything was answered at all
    coming: tuple[Coming, ...] = ()  # soonest first
    visit_at: int | None = None  # ms: when they meet next

    @property
    def hard_days(self) -> int:
        return sum(day.value in HARD for one in self.caregivers for day in one.days)

    @property
    def quiet(self) -> bool:
        """Nothing was said, nothing was answered, and there is nothing new to tell."""
        said = (self.alerts, self.lost, self.questions, self.wins, self.quotes, self.media, self.working, self.adjust)
        told = self.tapped or any(one.days.n for one in self.practice)
        return not (any(said) or self.topics or self.behaviours or told or self.shown(Show.FRESH))

    def shown(self, *how: Show) -> tuple[Flag, ...]:
        """The flags that are shown so, most serious first."""
        return tuple(one.flag for one in self.raised if one.show in how)

    def age(self, said: Said) -> int:
        """Days since it was said."""
        return self.period.days_since(said.at)

    def old(self, said: Said) -> bool:
        """So long ago that it has to be called old."""
        return self.age(said) > OLD


def family(child: Row, rows: Material, period: Period, rules: Rules, made_at: int) -> Family:
    """One child's facts from its rows. ``made_at`` (ms) is when the digest was made that is being read."""
    said = [*_said_in_check_ins(rows, period), *(digest_words.from_note(row, period) for row in rows.notes)]
    said = sorted(said, key=lambda one: one.at)[::-1]  # newest first, also of what came in the same moment
    recent = [one for one in rows.check_ins if _of_period(one, rows.answers.get(one["id"], {}), period)]
    in_days = [one for one in recent if period.first.isoformat() <= one["local_date"] <= period.last.isoformat()]
    usual, heard = digest_usual.of(rows.usual, period.today, period.until, rules), _heard(rows, said, period)
    asked = [digest_words.from_note(row, period) for row in rows.questions]
    asked += [one for one in said if one.source is Source.QUESTION and one.answer is not None]
    asked = sorted(asked, key=lambda one: one.at)
    questions = tuple(one for one in asked if period.days_since(one.at) <= HIDDEN)
    lost, wins = tuple(digest_words.lost(recent, rows.answers)), _wins(recent, rows, said)
    flags = [
        *flags_said.urgent(len(rows.alerts)),
        *(flag for one in lost for flag in flags_said.lost_skill(one.by, "yes" if one.certain else "not_sure")),
        *flags_said.questions([period.days_since(one.at) for one in questions]),
        *flags_said.new(len(wins)),
        *digest_reviews.flags(recent, rows.answers, rows.replied),
        *digest_practice.flags(rows.practised, period, rules),
        *digest_goals.flags(rows.aims, period, rules),
        *_still_quiet(usual.flags, heard),
    ]
    return Family(
        child=child["id"],
        name=child["name"],
        gender=child["gender"],
        period=period,
        caregivers=tuple(_caregivers(rows, in_days, said, heard, usual, period)),
        names={row["person_id"]: row["name"] for row in rows.caregivers},
        roles={row["person_id"]: row["role"] for row in rows.caregivers},
        alerts=tuple(
            Alert(
                row["person_id"],
                period.local_date(row["at"]),
                row["at"],
                row["false_alarm_at"] is not None,
                row["source"] == "words",
            )
            for row in rows.alerts
        ),
        lost=lost,
        questions=questions,
        wins=wins,
        reasons=reasons(_values(in_days, rows.answers, "hard")),
        quotes=tuple(one for one in said if one.text and one.source not in _ELSEWHERE),
        media=tuple(one for one in said if one.media is not None),
        step=step(_values(in_days, rows.answers, "step")),
        raised=flags_memory.remembered(in_order(flags), rows.told, made_at, period.until, rules),
        working=tuple(one for one in said if one.source is Source.WORKING),
        adjust=tuple(one for one in said if one.source is Source.ADJUST),
        goals=digest_goals.of(rows.aims, period),
        topics=digest_goals.topics(rows.aims, period),
        practice=digest_practice.of(rows.practised, period),
        behaviours=digest_behaviour.of(rows.recorded, period),
        reviews=digest_reviews.of(in_days, rows.answers, rows.usual, period),
        feedback=tuple(digest_reviews.feedback(recent, rows.answers, rows.replied)),
        tapped=any(one["id"] in rows.answers for one in recent),
        coming=digest_coming.of(rows.caregivers, rows.rests, period.today),
        visit_at=rows.visit_at,
    )


def _heard(rows: Material, said: Iterable[Said], period: Period) -> dict[int, date]:
    """When each caregiver was heard from last, in whatever way."""
    found = {row["person_id"]: date.fromisoformat(row["last_answer"]) for row in rows.caregivers if row["last_answer"]}
    for one in said:
        found[one.by] = max(period.local_date(one.at), found.get(one.by, date.min))
    return found


def _still_quiet(flags: Iterable[Flag], heard: Mapping[int, date]) -> Iterator[Flag]:
    """Whoever said something since is not quiet, though the check-ins before stay unanswered."""
    for one in flags:
        if isinstance(one.figures, Silence):
            last = max(one.figures.since, heard.get(one.by, date.min))
            if last < one.figures.last:
                yield replace(one, figures=replace(one.figures, since=last))
        else:
            yield one


def _caregivers(
    rows: Material,
    check_ins: Sequence[Row],
    said: Iterable[Said],
    heard: Mapping[int, date],
    usual: digest_usual.Usual,
    period: Period,
) -> Iterator[Caregiver]:
    """Whoever was asked or spoke."""
    talked = {one.by for one in said}
    for row in rows.caregivers:
        too_few, last = row["person_id"] in usual.too_few, heard.get(row["person_id"])
        one = digest_days.caregiver(row, check_ins, rows.answers, period, last, too_few=too_few)
        if one.asked or one.excused or one.rested or one.id in talked:
            yield one


def _said_in_check_ins(rows: Material, period: Period) -> list[Said]:
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


def _wins(check_ins: Iterable[Row], rows: Material, said: list[Said]) -> tuple[Win, ...]:
    told = digest_words.wins(check_ins, rows.answers)
    told += [Win(one) for one in said if one.source is Source.WIN and one.note is not None]
    return tuple(sorted(told, key=lambda win: win.said.at)[::-1])


def _values(check_ins: list[Row], answers: Mapping[int, Mapping[str, Row]], question: str) -> list[Any]:
    """What was chosen at that question of the daily check-in."""
    rows = (answers.get(one["id"], {}).get(question) for one in check_ins if family_of(one) == PULSE)
    return [json.loads(row["value"]) for row in rows if row is not None and row["value"] is not None]


def reasons(chosen: Iterable[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    """What made days hard, as often as it was tapped; most often first."""
    asked = next(one for one in templates.load()[PULSE].questions if one.key == "hard")
    return tuple(figures.counts(chosen, asked.choices))


def step(keys: Sequence[str]) -> Step | None:
    return Step(keys.count("yes"), keys.count("a_little"), len(keys)) if keys else None
