"""The check-in library: what is asked, in which order, and what leads where. Data in ``bot/library/checkins``.

A question's texts stand in the catalogue by convention: ``<template>-<question>``, ``<template>-<question>-short``
for receipts and digests, ``<template>-<question>-<choice>``; the template's own name is ``<template>-name``.

Beside its own choices a question may use what is known of the child when it is asked (``bot.domain.material``):

``choices_from: behaviours``  its choices are that list, then its own ``choices``
``for_each: goals``           it is asked once for each of that list, as ``<question>.<item>``; its text has ``$item``
``needs``/``lacks``           a fact or a list that has to be known, or not to be
``remembers: yesterday``      the caregiver's own last answer is known, but not shown: of the day before, or of any day
                              (``before``)
``ask_if_any``                one of the questions named there was answered with one of these (``ask_if``: every one)
``ask_if_moved: {close: 2}``  that 0-10 answer is so far from the one remembered; not the first time

What follows from an answer, each by its choice (``words``: anything was written or sent; ``listed``: any choice of the
list): ``after`` says a kind line; ``twice`` says another one where the answer remembered was the same; ``flags``
names what the therapist has to see; ``offers`` what the parent is offered once the check-in is done
(``handlers/offers.py``); ``stops: [choice]`` ends the form there. ``private`` answers are for the therapist alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.library import parsed

LIBRARY = Path(__file__).parents[1] / "library" / "checkins"
EARLIER = LIBRARY / "earlier"

KEYS = ("pulse", "weekly", "practice", "behaviour", "milestone", "goals", "visit", "basics")
"""Every template there will be; those without a file are not built yet."""

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
QuestionKey = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,19}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")]
Part = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]  # name, day, day-short, day-good
Own = Annotated[str, Field(min_length=1, max_length=400)]
MessageId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
WORDS, LISTED_ANY = "words", "listed"  # what stands for a choice: anything said; any choice of the list
LISTED = 12  # the longest key that a list may have
ROOM = 40  # what the data of a button has left for a question and its choice
LAST = "last:"  # the fact that is an answer remembered, as JSON: ``last:eating``
TURN = "turn"  # the fact that says whose turn it is among the questions that rotate: a local date
SHORT = "short"  # the fact that only the first question is asked: the family has a busy week
Value = str | list[str] | int | None
SCALE = range(11)
MOST = 12  # questions of a template; a test holds that no family is asked more than ten of them


class NotBuilt(KeyError):
    """The name of a template that the library does not hold yet."""


class BrokenLibrary(ValueError):
    """A file of the library that cannot be used; the message names the file, the place and what is wrong."""


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Twice(Strict):
    """What follows from the same answer two times running."""

    say: MessageId
    flag: Key | None = None


class Question(Strict):
    """One question; the module says what its fields do. ``ordinal``: the choices run from low to high.

    ``of``, ``item`` and ``labels`` are no part of a file: they are filled in when it is asked (``material.asked``).
    """

    key: QuestionKey
    type: Literal["one", "many", "scale", "band", "words"]
    choices: tuple[Key, ...] = ()
    choices_from: Key | None = None
    for_each: Key | None = None
    ask_if: Mapping[QuestionKey, tuple[Key, ...]] = Field(default_factory=dict)
    ask_if_any: Mapping[QuestionKey, tuple[Key, ...]] = Field(default_factory=dict)
    ask_if_moved: Mapping[QuestionKey, Annotated[int, Field(ge=1, le=10)]] = Field(default_factory=dict)
    needs: Key | None = None
    lacks: Key | None = None
    remembers: Literal["yesterday", "before"] | None = None
    accepts: tuple[Literal["words", "voice", "photo"], ...] = ()
    after: Mapping[Key, MessageId] = Field(default_factory=dict)
    twice: Mapping[Key, Twice] = Field(default_factory=dict)
    flags: Mapping[Key, Key] = Field(default_factory=dict)
    offers: Mapping[Key, Key] = Field(default_factory=dict)
    stops: tuple[Key, ...] = ()
    ordinal: bool = False
    private: bool = False
    of: str = ""  # the question of the template that this one is
    item: str = ""  # what it is asked about
    labels: Mapping[str, str] = Field(default_factory=dict)  # choices of the list; "": the catalogue has a text

    @property
    def text(self) -> str:
        """The part of its texts' names that stands for it."""
        return self.of or self.key

    @model_validator(mode="before")
    @classmethod
    def _is_of_a_file(cls, given: Any) -> Any:
        if isinstance(given, dict) and (filled := {"of", "item", "labels"} & given.keys()):
            raise ValueError(f"{', '.join(sorted(filled))}: filled in when it is asked")
        return given

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        has_choices = self.type in ("one", "many", "band")
        if has_choices != bool(self.choices or self.choices_from):
            raise ValueError(f"{self.key}: {self.type} " + ("needs choices" if has_choices else "has no choices"))
        if (self.type == "words") != bool(self.accepts):
            raise ValueError(f"{self.key}: accepts belongs to a question for words, and only there")
        if len(set(self.choices)) < len(self.choices):
            raise ValueError(f"{self.key}: a choice stands there twice")
        self._names_its_choices()
        if self.ordinal and (self.type not in ("one", "band") or self.choices_from):
            raise ValueError(f"{self.key}: only one choice of several can be ordinal")
        if self.twice and not self.remembers:
            raise ValueError(f"{self.key}: twice needs remembers")
        longest = max((len(one) for one in self.choices), default=0)
        if self.for_each and len(self.key) + 1 + LISTED + 1 + longest > ROOM:
            raise ValueError(f"{self.key}: too long a name to be asked for each")
        return self

    def _names_its_choices(self) -> None:
        known = {
            *self.choices,
            *([WORDS] if self.type == "words" else []),
            *([LISTED_ANY] if self.choices_from else []),
        }
        for name, named in (
            ("after", self.after),
            ("twice", self.twice),
            ("flags", self.flags),
            ("offers", self.offers),
        ):
            if unknown := named.keys() - known:
                raise ValueError(f"{self.key}: {name} names no choice: {', '.join(sorted(unknown))}")
        if unknown := set(self.stops) - set(self.choices):
            raise ValueError(f"{self.key}: stops names no choice: {', '.join(sorted(unknown))}")


