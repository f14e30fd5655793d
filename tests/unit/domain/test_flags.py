"""Every rule that raises a flag, as tables of cases; the story's two with their figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import flags_change, flags_home, flags_memory, flags_said, flags_silence
from bot.domain.flags import Change, Flag, Kind, Level, Rules, Silence, View, in_order
from bot.domain.flags_change import POINTS, Rated, TooFew
from bot.domain.flags_home import Barrier
from bot.domain.flags_memory import DAY, Show, Told
from bot.domain.flags_silence import Asked

SCALE = ("very_hard", "hard", "ok", "good", "great")
SHORT = {"V": "very_hard", "H": "hard", "O": "ok", "G": "good", "T": "great", ".": ""}
RULES = Rules()
ANA = "GOGGOGGGOHVOHO"  # the story's days from 15 March on
LAST = date(2027, 3, 26)


def march(days: str, first: int = 15) -> list[Rated]:
    """One letter a day; a dot is a day without an answer."""
    start = date(2027, 3, first)
    return [Rated(start + timedelta(days=n), SHORT[one]) for n, one in enumerate(days) if one != "."]


def compared(days: str, today: date, first: int = 15, rules: Rules = RULES) -> Flag | TooFew | None:
    return flags_change.change(7, "pulse.day", march(days, first), SCALE, today, rules)


def test_the_storys_sharp_fall_on_27_march() -> None:
    """Hard, Very hard, OK against nine answers: median Good, lower quartile OK."""
    found = compared(ANA[:12], date(2027, 3, 27))
    assert isinstance(found, Flag)
    assert (found.kind, found.level, found.by) == (Kind.FALL, Level.AMBER, 7)
    assert found.figures == Change(
        recent=("hard", "very_hard", "ok"),
        recent_median=("hard", "hard"),
        usual=("good", "good"),
        quartile=("ok", "ok"),
        n=9,
    )


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        ("GGGGGHHH", Kind.FALL),
        ("GGGGGHHG", Kind.FALL),  # the median is low, and two of three
        ("GGGGGHGG", None),  # one hard day is a hard day
        ("GGGGGOOO", Kind.FALL),  # one step is enough
        ("GOGOGOOO", None),  # the median falls, but those days are among the usual lower ones
        ("GGGGHHHH", Kind.FALL),  # the lower quartile lies between Hard and Good: three Hards are below it
        ("HHHHHGGG", Kind.RISE),
        ("HHHHHHGG", Kind.RISE),
        ("HHHHHHHG", None),
        ("OOOOOTTO", Kind.RISE),
        ("OOOOOOOO", None),
    ],
)
def test_a_fall_and_a_rise(days: str, kind: Kind | None) -> None:
    found = compared(days, date(2027, 3, 15 + len(days)))
    assert not isinstance(found, TooFew)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("days", "today", "too_few"),
    [
        ("GGGGHHH", date(2027, 3, 22), TooFew(4, 3)),
        ("GGGGGHH", date(2027, 3, 22), None),  # five and three need eight: G H H are the last three, four before
        ("GGGGGH.H.....H", date(2027, 3, 29), TooFew(6, 2)),  # the last three answers span more than seven days
        ("GGGGGHHH", date(2027, 4, 2), TooFew(8, 0)),  # a fall of long ago is none of today
        ("", date(2027, 3, 22), TooFew(0, 0)),
        ("GH", date(2027, 3, 17), TooFew(0, 2)),
    ],
)
def test_too_few_answers_are_said_and_raise_nothing(days: str, today: date, too_few: TooFew | None) -> None:
    found = compared(days, today)
    assert isinstance(found, TooFew)
    assert too_few is None or found == too_few


def test_the_baseline_is_28_days_and_not_a_29th() -> None:
    """Five good days 28 days before the first of the recent ones count; a day further back they do not."""
    recent = [Rated(date(2027, 3, day), "hard") for day in (29, 30, 31)]

    def with_usual(first: date) -> Flag | TooFew | None:
        usual = [Rated(first + timedelta(days=n), "good") for n in range(5)]
        return flags_change.change(1, "q", [*usual, *recent], SCALE, date(2027, 4, 1), RULES)

    assert isinstance(with_usual(date(2027, 3, 1)), Flag)
    assert with_usual(date(2027, 2, 28)) == TooFew(4, 3)


@pytest.mark.parametrize(("last", "falls"), [("5", True), ("6", False), ("7", False)])
def test_on_a_scale_to_ten_two_points_are_a_fall(last: str, falls: bool) -> None:
    values = ["7"] * 5 + [last] * 3
    rated = [Rated(date(2027, 3, 15 + n), value) for n, value in enumerate(values)]
    found = flags_change.change(1, "goal", rated, POINTS, date(2027, 3, 23), RULES)
    assert isinstance(found, Flag) is falls


def test_every_threshold_is_a_setting() -> None:
    assert isinstance(compared("GGGGHHH", date(2027, 3, 22), rules=Rules(baseline_answers=4)), Flag)
    assert compared("GGGGGOOO", date(2027, 3, 23), rules=Rules(steps=2)) is None
    assert compared("GGGGGHHG", date(2027, 3, 23), rules=Rules(beyond_quartile=3)) is None


@given(st.lists(st.sampled_from("VHOGT."), max_size=40).map("".join))
def test_a_fall_is_the_mirror_of_a_rise(days: str) -> None:
    """Turned upside down, what falls rises by as much; and nothing is ever both."""
    upside_down = days.translate(str.maketrans("VHOGT", "TGOHV"))
    today = date(2027, 3, 15) + timedelta(days=len(days))
    one, other = compared(days, today), compared(upside_down, today)
    if isinstance(one, Flag):
        assert isinstance(other, Flag)
        assert {one.kind, other.kind} == {Kind.FALL, Kind.RISE}
        assert one.weight == other.weight
    else:
        assert one == other


def asked(days: str) -> list[Asked]:
    """A is answered, n is not."""
    return [Asked(date(2027, 3, 15) + timedelta(days=n), one == "A") for n, one in enumerate(days)]


@pytest.mark.parametrize(
    ("days", "template", "quiet"),
    [
        ("AAAAnnnn", "pulse", (4, 4, 4)),  # the story's Sami by 29 March
        ("AAAAnnn", "pulse", (3, 4, 4)),
        ("AAAAnn", "pulse", None),
        ("AAAAnnnA", "pulse", None),
        ("AnAnnn", "pulse", (3, 2, 3)),
        ("nAnnn", "pulse", (3, 1, 2)),  # half of them is usually
        ("nnAnnn", "pulse", None),
        ("nnnn", "pulse", None),  # never began: not gone
        ("", "pulse", None),
        ("AAnn", "weekly", (2, 2, 2)),
        ("AAn", "weekly", None),
    ],
)
def test_gone_quiet(days: str, template: str, quiet: tuple[int, int, int] | None) -> None:
    found = flags_silence.gone_quiet(3, template, asked(days), RULES)
    if quiet is None:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.level) == (Kind.GONE_QUIET, Level.BLUE)
    assert isinstance(found.figures, Silence)
    assert (found.figures.missed, found.figures.answered, found.figures.asked) == quiet


def test_no_answers_since_the_last_one() -> None:
    found = flags_silence.gone_quiet(3, "pulse", asked("AAAAnnnn"), RULES)
    assert found is not None
    assert isinstance(found.figures, Silence)
    assert found.figures.since == date(2027, 3, 18)


def test_silence_is_worse_once_it_is_twice_as_long() -> None:
    longer = [flags_silence.gone_quiet(3, "pulse", asked("AAAA" + "n" * missed), RULES) for missed in (3, 5, 6)]
    assert [one.weight for one in longer if one is not None] == [1, 1, 2]


TODAY = date(2027, 3, 27)


@pytest.mark.parametrize(
    ("barriers", "raised"),
    [
        ([("27", "not_sure_how")], {"not_sure_how": 1}),
        ([("19", "not_sure_how")], {}),  # eight days ago
        ([("20", "not_sure_how")], {"not_sure_how": 1}),
        ([("25", "did_not_want"), ("26", "did_not_want")], {}),
        ([("21", "did_not_want"), ("25", "did_not_want"), ("26", "did_not_want")], {"did_not_want": 3}),
        ([("10", "did_not_want"), ("25", "did_not_want"), ("26", "did_not_want")], {}),
        ([("25", "no_time"), ("26", "no_time"), ("27", "no_time")], {}),
    ],
)
def test_a_home_step_is_stuck(barriers: list[tuple[str, str]], raised: dict[str, int]) -> None:
    told = [Barrier(date(2027, 3, int(day)), why) for day, why in barriers]
    found = list(flags_home.stuck("step", told, TODAY, RULES))
    assert {flag.figures.why: flag.figures.count for flag in found} == raised  # type: ignore[union-attr]
    assert all(flag.level is Level.BLUE for flag in found)


@pytest.mark.parametrize(
    ("ratings", "apart"),
    [
        ([(1, 20, 7), (2, 27, 4)], (7, 4)),
        ([(1, 20, 7), (2, 27, 5)], None),
        ([(1, 19, 7), (2, 27, 4)], None),  # eight days between them
        ([(1, 20, 2), (1, 26, 7), (2, 27, 5)], None),  # only the newest of each counts
        ([(1, 26, 9), (1, 27, 2)], None),  # one person who changed their mind does not differ
        ([(1, 26, 9), (2, 26, 7), (3, 27, 5)], (9, 5)),
    ],
)
def test_views_differ(ratings: list[tuple[int, int, int]], apart: tuple[int, int] | None) -> None:
    given_ = [View(by, date(2027, 3, day), points) for by, day, points in ratings]
    found = flags_home.differ("5", "Two words", given_, RULES)
    assert (found and (found.figures.high.points, found.figures.low.points)) == apart  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("stopped", "kinds"),
    [("yes", [Kind.LOST_SKILL]), ("not_sure", [Kind.MAYBE_LOST]), ("no", []), ("", [])],
)
def test_a_lost_skill(stopped: str, kinds: list[Kind]) -> None:
    assert [one.kind for one in flags_said.lost_skill(1, stopped)] == kinds


def test_questions_have_an_age_and_danger_comes_first() -> None:
    found = [
        *flags_said.new(1),
        *flags_said.questions([1, 8]),
        *flags_said.lost_skill(1, "yes"),
        *flags_said.urgent(1),
        *flags_said.urgent(0),
    ]
    assert [one.kind for one in in_order(found)] == [Kind.URGENT, Kind.LOST_SKILL, Kind.QUESTION, Kind.NEW]
    assert [one.level for one in in_order(found)] == [Level.RED, Level.AMBER, Level.BLUE, Level.GREEN]
    assert found[1].figures.age == 8  # type: ignore[union-attr]


FALL = Flag(Kind.FALL, Change((), ("hard", "hard"), ("good", "good"), ("ok", "ok"), 9), 1, "pulse.day", weight=4)
MADE = 100 * DAY


@pytest.mark.parametrize(
    ("flag", "told", "shown"),
    [
        (FALL, None, Show.FRESH),
        (FALL, Told(1, MADE, 4, 0, "", ""), Show.FRESH),  # this very digest told it
        (FALL, Told(1, MADE - DAY, 4, 0, "", ""), Show.AGAIN),
        (FALL, Told(1, MADE - 7 * DAY, 4, 0, "", ""), Show.FRESH),
        (FALL, Told(1, MADE - DAY, 3, 0, "", ""), Show.FRESH),  # worse
        (FALL, Told(1, MADE - DAY, 5, 0, "", ""), Show.AGAIN),  # better
        (FALL, Told(1, MADE - DAY, 4, MADE + 1, "known", ""), Show.SNOOZED),
        (FALL, Told(1, MADE - 9 * DAY, 4, MADE, "known", ""), Show.FRESH),
        (FALL, Told(1, MADE - DAY, 3, MADE + 1, "known", ""), Show.FRESH),  # worse than what was put off
        (next(iter(flags_said.questions([8]))), Told(1, MADE - DAY, 1, 0, "", ""), Show.FRESH),
        (next(iter(flags_said.urgent(1))), Told(1, MADE - DAY, 1, MADE + DAY, "known", ""), Show.FRESH),
    ],
)
def test_what_was_told_does_not_come_again_unless_it_is_worse(flag: Flag, told: Told | None, shown: Show) -> None:
    assert flags_memory.show(flag, told, MADE, MADE, RULES) is shown
