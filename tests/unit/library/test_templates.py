"""The check-in library: every branch, every text, and files that say what is wrong with them."""

import random
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import coping, material, templates
from bot.domain.material import Material
from bot.domain.templates import Question, Template, Value
from bot.text.catalogue import Catalogue
from bot.text.screens.wording import Wording
from handlers import offers

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


FULL = Material(
    lists={
        "strategies": (("home_step", "Pictures"), ("breathing", "")),
        "coping": tuple((key, "") for key in coping.KEYS),
        "card": (("breathing", ""),),
        "behaviours": (("b1", "Throws things"), ("b2", "Runs off")),
        "goals": (("g1", "Two words"), ("g22", "Both shoes"), ("g333", "Sleeps alone")),
        "steps": (("s1", "Pictures at bath time"), ("s2", "Brushing")),
    },
    facts={"last:eating": '"much_less"', "last:close.g1": "4"},
)
MOST_TAPS, MOST_ASKED = 12, 10
Walk = dict[str, Value]


def asked_with(template: Template, known: Material) -> Template:
    return material.asked(template, known)


def facts_of(template: Template, known: Material) -> dict[str, str]:
    return {**known.known, **({} if known is material.NOTHING else STEP)}


def some_value(question: Question, pick: Callable[[Sequence[Value]], Value]) -> Value:
    """Skipped, or one of the values that a tap may leave."""
    if question.type == "words":
        return None
    if question.type == "scale":
        return pick([None, *templates.SCALE])
    if question.type == "many":
        return pick([None, *([one] for one in question.choices), list(question.choices)])
    return pick([None, *question.choices])


def walk(template: Template, facts: Mapping[str, str], pick: Callable[[Sequence[Value]], Value]) -> Walk:
    answers: Walk = {}
    while (question := templates.next_question(template, answers, facts)) is not None:
        value = some_value(question, pick)
        assert value is None or templates.accepts(question, value)
        answers[question.key] = value
    return answers


TEMPLATES = pytest.mark.parametrize("template", templates.load().values(), ids=lambda one: one.key)