class Template(Strict):
    """A form. It is open for ``window_minutes`` after it was due, and takes late answers for ``late_minutes``.

    After an outage it is still worth asking for ``grace_minutes`` (0: for the whole window). Of the questions named in
    ``rotates`` one is asked each day, in turn.
    """

    key: Key
    version: int = Field(ge=1)
    window_minutes: int = Field(ge=1)
    late_minutes: int = Field(default=2880, ge=1)
    grace_minutes: int = Field(default=0, ge=0)
    rotates: tuple[QuestionKey, ...] = ()
    based_on: Key | None = None  # one of one's own: the template of the library that it was copied from
    words: Mapping[Language, Mapping[Part, Own]] = Field(default_factory=dict)  # where they differ from that one's
    questions: tuple[Question, ...] = Field(min_length=1, max_length=MOST)

    @property
    def family(self) -> str:
        """The template of the library that it is, or was copied from: what its answers mean, and its texts' names."""
        return self.based_on or self.key

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.late_minutes < self.window_minutes:
            raise ValueError("late_minutes ends before window_minutes")
        if self.grace_minutes > self.window_minutes:
            raise ValueError("grace_minutes goes on after window_minutes")
        first = self.questions[0]
        if first.key in self.rotates or not set(self.rotates) <= {one.key for one in self.questions}:
            raise ValueError("rotates names the first question, or none that is there")
        if first.ask_if or first.ask_if_any or first.ask_if_moved or first.needs or first.lacks:
            raise ValueError("the first question is always asked")
        earlier: dict[str, Question] = {}
        for question in self.questions:
            if question.key in earlier:
                raise ValueError(f"{question.key}: stands there twice")
            _follows(question, earlier)
            earlier[question.key] = question
        return self


