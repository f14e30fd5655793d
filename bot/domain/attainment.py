"""The T-score of Goal Attainment Scaling (Kiresuk and Sherman 1968), for the therapist only. Pure.

T = 50 + 10 * sum(w x) / sqrt((1 - rho) * sum(w^2) + rho * (sum w)^2), with rho = 0.3 by convention: 50 where all goals
came out as expected, with a spread of about 10 where goals are set well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from bot.domain.goals import Goal

RHO = 0.3


@dataclass(frozen=True, slots=True)
class Score:
    """``t`` is None without a scored goal that weighs anything. ``scored`` of ``goals``: the rest is left out."""

    t: float | None
    scored: int
    goals: int


def t_score(weighted: Sequence[tuple[int, int]]) -> float | None:
    """Pairs of (weight, level). None where nothing is scored, or all weights are zero."""
    spread = sqrt((1 - RHO) * sum(w * w for w, _ in weighted) + RHO * sum(w for w, _ in weighted) ** 2)
    return 50 + 10 * sum(w * x for w, x in weighted) / spread if spread else None


def weight(goal: Goal) -> int:
    """Importance times difficulty; 1 where it was not weighed."""
    if goal.importance is None or goal.difficulty is None:
        return 1
    return goal.importance * goal.difficulty


def score(goals: Sequence[Goal]) -> Score:
    """Of the goals that are worked on; those without a level are left out, and counted."""
    scored = [(weight(one), one.level.level) for one in goals if one.level is not None]
    return Score(t_score(scored), len(scored), len(goals))
