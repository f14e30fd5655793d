"""The T-score of Goal Attainment Scaling, against its published values and a second way to work it out."""

from __future__ import annotations

from math import isclose
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import attainment
from bot.domain.goals import Goal, Level, Scale, Version

WEIGHTED = st.lists(st.tuples(st.integers(0, 9), st.integers(-3, 2)), min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("weights", "levels", "t"),
    [
        ((1, 1, 1), (0, 0, 0), 50.00),
        ((1, 1, 1), (0, 1, 2), 63.69),
        ((1, 1, 1), (-1, -1, -1), 36.31),
        ((1, 1), (1, 1), 62.40),
        ((6, 2, 3), (1, 0, -1), 53.57),
        ((1,), (2,), 70.00),
    ],
)
def test_the_values_that_are_known(weights: tuple[int, ...], levels: tuple[int, ...], t: float) -> None:
    found = attainment.t_score(list(zip(weights, levels, strict=True)))
    assert found == pytest.approx(t, abs=0.005)


def _second_opinion(weighted: list[tuple[int, int]]) -> float:
    """The same from what it means: goals are standard normal variables, each two of them correlated by 0.3.

    Their weighted sum has the variance w'Rw; T is where the sum stands on a normal scale of mean 50 and spread 10.
    """
    variance = sum(
        one * other * (1.0 if row == column else 0.3)
        for row, (one, _) in enumerate(weighted)
        for column, (other, _) in enumerate(weighted)
    )
    stands = NormalDist(0, variance**0.5).zscore(sum(w * x for w, x in weighted))
    return NormalDist(50, 10).mean + NormalDist(50, 10).stdev * stands


@given(WEIGHTED)
def test_a_second_way_agrees(weighted: list[tuple[int, int]]) -> None:
    found = attainment.t_score(weighted)
    if any(weight for weight, _ in weighted):
        assert found is not None
        assert isclose(found, _second_opinion(weighted), abs_tol=1e-9)
    else:
        assert found is None


def _goal(level: int | None, importance: int | None = None, difficulty: int | None = None) -> Goal:
    version = Version(1, 1, "Sleeps", "", "", "", "", Scale.FROM_MINUS_1, {}, "", 0)
    levels = () if level is None else (Level(-2, 1, 0), Level(level, 1, 1))
    return Goal(1, 1, (version,), levels, (), importance, difficulty, None, None)


def test_goals_without_a_level_are_left_out_and_counted() -> None:
    found = attainment.score([_goal(0), _goal(None), _goal(1, 3, 2)])
    assert (found.scored, found.goals) == (2, 3)
    assert found.t == attainment.t_score([(1, 0), (6, 1)])
    assert attainment.score([_goal(None)]).t is None
    assert attainment.score([_goal(2, 0, 3)]).t is None