def _follows(question: Question, earlier: Mapping[str, Question]) -> None:
    """What it is asked after stands before it. Raises ``ValueError``."""
    for name, asked_if in (("ask_if", question.ask_if), ("ask_if_any", question.ask_if_any)):
        for key, choices in asked_if.items():
            _is_earlier(question, earlier, name, key)
            known = {*earlier[key].choices, *([LISTED_ANY] if earlier[key].choices_from else [])}
            if not choices or not set(choices) <= known:
                raise ValueError(f"{question.key}: {name} names no choice of {key}: {', '.join(choices)}")
    for key in question.ask_if_moved:
        _is_earlier(question, earlier, "ask_if_moved", key)
        if earlier[key].type != "scale" or not earlier[key].remembers:
            raise ValueError(f"{question.key}: ask_if_moved names {key}, which is no scale that remembers")


def _is_earlier(question: Question, earlier: Mapping[str, Question], name: str, key: str) -> None:
    if key not in earlier:
        raise ValueError(f"{question.key}: {name} names {key}, which is no earlier question")
    if earlier[key].for_each not in (None, question.for_each):
        raise ValueError(f"{question.key}: {name} names {key}, which is asked for each of {earlier[key].for_each}")


@cache
def load() -> Mapping[str, Template]:
    """The library by key. Raises ``BrokenLibrary``."""
    found = [read(path.read_text(encoding="utf-8"), path.name) for path in sorted(LIBRARY.glob("*.yaml"))]
    for template in found:
        if template.key not in KEYS:
            raise BrokenLibrary(f"{template.key}: not a template of the contract")
    return MappingProxyType({template.key: template for template in found})


@cache
def _earlier() -> Mapping[tuple[str, int], Template]:
    """Versions that are asked no more, and that answers still point at: ``earlier/<key>-<version>.yaml``."""
    found = [read(path.read_text(encoding="utf-8"), path.name) for path in sorted(EARLIER.glob("*.yaml"))]
    return {(one.key, one.version): one for one in found}


@lru_cache(maxsize=256)
def _own(body: str) -> Template:
    return Template.model_validate_json(body)


def of(key: str, version: int, body: str | None) -> Template:
    """The template that a check-in was made from. ``body``: its JSON, where it is not of the library."""
    if body:
        return _own(body)
    return _earlier().get((key, version)) or load()[key]


def family(key: str, version: int, body: str | None) -> str:
    """What the answers to it mean: the template of the library that it is, or was copied from."""
    return of(key, version, body).family if body else key


def find(key: str) -> Template:
    """Raises ``NotBuilt`` for a template that is to come, ``KeyError`` for one that never was."""
    if key not in load():
        raise NotBuilt(key) if key in KEYS else KeyError(key)
    return load()[key]


