"""Behaviour records as they are counted: moments, bands and the days on which somebody was there to see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import behaviour
from bot.domain.behaviour import AFTER, BEFORE, Count, Moment, Tally, Week

MONDAY = date(2027, 3, 1)


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


def moment(day: int = 0, what: str = "t1", at: str = "16:05", **more: object) -> Moment:
    return Moment(what, 1, on(day), at, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moments", "counts", "expected"),
    [
        ([], [], Week(MONDAY, 0, (), 0, ())),  # nobody was there to see: no "never"
        (
            [],
            [Count(1, 1, on(1), "none", "over_6")],
            Week(MONDAY, 0, (("none", 1),), 1, (("over_6", 1),)),  # seen, and nothing happened
        ),
        (
            [moment(0, observed="from_1"), moment(0, observed="from_3"), moment(2, "t2", observed="from_1")],
            [],
            Week(MONDAY, 2, (), 2, (("from_1", 1), ("from_3", 1))),  # the longest of a day; the other one was seen too
        ),
        (
            [moment(0), moment(1, "other", observed="under_1")],
            [Count(1, 1, on(3), "two_three", "from_1"), Count(2, 1, on(4), "one", "from_1")],
            Week(MONDAY, 1, (("two_three", 1),), 3, (("under_1", 1), ("from_1", 1))),  # moments and bands apart
        ),
    ],
)
def test_a_week_has_its_counts_and_the_days_that_were_seen(
    moments: list[Moment], counts: list[Count], expected: Week
) -> None:
    assert behaviour.weeks("t1", moments, counts, MONDAY, on(6)) == (expected,)


def test_weeks_follow_each_other_and_the_last_may_be_short() -> None:
    found = behaviour.weeks("t1", [moment(0), moment(7), moment(9)], [], MONDAY, on(9))
    assert [(week.first, week.moments) for week in found] == [(MONDAY, 1), (on(7), 2)]


def test_before_and_after_are_counts_of_how_many_told() -> None:
    told = [moment(before=("told_no",), after=("gave",)) for _ in range(4)]
    told += [moment(before=("told_no", "noise")), moment(before=("waiting",), after=("waited",)), moment()]
    told += [moment(before=("asked",))]
    assert behaviour.before(told) == Tally(7, (("told_no", 5), ("asked", 1), ("waiting", 1), ("noise", 1)))
    assert behaviour.after(told).of == 5
    assert behaviour.pairs(told) == Tally(5, (("told_no>gave", 4), ("waiting>waited", 1)))


@given(
    st.lists(
        st.builds(
            moment,
            before=st.lists(st.sampled_from(BEFORE), unique=True).map(tuple),
            after=st.lists(st.sampled_from(AFTER), unique=True).map(tuple),
            at=st.times().map(lambda time: f"{time:%H:%M}"),
        )
    )
)
def test_nothing_is_counted_more_often_than_it_was_told(told: list[Moment]) -> None:
    for tally in (behaviour.before(told), behaviour.after(told), behaviour.pairs(told)):
        assert all(count <= tally.of <= len(told) for _key, count in tally.counts)
    assert sum(behaviour.hours(told)) == sum(count for _part, count in behaviour.parts(told)) == len(told)


@pytest.mark.parametrize(
    ("at", "part"),
    [
        ("00:00", "night"),
        ("04:59", "night"),
        ("05:00", "morning"),
        ("11:00", "midday"),
        ("14:00", "afternoon"),
        ("18:00", "evening"),
        ("21:59", "evening"),
        ("22:00", "night"),
    ],
)
def test_the_part_of_the_day(at: str, part: str) -> None:
    assert behaviour.parts([moment(at=at)]) == ((part, 1),)