@TEMPLATES
@given(data=st.data(), full=st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_walk_ends_with_each_applicable_question_answered_once(
    template: Template, data: st.DataObject, full: bool
) -> None:
    known = FULL if full else material.NOTHING
    facts, form = facts_of(template, known), asked_with(template, known)
    answers = walk(form, facts, lambda values: data.draw(st.sampled_from(values)))
    assert list(answers) == keys(form, answers, facts)
    assert len(answers) <= MOST_ASKED
    templates.closing_lines(form, answers, facts)
    templates.flags(form, answers, facts, [key for key, value in answers.items() if value is None])


@TEMPLATES
def test_no_branch_is_dead(template: Template) -> None:
    """Every question is reached, with all that is known of a child or with nothing; every choice can be made."""
    chance = random.Random(1)
    reached: set[str] = set()
    for known in (FULL, material.NOTHING):
        form = asked_with(template, known)
        for _ in range(400):
            answers = walk(form, facts_of(template, known), chance.choice)
            reached |= {one.text for one in form.questions if one.key in answers}
    assert reached == {one.key for one in template.questions}


@TEMPLATES
@pytest.mark.parametrize("known", [FULL, material.NOTHING], ids=["full", "nothing"])
def test_first_buttons_end_it_within_twelve_taps(template: Template, known: Material) -> None:
    facts, form = facts_of(template, known), asked_with(template, known)
    firsts = walk(form, facts, lambda values: values[1])
    taps = [2 if isinstance(value, list) else 1 for value in firsts.values()]  # one more for Done
    assert sum(taps) <= MOST_TAPS


@TEMPLATES
def test_every_text_is_there(template: Template) -> None:
    voice = Catalogue.load().voice("en")
    form = asked_with(template, FULL)
    words = Wording(voice, form, child="Mika", name="Dana", step="Pictures")
    assert words.title()
    for question in form.questions:
        assert words.question(question)
        assert words.short(question)
        assert all(words.choice(question, choice, plain=True) for choice in question.choices)
        lines = [*question.after.values(), *(one.say for one in question.twice.values())]
        assert all(words.line(line, question) for line in lines)


@TEMPLATES
def test_what_it_offers_and_lists_is_there(template: Template) -> None:
    assert material.lists_of(template) <= material.SOURCES.keys()
    assert {offer for one in template.questions for offer in one.offers.values()} <= offers.OFFERS.keys()


@TEMPLATES
def test_a_button_has_room_for_every_answer(template: Template) -> None:
    for question in asked_with(template, FULL).questions:
        longest = max((len(one) for one in question.choices), default=2)
        assert len(f"c:{9 * 10**18}:a:{question.key}:") + longest <= 64


def test_a_list_is_asked_as_it_was() -> None:
    template = templates.load()["basics"]
    form = asked_with(template, FULL)
    assert [one.key for one in form.questions if one.for_each] == ["card_used.breathing", "card_helped.breathing"]
    assert material.read(material.write(FULL)) == FULL
    gone = asked_with(template, material.NOTHING)
    assert not [one for one in gone.questions if one.for_each]
    assert asked_with(PULSE, FULL) is PULSE


def test_the_card_of_the_last_time_is_asked_about_and_how_it_helped() -> None:
    form, facts = asked_with(templates.load()["basics"], FULL), FULL.known
    assert "card_helped.breathing" not in keys(form, {"card_used.breathing": "no"}, facts)
    assert "card_helped.breathing" in keys(form, {"card_used.breathing": "yes"}, facts)


def test_much_less_food_two_days_running_is_said_and_seen() -> None:
    template = templates.load()["basics"]
    again = {"last:eating": '"much_less"'}
    answers: Walk = {"eating": "much_less"}
    assert templates.closing_lines(template, answers, again) == ["basics-eating-twice-much_less"]
    assert templates.flags(template, answers, again) == [("eating", "eating")]
    for last in ({}, {"last:eating": '"less"'}):
        assert templates.closing_lines(template, answers, last) == []
        assert templates.flags(template, answers, last) == []
    assert templates.flags(template, {"eating": "less"}, again) == []


def test_any_no_after_a_visit_asks_whether_to_talk() -> None:
    template = templates.load()["visit"]
    said: Walk = {"heard": "yes", "matters": "mostly", "know": "partly"}
    assert "talk" not in keys(template, said, {})
    assert templates.offers(template, said, {}) == [("howto", "know", "partly")]
    for key in said:
        answers = said | {key: "no"}
        assert "talk" in keys(template, answers, {})
        assert ("feedback", key) in templates.flags(template, answers, {})
    assert templates.flags(template, said, {}, ["differently"]) == [("feedback", "differently")]


def test_very_stretched_is_offered_a_call_and_who_listens() -> None:
    template = templates.load()["weekly"]
    answers: Walk = {"week": "much_harder", "you": "very_stretched", "call": "yes"}
    asked = keys(template, answers, {})
    assert asked[:2] == ["week", "since"]
    assert asked[-1] == "call"
    assert templates.flags(template, answers, {}) == [("stretched", "you"), ("call", "call")]
    assert templates.offers(template, answers, {}) == [("support", "you", "very_stretched")]
    assert [one.key for one in template.questions if one.private] == ["you", "call"]


def test_without_anything_agreed_what_helped_is_asked_in_words() -> None:
    template = templates.load()["weekly"]
    assert "helped_words" in keys(asked_with(template, material.NOTHING), {}, {})
    form = asked_with(template, FULL)
    asked = keys(form, {"helped": ["breathing", "other"]}, FULL.known)
    assert "helped_words" not in asked
    assert "helped_other" in asked


RATING = """
key: goals
version: 1
window_minutes: 2880
questions:
  - {key: close, type: scale, for_each: goals, remembers: before}
  - {key: why, type: words, accepts: [words], for_each: goals, ask_if_moved: {close: 2}}
  - {key: right, type: one, choices: ["yes", "no"], needs: goals, stops: ["no"]}
  - {key: more, type: words, accepts: [words]}
"""


def test_one_question_for_each_goal_and_why_only_where_it_moved() -> None:
    form = asked_with(templates.read(RATING, "goals.yaml"), FULL)
    facts = {**FULL.known, "last:close.g1": "4", "last:close.g22": "4"}
    answers: Walk = {"close.g1": 6, "close.g22": 5, "close.g333": 9}
    assert keys(form, answers, facts) == ["close.g1", "why.g1", "close.g22", "close.g333", "right", "more"]
    assert keys(form, answers | {"right": "no"}, facts)[-1] == "right"
    assert form.questions[1].item == "Two words"
    none = asked_with(templates.read(RATING, "goals.yaml"), material.NOTHING)
    assert keys(none, {}, {}) == ["more"]


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
    for key in templates.KEYS:
        if key not in templates.load():
            with pytest.raises(templates.NotBuilt):
                templates.find(key)
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
        (GOOD.replace("type: one,", "type: one, flags: {blue: sad},"), "flags names no choice"),
        (GOOD.replace("type: one,", "type: one, twice: {hard: {say: pulse-name}},"), "twice needs remembers"),
        (GOOD.replace("type: one,", "type: one, labels: {hard: Hard},"), "filled in when it is asked"),
        (GOOD.replace("type: one,", "type: one, for_each: goals,"), "asked for each of goals"),
        (GOOD.replace("{day: [hard]}", "{day: [hard]}, ask_if_moved: {day: 2}"), "no scale that remembers"),
        (GOOD.replace("key: day, type: one,", "key: day, type: one, lacks: goals,"), "always asked"),
        ("key: [", "pulse.yaml"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(wrong: str, says: str) -> None:
    assert templates.read(GOOD, "pulse.yaml").late_minutes == 2880
    with pytest.raises(templates.BrokenLibrary, match=says):
        templates.read(wrong, "pulse.yaml")
