"""A sharp fall or rise: the recent answers of one person to one question against that person's own usual ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import figures
from bot.domain.figures import Between, Summary
from bot.domain.flags import Change, Flag, Kind, Rules

POINTS = tuple(str(number) for number in range(11))
"""The scale from 0 to 10."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One answer on a scale: the day it speaks of, and the choice."""

    on: date
    value: str


@dataclass(frozen=True, slots=True)
class TooFew:
    """Nothing can be compared: of how many usual answers, and of how many recent ones."""

    usual: int
    recent: int


def change(
    by: int, subject: str, rated: Sequence[Rated], scale: Sequence[str], today: date, rules: Rules
) -> Flag | TooFew | None:
    """Fall, rise, neither, or too few answers to say. ``rated`` is oldest first, at most one for a day."""
    found = _compared(rated, scale, today, rules)
    if isinstance(found, TooFew):
        return found
    recent, usual, middle = found
    step = rules.points if tuple(scale) == POINTS else rules.steps
    drop = (_twice(usual.median, scale) - _twice(middle.median, scale)) / 2
    if abs(drop) < step:
        return None
    quartile = usual.lower_quartile if drop > 0 else usual.upper_quartile
    if _beyond(recent, quartile, scale, below=drop > 0) < rules.beyond_quartile:
        return None
    reason = Change(tuple(recent), middle.median, usual.median, quartile, usual.n)
    return Flag(Kind.FALL if drop > 0 else Kind.RISE, reason, by, subject, weight=round(abs(drop) * 2))


def _compared(
    rated: Sequence[Rated], scale: Sequence[str], today: date, rules: Rules
) -> tuple[list[str], Summary, Summary] | TooFew:
    last = [one for one in rated[-rules.recent_answers :] if one.on >= today - timedelta(days=rules.recent_days)]
    begins = last[0].on if last else today
    before = rated[: len(rated) - len(last)]
    first = begins - timedelta(days=rules.baseline_days)
    usual = figures.summary([one.value for one in before if first <= one.on < begins], scale)
    middle = figures.summary([one.value for one in last], scale)
    n = usual.n if usual else 0
    if usual is None or middle is None or n < rules.baseline_answers or len(last) < rules.recent_answers:
        return TooFew(n, len(last))
    return [one.value for one in last], usual, middle


def _twice(between: Between, scale: Sequence[str]) -> int:
    """Twice its place on the scale, so that a place between two choices is whole too."""
    low, high = between
    return scale.index(low) + scale.index(high)


def _beyond(recent: Sequence[str], quartile: Between, scale: Sequence[str], *, below: bool) -> int:
    edge = _twice(quartile, scale)
    return sum(2 * scale.index(one) < edge if below else 2 * scale.index(one) > edge for one in recent)
