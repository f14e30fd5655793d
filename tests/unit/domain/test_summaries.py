"""What reviews come to: every figure with its n, every line in the family's own words, nobody compared."""

from __future__ import annotations

from datetime import date

from bot.domain import summaries, templates
from bot.domain.summaries import Count, Differs, Filled
from bot.domain.templates import Value


def day(number: int) -> date:
    return date(2027, 3, number)


def filled(on: int, /, **answers: Value) -> Filled:
    """A question of a list is asked with two underscores for the dot."""
    return Filled(day(on), {key.replace("__", "."): value for key, value in answers.items()})


def test_the_scales_are_those_of_the_library() -> None:
    scales = {
        ("weekly", "week"): summaries.WEEK,
        ("basics", "sleep"): summaries.SLEEP,
        ("basics", "woke"): summaries.WOKE,
        ("basics", "eating"): summaries.EATING,
        ("visit", "heard"): summaries.FELT,
        ("visit", "matters"): summaries.FELT,
        ("visit", "know"): summaries.KNOWS,
    }
    for (template, key), scale in scales.items():
        asked = next(one for one in templates.load()[template].questions if one.key == key)
        assert asked.choices == scale
        assert asked.ordinal


def test_a_weekly_review_has_its_week_and_what_helped() -> None:
    found = summaries.weekly(
        [filled(4, week="harder", helped=["breathing"]), filled(11, week="much_harder", helped=["breathing", "step"])]
    )
    assert found.weeks == ((day(4), "harder"), (day(11), "much_harder"))
    assert (found.helped, found.of) == ((("breathing", 2), ("step", 1)), 2)


def test_without_reviews_nothing_is_said() -> None:
    empty = summaries.weekly([])
    assert (empty.weeks, empty.helped, empty.of) == ((), (), 0)
    assert summaries.basics([]).sleep is None
    assert summaries.differs([], day(1)) == ()


def test_after_a_visit_only_what_differs_from_the_usual_is_told() -> None:
    usual = [filled(n, heard="yes", matters="mostly", know="yes") for n in (1, 2, 3)]
    assert summaries.differs([*usual, filled(8, heard="yes", matters="mostly", know="yes")], day(8)) == ()
    lower = summaries.differs([*usual, filled(8, heard="a_little")], day(8))
    assert lower == (Differs("heard", day(8), "a_little", ("yes", "yes"), 3),)


def test_a_no_is_told_whatever_is_usual_and_too_few_make_no_usual() -> None:
    found = summaries.differs([filled(1, heard="yes"), filled(8, heard="mostly", know="no", talk="yes")], day(8))
    assert found == (Differs("know", day(8), "no", None, 0),)


def test_basics_are_medians_with_their_n_and_counts_out_of_how_many() -> None:
    found = summaries.basics(
        [
            filled(1, sleep="bad", woke="two_three", eating="much_less", feelings="could_not", sick="no"),
            filled(
                2,
                sleep="ok",
                eating="much_less",
                feelings="few",
                calm=["breathing", "other"],
                card_used__breathing="yes",
            ),
            filled(3, sleep="good", feelings="could_not", calm=["breathing"], card_used__breathing="yes"),
            filled(5, eating="much_less", card_used__breathing="no", card_helped__breathing="a_little", sick="yes"),
        ]
    )
    assert found.sleep is not None
    assert (found.sleep.n, found.sleep.median) == (3, ("ok", "ok"))
    assert found.woke is not None
    assert found.woke.n == 1
    assert found.could_not == Count(2, 3)
    assert found.sick == Count(1, 2)
    assert found.calmed == (("breathing", 2), ("other", 1))
    [card] = found.cards
    assert (card.key, card.used, card.helped) == ("breathing", Count(2, 3), Count(1, 1))
    assert found.running == (day(2),)  # a gap is no second day