def read(source: str, name: str, *, named: bool = True) -> Template:
    """One file; one of the library is ``named`` for its key. Raises ``BrokenLibrary``."""
    try:
        template = Template.model_validate(parsed(source))
    except yaml.YAMLError as error:
        raise BrokenLibrary(f"{name}: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise BrokenLibrary(f"{name}: {wrong}") from error
    if named and name not in (f"{template.key}.yaml", f"{template.key}-{template.version}.yaml"):
        raise BrokenLibrary(f"{name}: its key is {template.key}")
    return template


def applicable(template: Template, answers: Mapping[str, Value], facts: Mapping[str, str]) -> list[Question]:
    """The questions that are asked, as far as the answers go, in their order.

    An answer on a branch that a correction has left leads nowhere. None: skipped, or answered in words.
    """
    asked: dict[str, Question] = {}
    for question in template.questions[:1] if facts.get(SHORT) else template.questions:
        turn = _has_its_turn(template, question, facts)
        if turn and _known(question, facts) and _led_to(question, asked, answers, facts):
            asked[question.key] = question
            if _chose(question, answers.get(question.key), question.stops):
                break
    return list(asked.values())


def _has_its_turn(template: Template, question: Question, facts: Mapping[str, str]) -> bool:
    """The same one for the whole of a check-in, and on its day only; all of them where no day is known."""
    day = facts.get(TURN)
    if day is None or question.text not in template.rotates:
        return True
    return template.rotates[date.fromisoformat(day).toordinal() % len(template.rotates)] == question.text


def _known(question: Question, facts: Mapping[str, str]) -> bool:
    has_choices = question.type in ("words", "scale") or bool(question.choices)
    known = question.needs is None or bool(facts.get(question.needs))
    return has_choices and known and not (question.lacks and facts.get(question.lacks))


def _led_to(
    question: Question, asked: Mapping[str, Question], answers: Mapping[str, Value], facts: Mapping[str, str]
) -> bool:
    def led(key: str, choices: tuple[str, ...]) -> bool:
        return key in asked and _chose(asked[key], answers.get(key), choices)

    return (
        all(led(key, choices) for key, choices in question.ask_if.items())
        and (not question.ask_if_any or any(led(key, choices) for key, choices in question.ask_if_any.items()))
        and all(key in asked and _moved(answers.get(key), key, facts) >= n for key, n in question.ask_if_moved.items())
    )


def _moved(value: Value, key: str, facts: Mapping[str, str]) -> int:
    last = remembered(key, facts)
    return abs(value - last) if isinstance(value, int) and isinstance(last, int) else 0


def remembered(key: str, facts: Mapping[str, str]) -> Value:
    """The caregiver's own answer before, to a question that ``remembers``; None where there is none."""
    found: Value = json.loads(facts.get(LAST + key, "null"))
    return found


def _chose(question: Question, value: Value, choices: Collection[str]) -> bool:
    given = {str(one) for one in (value if isinstance(value, list) else [value])}
    return not given.isdisjoint(choices) or (LISTED_ANY in choices and not given.isdisjoint(question.labels))


def next_question(template: Template, answers: Mapping[str, Value], facts: Mapping[str, str]) -> Question | None:
    """The first applicable question without an answer (a skipped one has None as its answer); None: all are."""
    return next((one for one in applicable(template, answers, facts) if one.key not in answers), None)


def accepts(question: Question, value: Value) -> bool:
    """Whether a tap may leave this value. An empty list is several choices with none left; words are no value."""
    if question.type == "scale":
        return isinstance(value, int) and not isinstance(value, bool) and value in SCALE
    if question.type == "many":
        return isinstance(value, list) and len(set(value)) == len(value) and set(value) <= set(question.choices)
    return isinstance(value, str) and value in question.choices


def kind_lines(question: Question, value: Value, facts: Mapping[str, str]) -> list[str]:
    """The message ids that follow from one answer."""
    twice = {} if value != remembered(question.key, facts) else question.twice
    return [
        twice[choice].say if choice in twice else question.after[choice]
        for choice in question.choices
        if choice in {**question.after, **twice} and _chose(question, value, (choice,))
    ]


def closing_lines(template: Template, answers: Mapping[str, Value], facts: Mapping[str, str]) -> list[str]:
    """The message ids that follow from all that was chosen, in the order of the questions."""
    asked = applicable(template, answers, facts)
    return [line for question in asked for line in kind_lines(question, answers.get(question.key), facts)]


def flags(
    template: Template, answers: Mapping[str, Value], facts: Mapping[str, str], worded: Collection[str] = ()
) -> list[tuple[str, str]]:
    """(flag, question) for all that the therapist has to see. ``worded``: what was answered in words or media."""
    found = []
    for question in applicable(template, answers, facts):
        value = answers.get(question.key)
        found += [(flag, question.key) for flag in _following(question, value, question.flags, worded)]
        if value == remembered(question.key, facts):
            twice = {choice: one.flag for choice, one in question.twice.items() if one.flag}
            found += [(flag, question.key) for flag in _following(question, value, twice, worded)]
    return found


def offers(template: Template, answers: Mapping[str, Value], facts: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(offer, question, choice) for all that the parent is offered at the end; each offer once."""
    found: dict[str, tuple[str, str, str]] = {}
    for question in applicable(template, answers, facts):
        value = answers.get(question.key)
        for offer in _following(question, value, question.offers, ()):
            found.setdefault(offer, (offer, question.key, str(value)))
    return list(found.values())


def _following(question: Question, value: Value, named: Mapping[str, str], worded: Collection[str]) -> list[str]:
    return [
        what
        for choice, what in named.items()
        if _chose(question, value, (choice,)) or (choice == WORDS and question.key in worded)
    ]
