"""Honest numbers: medians, quartiles and ranges of answers on a scale of words. Never a mean, never a decimal.

A figure between two choices is given as both of them. Quartiles are the medians of the lower and the upper half; with
an odd number of answers the middle one belongs to neither half (the method of Moore and McCabe).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Between = tuple[str, str]
"""Two choices, low and high; the same one twice where the figure falls on it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """``n`` answers on a scale; ``range`` is the lowest and the highest choice that was made."""

    n: int
    median: Between
    lower_quartile: Between
    upper_quartile: Between
    range: Between


def summary(answers: Iterable[str], scale: Sequence[str]) -> Summary | None:
    """``scale`` runs from low to high. None without answers; ``ValueError`` for an answer that is not on the scale."""
    ranks = sorted(scale.index(answer) for answer in answers)
    if not ranks:
        return None
    half = len(ranks) // 2
    low, high = (ranks[:half], ranks[-half:]) if half else (ranks, ranks)
    return Summary(
        n=len(ranks),
        median=_middle(ranks, scale),
        lower_quartile=_middle(low, scale),
        upper_quartile=_middle(high, scale),
        range=(scale[ranks[0]], scale[ranks[-1]]),
    )


def _middle(ranks: Sequence[int], scale: Sequence[str]) -> Between:
    return scale[ranks[(len(ranks) - 1) // 2]], scale[ranks[len(ranks) // 2]]


def counts(chosen: Iterable[Iterable[str]], choices: Sequence[str]) -> list[tuple[str, int]]:
    """How often each choice was made where several may be, most often first, in the order of ``choices`` on a tie."""
    counted = Counter(choice for several in chosen for choice in several)
    return sorted(((choice, counted[choice]) for choice in choices if counted[choice]), key=lambda one: -one[1])
