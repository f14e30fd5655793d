"""The check-in library: every branch, every text, and files that say what is wrong with them."""

from collections.abc import Iterator, Mapping
from itertools import chain, combinations

import pytest

from bot.domain import templates
from bot.domain.templates import Question, Template, Value
from bot.text.catalogue import Catalogue

PULSE, MILESTONE = templates.load()["pulse"], templates.load()["milestone"]
STEP = {"home_step": "Two minutes of pictures at bath time"}
GOOD = """
key: pulse
version: 1
window_minutes: 240
questions:
  - {key: day, type: one, choices: [hard, ok]}
  - {key: say, type: words, accepts: [words], ask_if: {day: [hard]}}
"""


def keys(template: Template, answers: Mapping[str, Value], facts: Mapping[str, str]) -> list[str]:
    return [one.key for one in templates.applicable(template, answers, facts)]


@pytest.mark.parametrize(
    ("answers", "facts", "asked"),
    [
        ({}, {}, ["day", "say"]),
        ({}, STEP, ["day", "step", "say"]),
        ({"day": "very_hard"}, {}, ["day", "hard", "say"]),
        ({"day": "hard"}, STEP, ["day", "hard", "step", "say"]),
        ({"day": "ok"}, {}, ["day", "say"]),
        ({"day": "good"}, STEP, ["day", "step", "say"]),
        ({"day": "great"}, {}, ["day", "well", "say"]),
        ({"day": None}, {}, ["day", "say"]),
        ({"day": "great", "hard": ["tired"]}, {}, ["day", "well", "say"]),  # corrected: the old branch counts no more
        ({}, {"home_step": ""}, ["day", "say"]),
    ],
)
def test_the_pulse_asks(answers: dict[str, Value], facts: dict[str, str], asked: list[str]) -> None:
    assert keys(PULSE, answers, facts) == asked


@pytest.mark.parametrize("stopped", ["no", "not_sure", None])
def test_the_small_win_asks_six(stopped: str | None) -> None:
    assert keys(MILESTONE, {"stopped": stopped}, {}) == ["did", "often", "help", "where", "share", "stopped"]


def test_a_skill_that_was_lost_is_asked_about() -> None:
    assert keys(MILESTONE, {"stopped": "yes"}, {})[-1] == "stopped_what"
    assert templates.closing_lines(MILESTONE, {"often": "first_time", "stopped": "yes"}, {}) == [
        "milestone-often-after-first_time",
        "milestone-stopped-after-yes",
    ]


def test_a_kind_line_follows_the_answer_that_counts() -> None:
    answers: dict[str, Value] = {"day": "very_hard", "hard": ["tired"]}
    assert templates.closing_lines(PULSE, answers, {}) == ["pulse-day-after-very_hard"]
    assert templates.closing_lines(PULSE, answers | {"day": "ok"}, {}) == []


def test_next_question_passes_over_what_was_skipped() -> None:
    asked = templates.next_question(PULSE, {"day": None}, STEP)
    assert asked is not None
    assert asked.key == "step"
    assert templates.next_question(PULSE, {"day": None, "step": None, "say": None}, STEP) is None


def every_value(question: Question) -> list[Value]:
    if question.type == "words":
        return [None]
    if question.type == "scale":
        return [None, *templates.SCALE]
    if question.type == "many":
        pairs = chain.from_iterable(combinations(question.choices, size) for size in (1, 2))
        return [None, *(list(pair) for pair in pairs)]
    return [None, *question.choices]


def walks(template: Template, facts: Mapping[str, str], answers: dict[str, Value]) -> Iterator[dict[str, Value]]:
    question = templates.next_question(template, answers, facts)
    if question is None:
        yield answers
        return
    for value in every_value(question):
        assert value is None or templates.accepts(question, value)
        yield from walks(template, facts, {**answers, question.key: value})


@pytest.mark.parametrize("facts", [{}, STEP])
@pytest.mark.parametrize("template", templates.load().values(), ids=lambda one: one.key)
def test_every_walk_ends_with_each_applicable_question_answered_once(
    template: Template, facts: Mapping[str, str]
) -> None:
    reached: set[str] = set()
    for answers in walks(template, facts, {}):
        assert list(answers) == keys(template, answers, facts)
        assert len(answers) <= 10
        reached |= answers.keys()
    assert reached == {one.key for one in template.questions if one.needs is None or facts}


@pytest.mark.parametrize("template", templates.load().values(), ids=lambda one: one.key)
def test_every_text_is_there(template: Template) -> None:
    voice = Catalogue.load().voice("en")
    wanted = [f"{template.key}-name"]
    for question in template.questions:
        name = f"{template.key}-{question.key}"
        wanted += [name, f"{name}-short", *(f"{name}-{choice}" for choice in question.choices)]
        wanted += question.after.values()
    assert [one for one in wanted if not voice.has(one)] == []


@pytest.mark.parametrize(
    ("question", "value", "accepted"),
    [
        ("day", "good", True),
        ("day", "blue", False),
        ("day", ["good"], False),
        ("day", 3, False),
        ("day", None, False),
        ("hard", ["tired", "sick"], True),
        ("hard", [], True),
        ("hard", ["tired", "tired"], False),
        ("hard", ["tired", "blue"], False),
        ("hard", "tired", False),
        ("say", "words are no value", False),
    ],
)
def test_accepts(question: str, value: Value, accepted: bool) -> None:
    asked = next(one for one in PULSE.questions if one.key == question)
    assert templates.accepts(asked, value) is accepted


@pytest.mark.parametrize(("value", "accepted"), [(0, True), (10, True), (11, False), (-1, False), ("3", False)])
def test_a_scale_accepts_0_to_10(value: Value, accepted: bool) -> None:
    assert templates.accepts(Question(key="close", type="scale"), value) is accepted


def test_what_is_not_built_yet_says_so() -> None:
    assert templates.find("pulse") is PULSE
    with pytest.raises(templates.NotBuilt):
        templates.find("weekly")
    with pytest.raises(KeyError) as caught:
        templates.find("horoscope")
    assert not isinstance(caught.value, templates.NotBuilt)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (GOOD.replace("[hard, ok]", "[hard, hard]"), "stands there twice"),
        (GOOD.replace("[hard, ok]", "[]"), "needs choices"),
        (GOOD.replace("{day: [hard]}", "{mood: [hard]}"), "no earlier question"),
        (GOOD.replace("{day: [hard]}", "{day: [blue]}"), "no choice of day"),
        (GOOD.replace("accepts: [words]", "accepts: [smell]"), "accepts"),
        (GOOD.replace("accepts: [words], ", ""), "accepts belongs"),
        (GOOD.replace("[hard, ok]", "[hard, no]"), "choices"),  # a bare no is false
        (GOOD.replace("key: say", "key: day"), "stands there twice"),
        (GOOD.replace("type: one", "type: guess"), "type"),
        (GOOD.replace("type: one,", "type: one, after: {blue: pulse-name},"), "after names no choice"),
        (GOOD.replace("window_minutes: 240", "window_minutes: 4000"), "late_minutes ends before"),
        (GOOD.replace("version: 1", "version: 0"), "version"),
        (GOOD.replace("version: 1", "version: 1\ncolour: blue"), "colour"),
        (GOOD.replace("key: pulse", "key: weekly"), "its key is weekly"),
        ("key: [", "pulse.yaml"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(wrong: str, says: str) -> None:
    assert templates.read(GOOD, "pulse.yaml").late_minutes == 2880
    with pytest.raises(templates.BrokenLibrary, match=says):
        templates.read(wrong, "pulse.yaml")
