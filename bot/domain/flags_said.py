"""Flags for what was said: urgent help, a skill that is missed, a load, feedback, a question, something new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.flags import Count, Critique, Flag, Kind, Load

STRETCHED = "very_stretched"
NO = "no"
ASKED = ("heard", "matters", "know")  # after a visit; that no talk is wanted is no complaint


def urgent(presses: int) -> Iterable[Flag]:
    """Urgent help was asked for so many times."""
    if presses:
        yield Flag(Kind.URGENT, Count(presses), weight=presses)


def lost_skill(by: int, stopped: str) -> Iterable[Flag]:
    """The answer to "has the child stopped doing something": yes comes before all but danger, "not sure" later."""
    kinds = {"yes": Kind.LOST_SKILL, "not_sure": Kind.MAYBE_LOST}
    if stopped in kinds:
        yield Flag(kinds[stopped], Count(1), by)


def stretched(by: int, on: date, doing: str, call: str) -> Iterable[Flag]:
    """How the caregiver is doing, and whether a call was asked for; "" where it was not said."""
    load = Load(on, stretched=doing == STRETCHED, call=call == "yes")
    if load.stretched or load.call:
        yield Flag(Kind.STRETCHED, load, by, weight=1 + load.call)


def feedback(by: int, on: date, answers: Mapping[str, str], *, said: bool) -> Iterable[Flag]:
    """Any No after a visit, or something ``said`` on what to do differently. ``answers`` are choices by question."""
    noes = tuple(question for question in ASKED if answers.get(question) == NO)
    if noes or said:
        yield Flag(Kind.FEEDBACK, Critique(on, noes, said), by, "visit", weight=1 + len(noes))


def questions(ages: Sequence[int]) -> Iterable[Flag]:
    """Open ones, by their age in days."""
    if ages:
        yield Flag(Kind.QUESTION, Count(len(ages), max(ages)), weight=len(ages))


def new(wins: int) -> Iterable[Flag]:
    if wins:
        yield Flag(Kind.NEW, Count(wins), weight=wins)
