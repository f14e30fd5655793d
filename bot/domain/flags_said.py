"""Flags for what was said: urgent help, a missed skill, a load, feedback, hard mornings, a question, something new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.flags import Count, Critique, Flag, Kind, Load, Mornings

NO = "no"


def urgent(presses: int) -> Iterable[Flag]:
    """Urgent help was asked for so many times."""
    if presses:
        yield Flag(Kind.URGENT, Count(presses), weight=presses)


def lost_skill(by: int, stopped: str) -> Iterable[Flag]:
    """The answer to "has the child stopped doing something": yes comes before all but danger, "not sure" later."""
    kinds = {"yes": Kind.LOST_SKILL, "not_sure": Kind.MAYBE_LOST}
    if stopped in kinds:
        yield Flag(kinds[stopped], Count(1), by)


def stretched(by: int, on: date, *, very: bool, call: bool) -> Flag:
    """How the caregiver is doing, and whether a call was asked for."""
    return Flag(Kind.STRETCHED, Load(on, stretched=very, call=call), by, weight=1 + call)


def feedback(by: int, on: date, noes: Sequence[str], *, said: bool, talk: bool) -> Flag:
    """Any No after a visit, or something ``said`` on what to do differently. ``noes`` are questions."""
    weight = 1 + len(noes) + talk
    return Flag(Kind.FEEDBACK, Critique(on, tuple(noes), said, talk), by, "visit", weight)


def eating(by: int, on: date) -> Flag:
    """Much less was eaten, for the second day."""
    return Flag(Kind.EATING, Mornings(1, on), by)


def could_not_calm(by: int, on: date, mornings: int) -> Flag:
    return Flag(Kind.COULD_NOT_CALM, Mornings(mornings, on), by, weight=mornings)


def questions(ages: Sequence[int]) -> Iterable[Flag]:
    """Open ones, by their age in days."""
    if ages:
        yield Flag(Kind.QUESTION, Count(len(ages), max(ages)), weight=len(ages))


def new(wins: int) -> Iterable[Flag]:
    if wins:
        yield Flag(Kind.NEW, Count(wins), weight=wins)
