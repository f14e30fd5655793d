"""What is known of a child when something is asked: lists to choose from, facts, the caregiver's own answers before.

It is gathered once, when the check-in is made, and kept with it: whoever renames a behaviour or ends a goal later does
not change what was asked. ``asked`` fills it into the template; from then on it is a template like any other.
Questions for each of a list that stand together are asked item by item.

A list has a source here, in ``SOURCES``, that gives its (key, label) pairs in order: keys of at most twelve of a-z, 0-9
and _, the same for ever for the same thing; an empty label says that the catalogue has one, ``<list>-<key>``. A source
reads only what this caregiver may know. A template that uses no list and remembers nothing costs no read.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from bot.domain import behaviour, coping, goals, practice
from bot.domain.templates import LAST, Question, Template
from bot.storage import behaviour as behaviours
from bot.storage import goal_ratings, home_steps
from bot.storage import material as stored
from bot.storage.database import Tx

Pairs = Sequence[tuple[str, str]]
OWN_FACTS = ("home_step",)  # what a check-in has without asking a source


@dataclass(frozen=True, slots=True)
class Whose:
    """For whom it is gathered: a caregiver's seat, asked about a child on a local date."""

    child: int
    person: int
    local_date: str


Source = Callable[[Tx, Whose, int], Awaitable[Pairs]]


@dataclass(frozen=True, slots=True)
class Material:
    """``lists``: (key, label) pairs by name. ``facts``: answers remembered, as JSON under ``last:<question>``."""

    lists: Mapping[str, Pairs] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, str]:
        """As the facts that questions need or lack: a list is known when it holds something."""
        return {**{name: "1" for name, pairs in self.lists.items() if pairs}, **self.facts}


NOTHING = Material()


async def _coping(tx: Tx, whose: Whose, now: int) -> Pairs:
    chosen = await stored.cards_for(tx, whose.person, whose.child, now)
    return [(key, "") for key in coping.KEYS if key in chosen or not chosen]


async def _strategies(tx: Tx, whose: Whose, now: int) -> Pairs:
    """What the family tries these days: the home steps, and the coping cards agreed for the child."""
    cards = await stored.cards_for(tx, whose.person, whose.child, now)
    found = practice.read(await home_steps.for_seat(tx, whose.person, whose.child, now))
    steps = [(one.key, one.text) for one in found if one.lasts_on(date.fromisoformat(whose.local_date))]
    return [*steps, *((key, "") for key in coping.KEYS if key in cards)]


async def _behaviours(tx: Tx, whose: Whose, now: int) -> Pairs:
    """What therapist and family have agreed to look at."""
    found = await behaviours.for_seat(tx, whose.person, whose.child, now)
    return [(behaviour.key_of(row["id"]), row["text"]) for row in found]


async def _card(tx: Tx, whose: Whose, _: int) -> Pairs:
    """The coping card that was taken within the last days and not spoken of since."""
    taken = await stored.last_card(tx, whose.person, whose.child, _days_before(whose, CARD_DAYS), whose.local_date)
    return [(taken, "")] if taken in coping.KEYS else []


async def _goals(tx: Tx, whose: Whose, now: int) -> Pairs:
    """What this caregiver agreed to work on, in the words that they agreed to."""
    mine = await goals.of_seat(tx, whose.person, whose.child, now)
    in_force = [(one.id, version.what) for one in mine.goals if (version := one.in_force(whose.person))]
    return [(goal_ratings.key(goal), words) for goal, words in in_force[: goals.MOST_ACTIVE]]


CARD_DAYS = 7
SOURCES: dict[str, Source] = {
    "behaviours": _behaviours,
    "card": _card,
    "coping": _coping,
    "goals": _goals,
    "strategies": _strategies,
}


def _days_before(whose: Whose, days: int) -> str:
    return (date.fromisoformat(whose.local_date) - timedelta(days=days)).isoformat()


def lists_of(template: Template) -> set[str]:
    """The lists that its questions speak of."""
    names = {name for one in template.questions for name in (one.choices_from, one.for_each, one.needs, one.lacks)}
    return {name for name in names if name is not None} - set(OWN_FACTS)


async def gather(tx: Tx, template: Template, whose: Whose, now: int) -> Material:
    """All that this template asks about. Raises ``KeyError`` for a list without a source."""
    lists = {name: list(await SOURCES[name](tx, whose, now)) for name in sorted(lists_of(template))}
    remembering = [one for one in template.questions if one.remembers]
    facts = {}
    for question in remembering:
        for key in _keys(question, lists):
            since = _days_before(whose, 1) if question.remembers == "yesterday" else ""
            last = await stored.last_answer(tx, whose.person, whose.child, template.key, key, since, whose.local_date)
            if last is not None:
                facts[LAST + key] = last
    return Material(lists, facts)


def _keys(question: Question, lists: Mapping[str, Pairs]) -> Iterable[str]:
    return [question.key] if not question.for_each else [f"{question.key}.{key}" for key, _ in lists[question.for_each]]


def write(material: Material) -> str:
    """As it is kept with the check-in; "" where there is nothing."""
    if not material.lists and not material.facts:
        return ""
    return json.dumps({"lists": material.lists, "facts": material.facts}, ensure_ascii=False)


@lru_cache(maxsize=512)
def read(kept: str) -> Material:
    if not kept:
        return NOTHING
    found = json.loads(kept)
    lists = {name: tuple((key, label) for key, label in pairs) for name, pairs in found["lists"].items()}
    return Material(lists, found["facts"])


def asked(template: Template, material: Material) -> Template:
    """The template with the lists in it: choices of a list, a question for each of a list."""
    if not lists_of(template):
        return template
    questions: list[Question] = []
    for name, group in groupby(template.questions, key=lambda one: one.for_each):
        filled = [_filled(one, material.lists) for one in group]
        for key, label in material.lists.get(name, ()) if name else ():
            questions += [_for(one, key, label) for one in filled]
        questions += [] if name else filled
    return template.model_copy(update={"questions": tuple(questions)})


def _filled(question: Question, lists: Mapping[str, Pairs]) -> Question:
    """With the choices of its list. Without any, what is left of its own is no choice unless there are several."""
    if not question.choices_from:
        return question
    labels = dict(lists.get(question.choices_from, ()))
    own = question.choices if labels or len(question.choices) > 1 else ()
    return question.model_copy(update={"choices": (*labels, *own), "labels": labels})


def _for(question: Question, key: str, label: str) -> Question:
    """The question about one of them. What it is asked after is asked about the same one."""

    def named(by_question: Mapping[str, object]) -> dict[str, object]:
        return {f"{one}.{key}": what for one, what in by_question.items()}

    return question.model_copy(
        update={
            "key": f"{question.key}.{key}",
            "of": question.key,
            "item": label,
            "ask_if": named(question.ask_if),
            "ask_if_any": named(question.ask_if_any),
            "ask_if_moved": named(question.ask_if_moved),
        }
    )
