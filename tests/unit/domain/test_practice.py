"""Home practice as it is counted: cases in tables, and what holds for any days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import practice
from bot.domain.practice import Adherence, Log, Step, Stuck, Told, Trend
from bot.domain.practice_reading import log_of
from bot.storage.database import Row

MONDAY = date(2027, 3, 1)
SUNDAY = MONDAY + timedelta(days=6)
DAILY = ((MONDAY, "0123456"),)
LETTERS = {"y": Told.DONE, "l": Told.LITTLE, "n": Told.NO, "i": Told.ILL, "a": Told.AWAY}


def step(*plans: tuple[date, str], first: date = MONDAY, last: date | None = None) -> Step:
    return Step(1, 1, "pictures at bath time", "bath", first, last, plans or DAILY)


def week(told: str) -> list[Log]:
    """A letter a day from Monday on: y, l, n, i, a; a dot where nobody told anything."""
    return [Log(1, 1, MONDAY + timedelta(days=at), LETTERS[one]) for at, one in enumerate(told) if one != "."]


def told(*words: str, start: date = MONDAY, barrier: str = "") -> list[Log]:
    barriers = (barrier,) if barrier else ()
    return [
        Log(1, 1, start + timedelta(days=at), Told.DONE, help=one, barriers=barriers) for at, one in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("days", "logs", "expected"),
    [
        ("0123456", "yyyyyyy", Adherence(planned=7, done=7, little=0, n=7, out=0, extra=0)),
        ("0123456", "yln.yy.", Adherence(planned=7, done=3, little=1, n=5, out=0, extra=0)),  # missing is no "no"
        ("0123456", ".......", Adherence(planned=7, done=0, little=0, n=0, out=0, extra=0)),
        ("01234", "yyyyn..", Adherence(planned=5, done=4, little=0, n=5, out=0, extra=0)),  # 4 of 5 is what was planned
        ("01234", "yyyynyl", Adherence(planned=5, done=4, little=0, n=5, out=0, extra=2)),  # not planned: not counted
        ("0123456", "yyiiayy", Adherence(planned=4, done=4, little=0, n=4, out=3, extra=0)),  # ill, not with me: out
        ("24", "..y.n..", Adherence(planned=2, done=1, little=0, n=2, out=0, extra=0)),
        ("24", "i.y.n..", Adherence(planned=2, done=1, little=0, n=2, out=0, extra=0)),  # ill on another day
    ],
)
def test_days_done_of_days_planned(days: str, logs: str, expected: Adherence) -> None:
    found = practice.adherence(step((MONDAY, days)), week(logs), MONDAY, SUNDAY)
    assert found == expected
    assert found.missing == expected.planned - expected.n


@pytest.mark.parametrize(
    ("of_one_day", "done", "little", "planned"),
    [("ny", 1, 0, 1), ("nl", 0, 1, 1), ("an", 0, 0, 1), ("ni", 0, 0, 0), ("ay", 1, 0, 1), ("iy", 1, 0, 1)],
)
def test_of_several_logs_the_best_says_what_the_day_was(of_one_day: str, done: int, little: int, planned: int) -> None:
    logs = [Log(1, by, MONDAY, LETTERS[one]) for by, one in enumerate(of_one_day)]
    found = practice.adherence(step(), logs, MONDAY, MONDAY)
    assert (found.done, found.little, found.planned) == (done, little, planned)


def test_a_later_plan_changes_no_earlier_day() -> None:
    changed = step((MONDAY, "01234"), (MONDAY + timedelta(days=3), "5"))
    planned = [day for day in range(7) if changed.planned_on(MONDAY + timedelta(days=day))]
    assert planned == [0, 1, 2, 5]


def test_nothing_is_planned_before_the_first_day_and_after_the_last() -> None:
    short = step(first=MONDAY + timedelta(days=1), last=MONDAY + timedelta(days=2))
    assert practice.adherence(short, week("yyyyyyy"), MONDAY, SUNDAY) == Adherence(2, 2, 0, 2, 0, 5)


@given(st.text("yln.ia", min_size=1, max_size=7), st.sets(st.sampled_from("0123456"), min_size=1))
def test_the_parts_of_a_week_are_the_week(logs: str, days: set[str]) -> None:
    found = practice.adherence(step((MONDAY, "".join(sorted(days)))), week(logs), MONDAY, SUNDAY)
    assert found.planned + found.out == len(days)
    assert 0 <= found.done + found.little <= found.n <= found.planned
    assert found.missing >= 0


@pytest.mark.parametrize(
    ("levels", "trend"),
    [
        (["lots"] * 5 + ["some"] * 3, Trend.LESS),
        (["alone"] * 5 + ["some"] * 3, Trend.MORE),
        (["some"] * 8, Trend.SAME),
        (["lots", "lots", "some", "some", "lots", "some", "lots", "some"], Trend.LESS),
        (["lots"] * 4 + ["alone"] * 3, None),  # too few to compare
        (["did_not_want"] * 6 + ["alone"] * 3, None),  # no level of help
    ],
)
def test_a_trend_of_help_needs_five_answers_and_three(levels: list[str], trend: Trend | None) -> None:
    found = practice.help_level(told(*levels))
    assert found is not None
    assert found.trend is trend


def test_without_answers_there_is_no_level() -> None:
    assert practice.help_level(told("did_not_want", "")) is None


def test_barriers_are_counted_by_day() -> None:
    logs = [
        Log(1, 1, MONDAY, Told.NO, barriers=("no_time", "forgot")),
        Log(1, 2, MONDAY, Told.NO, barriers=("no_time",)),  # the same evening, told by two
        Log(1, 1, SUNDAY, Told.NO, barriers=("forgot",)),
    ]
    assert practice.barriers(logs) == [("forgot", 2), ("no_time", 1)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([0, 1], Stuck(0, 2, may_need_change=False)),
        ([0, 3, 6], Stuck(0, 3, may_need_change=True)),
        ([-1, 5, 6], Stuck(0, 2, may_need_change=False)),  # the eighth day back is out
        ([6, 6, 6], Stuck(0, 1, may_need_change=False)),  # one evening is one
    ],
)
def test_three_days_of_not_wanting_within_seven(days: list[int], expected: Stuck) -> None:
    logs = [
        Log(1, 1, MONDAY + timedelta(days=day), Told.NO, barriers=("did_not_want",))
        if day % 2
        else Log(1, 1, MONDAY + timedelta(days=day), Told.LITTLE, help="did_not_want")
        for day in days
    ]
    assert practice.stuck(logs, SUNDAY) == expected


def test_not_sure_how_counts_once_a_day() -> None:
    assert practice.stuck(told("", "", barrier="not_sure_how"), SUNDAY) == Stuck(2, 0, may_need_change=False)


def asked(state: str = "done", reason: str = "") -> Row:
    keys = {"home_step_id": 1, "person_id": 7, "local_date": "2027-03-01"}
    return {**keys, "state": state, "state_reason": reason}


@pytest.mark.parametrize(
    ("row", "answers", "expected"),
    [
        (asked(), {"done": "yes", "help": "some"}, Told.DONE),
        (asked(), {"done": "a_little"}, Told.LITTLE),
        (asked(), {"done": "no", "barrier": ["no_time"]}, Told.NO),
        (asked(), {"done": "no", "barrier": ["no_time", "sick"]}, Told.ILL),
        (asked(), {"done": "no", "barrier": ["away"]}, Told.AWAY),
        (asked(), {"done": "no"}, Told.NO),
        (asked(), {"step": "not_today"}, Told.NO),  # of the daily check-in
        (asked(), {"step": "a_little"}, Told.LITTLE),
        (asked("expired", "no_answer"), {}, None),
        (asked("missed", "outage"), {}, None),
        (asked("partial"), {"day": "good"}, None),
        (asked("excused", "not_with_child"), {}, Told.AWAY),
        (asked("excused", "ill"), {}, Told.ILL),
        (asked("excused", "pause"), {}, Told.AWAY),
    ],
)
def test_what_a_check_in_says_of_its_day(row: Row, answers: dict[str, object], expected: Told | None) -> None:
    found = log_of(row, answers)
    assert (None if found is None else found.told) == expected


def test_several_steps_take_turns_in_the_daily_check_in() -> None:
    two = [step(), Step(2, 1, "songs in the car", "car", MONDAY, None, DAILY)]
    asked_about = [practice.turn_of(two, MONDAY + timedelta(days=day)) for day in range(4)]
    assert [one.id for one in asked_about if one] in ([1, 2, 1, 2], [2, 1, 2, 1])
    assert practice.turn_of([step((MONDAY, "5"))], MONDAY) is None
