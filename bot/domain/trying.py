"""A template as a family would walk through it, without a family: where each answer leads, and nothing is kept.

The way so far is a text, one sign an answer: the place of the choice (0-9, a-z), or `SKIP`. It fits on a button.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import coping, material, templates
from bot.domain.material import Material
from bot.domain.templates import LAST, Question, Template, Value

SIGNS, SKIP, LONGEST = "0123456789abcdefghijklmnopqrstuvwxyz", "-", 30
FEW, HALF_WAY = 3, 5  # coping cards to choose from; what was said last on a scale
_OF_CARDS = ("coping", "card")


@dataclass(frozen=True, slots=True)
class Tried:
    """``question`` comes next, None at the end; ``lines`` (message ids) follow from the last answer, to ``said``."""

    template: Template
    question: Question | None
    said: Question | None = None
    lines: tuple[str, ...] = ()


def walk(template: Template, way: str, label: str) -> Tried:
    """``label`` stands for whatever is on a list of the child's. A sign that no choice has skips its question."""
    sample = _sample(template, label)
    asked = material.asked(template, sample)
    facts = {**sample.known, **_remembered(asked), **dict.fromkeys(material.OWN_FACTS, label)}
    answers: dict[str, Value] = {}
    at = Tried(asked, templates.next_question(asked, answers, facts))
    for sign in way:
        if at.question is None:
            break
        said = at.question
        answers[said.key] = _value(said, sign)
        lines = tuple(templates.kind_lines(said, answers[said.key], facts))
        at = Tried(asked, templates.next_question(asked, answers, facts), said, lines)
    return at


def _sample(template: Template, label: str) -> Material:
    """A child that has something of everything."""
    return Material(
        {
            name: [(key, "") for key in coping.KEYS[: 1 if name == "card" else FEW]]
            if name in _OF_CARDS
            else [("x", label)]
            for name in material.lists_of(template)
        }
    )


def _remembered(template: Template) -> Mapping[str, str]:
    scales = [one.key for one in template.questions if one.remembers and one.type == "scale"]
    return {LAST + key: json.dumps(HALF_WAY) for key in scales}


def _value(question: Question, sign: str) -> Value:
    choices: list[Value] = list(templates.SCALE) if question.type == "scale" else list(question.choices)
    place = SIGNS.find(sign)
    if not 0 <= place < len(choices):
        return None
    return [str(choices[place])] if question.type == "many" else choices[place]
