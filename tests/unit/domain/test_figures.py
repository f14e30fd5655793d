"""Medians, quartiles and counts: the story's figures, and the edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import figures

SCALE = ("very_hard", "hard", "ok", "good", "great")
_FROM_THE_15TH = "good ok good good ok good good good ok hard very_hard ok hard ok"
ANA = dict(enumerate(_FROM_THE_15TH.split(), start=15))
SAMI = {15: "ok", 17: "good", 19: "ok", 21: "great"}


def days(answers: dict[int, str], first: int, last: int) -> figures.Summary:
    found = figures.summary([answer for day, answer in answers.items() if first <= day <= last], SCALE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("answers", "first", "last", "n", "median"),
    [
        (ANA, 12, 18, 4, ("good", "good")),
        (ANA, 15, 21, 7, ("good", "good")),
        (ANA, 19, 25, 7, ("ok", "ok")),
        (ANA, 22, 28, 7, ("ok", "ok")),
        (SAMI, 15, 21, 4, ("ok", "good")),  # between OK and Good
        (ANA, 24, 26, 3, ("hard", "hard")),
    ],
)
def test_the_story(answers: dict[int, str], first: int, last: int, n: int, median: figures.Between) -> None:
    found = days(answers, first, last)
    assert (found.n, found.median) == (n, median)


def test_the_storys_baseline() -> None:
    found = days(ANA, 15, 23)
    assert (found.n, found.median, found.lower_quartile) == (9, ("good", "good"), ("ok", "ok"))
    assert found.range == ("ok", "good")


def test_no_answers_have_no_figures() -> None:
    assert figures.summary([], SCALE) is None


def test_one_answer_is_all_of_its_figures() -> None:
    one = ("hard", "hard")
    assert figures.summary(["hard"], SCALE) == figures.Summary(1, one, one, one, one)


def test_an_answer_off_the_scale_is_an_error() -> None:
    with pytest.raises(ValueError, match="tuple"):
        figures.summary(["blue"], SCALE)


@given(st.lists(st.sampled_from(SCALE), min_size=1))
def test_figures_stand_in_order_and_half_lie_on_either_side(answers: list[str]) -> None:
    found = figures.summary(answers, SCALE)
    assert found is not None
    line = [found.range[0], *found.lower_quartile, *found.median, *found.upper_quartile, found.range[1]]
    ranks = [SCALE.index(one) for one in line]
    assert ranks == sorted(ranks)
    assert 2 * sum(SCALE.index(one) <= SCALE.index(found.median[1]) for one in answers) >= len(answers)
    assert 2 * sum(SCALE.index(one) >= SCALE.index(found.median[0]) for one in answers) >= len(answers)


def test_reasons_are_counted() -> None:
    chosen = [["tired", "change_of_plan"], ["tired"], []]
    assert figures.counts(chosen, ["tired", "sick", "change_of_plan"]) == [("tired", 2), ("change_of_plan", 1)]


def test_reasons_on_a_tie_keep_the_order_of_the_form() -> None:
    assert figures.counts([["b"], ["a"]], ["a", "b"]) == [("a", 1), ("b", 1)]
