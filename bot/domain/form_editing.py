"""Changing a template, as plain functions from one to the next. What follows from an answer stays where it was.

Each raises ``Stays`` where the change would leave something that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.domain.templates import MOST, Question, Template

T = TypeVar("T")
LONGEST_NAME, LONGEST_CHOICE, LONGEST_QUESTION = 40, 30, 300
MOST_CHOICES = 12
KINDS = ("one", "many", "words")


class Stays(ValueError):
    """It cannot be changed so; its text says why: ``leads``, ``last``, ``full``, ``scale``."""


def worded(template: Template, language: str, part: str, words: str) -> Template:
    """``part`` as in ``templates.Part``: ``name``, ``<question>``, ``<question>-<choice>``; a question's short name,
    too, where it has none of the library's.
    """
    every = {one: dict(parts) for one, parts in template.words.items()}
    every.setdefault(language, {})[part] = words
    return _made(template, words=every)


def added(template: Template, language: str, kind: str, words: str, yes_no: Sequence[str]) -> tuple[Template, str]:
    """A question at the end, with two choices to begin with, in those words. Also returns its key."""
    if len(template.questions) >= MOST:
        raise Stays("full")
    taken = {one.key for one in template.questions}
    key = next(name for n in count() if (name := f"own_{_letters(n)}") not in taken)
    question: dict[str, Any] = {"key": key, "type": kind}
    question |= {"accepts": ("words", "voice")} if kind == "words" else {"choices": ("yes", "no")}
    made = _made(template, questions=[*_dumped(template.questions), question])
    texts = {key: words, f"{key}-short": words[:LONGEST_NAME]}
    texts |= {} if kind == "words" else {f"{key}-yes": yes_no[0], f"{key}-no": yes_no[1]}
    for part, text in texts.items():
        made = worded(made, language, part, text)
    return made, key


def _letters(number: int) -> str:
    return chr(ord("a") + number % 26) * (number // 26 + 1)


def moved(template: Template, question: str, step: int) -> Template:
    at = _at([one.key for one in template.questions], question)
    return _made(template, questions=_dumped(_swapped(template.questions, at, at + step)))


def removed(template: Template, question: str) -> Template:
    if len(template.questions) == 1:
        raise Stays("last")
    left = [one for one in template.questions if one.key != question]
    return _made(template, questions=_dumped(left), rotates=[one for one in template.rotates if one != question])


def choice_added(template: Template, language: str, question: str, words: str) -> Template:
    asked = _changeable(template, question)
    if len(asked.choices) >= MOST_CHOICES:
        raise Stays("full")
    key = next(name for n in count(1) if (name := f"own{n}") not in asked.choices)
    made = _with(template, question, choices=[*asked.choices, key])
    return worded(made, language, f"{asked.key}-{key}", words)


def choice_moved(template: Template, question: str, choice: str, step: int) -> Template:
    asked = _changeable(template, question)
    at = _at(asked.choices, choice)
    return _with(template, question, choices=_swapped(asked.choices, at, at + step))


def choice_removed(template: Template, question: str, choice: str) -> Template:
    asked = _changeable(template, question)
    if len(asked.choices) == 1 and not asked.choices_from:
        raise Stays("last")
    named = {
        name: {key: what for key, what in getattr(asked, name).items() if key != choice}
        for name in ("after", "flags", "offers")
    }
    twice = {key: what.model_dump() for key, what in asked.twice.items() if key != choice}
    stops = [one for one in asked.stops if one != choice]
    left = [one for one in asked.choices if one != choice]
    return _with(template, question, choices=left, twice=twice, stops=stops, **named)


def _changeable(template: Template, question: str) -> Question:
    """The steps of a scale stay: its figures are compared over time."""
    asked = find(template, question)
    if asked.ordinal:
        raise Stays("scale")
    return asked


def find(template: Template, question: str) -> Question:
    """Raises ``Stays`` where it is no longer there."""
    found = next((one for one in template.questions if one.key == question), None)
    if found is None:
        raise Stays("gone")
    return found


def _at(keys: Sequence[str], key: str) -> int:
    if key not in keys:
        raise Stays("gone")
    return keys.index(key)


def _swapped(of: Sequence[T], one: int, other: int) -> list[T]:
    found = list(of)
    if 0 <= other < len(found):
        found[one], found[other] = found[other], found[one]
    return found


def _dumped(questions: Sequence[Question]) -> list[dict[str, Any]]:
    return [one.model_dump(exclude_defaults=True) for one in questions]


def _with(template: Template, question: str, **changed: Any) -> Template:
    dumped = [{**one, **changed} if one["key"] == question else one for one in _dumped(template.questions)]
    return _made(template, questions=dumped)


def _made(template: Template, **changed: Any) -> Template:
    try:
        return Template.model_validate({**template.model_dump(exclude_defaults=True), **changed})
    except ValidationError as error:
        raise Stays("leads") from error
