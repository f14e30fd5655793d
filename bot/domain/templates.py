"""The check-in library: what is asked, in which order, and what leads where. Data in ``bot/library/checkins``.

A question's texts stand in the catalogue by convention: ``<template>-<question>``, ``<template>-<question>-short``
for receipts and digests, ``<template>-<question>-<choice>``; the template's own name is ``<template>-name``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

LIBRARY = Path(__file__).parents[1] / "library" / "checkins"

KEYS = ("pulse", "weekly", "practice", "behaviour", "milestone", "goals", "visit", "basics")
"""Every template there will be; those without a file are not built yet."""

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
QuestionKey = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,19}$")]
MessageId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
TURN = "turn"  # the fact that says whose turn it is among the questions that rotate: a local date
SHORT = "short"  # the fact that only the first question is asked: the family has a busy week
Value = str | list[str] | int | None
SCALE = range(11)


class NotBuilt(KeyError):
    """The name of a template that the library does not hold yet."""


class BrokenLibrary(ValueError):
    """A file of the library that cannot be used; the message names the file, the place and what is wrong."""


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(Strict):
    """``ask_if``: every question named there was answered with one of these. ``needs``: a fact that must be known.

    ``after``: the message to say once this choice is made. ``ordinal``: the choices run from low to high.
    """

    key: QuestionKey
    type: Literal["one", "many", "scale", "band", "words"]
    choices: tuple[Key, ...] = ()
    ask_if: Mapping[QuestionKey, tuple[Key, ...]] = Field(default_factory=dict)
    needs: Literal["home_step"] | None = None
    accepts: tuple[Literal["words", "voice", "photo"], ...] = ()
    after: Mapping[Key, MessageId] = Field(default_factory=dict)
    ordinal: bool = False

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        has_choices = self.type in ("one", "many", "band")
        if has_choices != bool(self.choices):
            raise ValueError(f"{self.key}: {self.type} " + ("needs choices" if has_choices else "has no choices"))
        if (self.type == "words") != bool(self.accepts):
            raise ValueError(f"{self.key}: accepts belongs to a question for words, and only there")
        if len(set(self.choices)) < len(self.choices):
            raise ValueError(f"{self.key}: a choice stands there twice")
        if unknown := self.after.keys() - set(self.choices):
            raise ValueError(f"{self.key}: after names no choice: {', '.join(sorted(unknown))}")
        if self.ordinal and self.type not in ("one", "band"):
            raise ValueError(f"{self.key}: only one choice of several can be ordinal")
        return self


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
    questions: tuple[Question, ...] = Field(min_length=1, max_length=10)

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.late_minutes < self.window_minutes:
            raise ValueError("late_minutes ends before window_minutes")
        if self.grace_minutes > self.window_minutes:
            raise ValueError("grace_minutes goes on after window_minutes")
        if self.questions[0].key in self.rotates or not set(self.rotates) <= {one.key for one in self.questions}:
            raise ValueError("rotates names the first question, or none that is there")
        if self.questions[0].ask_if or self.questions[0].needs:
            raise ValueError("the first question is always asked")
        earlier: dict[str, Question] = {}
        for question in self.questions:
            if question.key in earlier:
                raise ValueError(f"{question.key}: stands there twice")
            for key, choices in question.ask_if.items():
                if key not in earlier:
                    raise ValueError(f"{question.key}: ask_if names {key}, which is no earlier question")
                if not choices or not set(choices) <= set(earlier[key].choices):
                    raise ValueError(f"{question.key}: ask_if names no choice of {key}: {', '.join(choices)}")
            earlier[question.key] = question
        return self


@cache
def load() -> Mapping[str, Template]:
    """The library by key. Raises ``BrokenLibrary``."""
    found = [read(path.read_text(encoding="utf-8"), path.name) for path in sorted(LIBRARY.glob("*.yaml"))]
    for template in found:
        if template.key not in KEYS:
            raise BrokenLibrary(f"{template.key}: not a template of the contract")
    return MappingProxyType({template.key: template for template in found})


def find(key: str) -> Template:
    """Raises ``NotBuilt`` for a template that is to come, ``KeyError`` for one that never was."""
    if key not in load():
        raise NotBuilt(key) if key in KEYS else KeyError(key)
    return load()[key]


def read(source: str, name: str) -> Template:
    """One file of the library. Raises ``BrokenLibrary``."""
    try:
        template = Template.model_validate(yaml.safe_load(source))
    except yaml.YAMLError as error:
        raise BrokenLibrary(f"{name}: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise BrokenLibrary(f"{name}: {wrong}") from error
    if f"{template.key}.yaml" != name:
        raise BrokenLibrary(f"{name}: its key is {template.key}")
    return template


def applicable(template: Template, answers: Mapping[str, Value], facts: Mapping[str, str]) -> list[Question]:
    """The questions that are asked, as far as the answers go, in their order.

    An answer on a branch that a correction has left leads nowhere. None: skipped, or answered in words.
    """
    asked: dict[str, Question] = {}
    for question in template.questions[:1] if facts.get(SHORT) else template.questions:
        known = (question.needs is None or facts.get(question.needs)) and _has_its_turn(template, question, facts)
        if known and all(
            key in asked and _chose(answers.get(key), choices) for key, choices in question.ask_if.items()
        ):
            asked[question.key] = question
    return list(asked.values())


def _has_its_turn(template: Template, question: Question, facts: Mapping[str, str]) -> bool:
    """The same one for the whole of a check-in, and on its day only; all of them where no day is known."""
    day = facts.get(TURN)
    if day is None or question.key not in template.rotates:
        return True
    return template.rotates[date.fromisoformat(day).toordinal() % len(template.rotates)] == question.key


def _chose(value: Value, choices: tuple[str, ...]) -> bool:
    return not set(value if isinstance(value, list) else [value]).isdisjoint(choices)


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


def closing_lines(template: Template, answers: Mapping[str, Value], facts: Mapping[str, str]) -> list[str]:
    """The message ids of ``after`` for all that was chosen, in the order of the questions."""
    return [
        question.after[choice]
        for question in applicable(template, answers, facts)
        for choice in question.choices
        if choice in question.after and _chose(answers.get(question.key), (choice,))
    ]
