"""What a digest raises, and how serious it is. Each flag carries the figures that its printed reason needs.

The rules are pure functions over plain values: change in ``flags_change``, silence in ``flags_silence``, what was said
in ``flags_said``, goals and practice in ``flags_home``. Nothing is scored, and no cause is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from bot.domain.figures import Between


class Level(IntEnum):
    """Most serious first."""

    RED = 0
    AMBER = 1
    BLUE = 2
    GREEN = 3


class Kind(StrEnum):
    """Most serious first; of the same level in the order in which they are listed."""

    URGENT = "urgent"
    LOST_SKILL = "lost_skill"
    FALL = "fall"
    STRETCHED = "stretched"
    FEEDBACK = "feedback"
    EATING = "eating"
    MAYBE_LOST = "maybe_lost"
    QUESTION = "question"
    GONE_QUIET = "gone_quiet"
    COULD_NOT_CALM = "could_not_calm"
    STUCK = "stuck"
    DIFFER = "differ"
    NEW = "new"
    RISE = "rise"


LEVELS = {
    Kind.URGENT: Level.RED,
    Kind.LOST_SKILL: Level.AMBER,
    Kind.FALL: Level.AMBER,
    Kind.STRETCHED: Level.AMBER,
    Kind.FEEDBACK: Level.AMBER,
    Kind.EATING: Level.AMBER,
    Kind.MAYBE_LOST: Level.BLUE,
    Kind.QUESTION: Level.BLUE,
    Kind.GONE_QUIET: Level.BLUE,
    Kind.COULD_NOT_CALM: Level.BLUE,
    Kind.STUCK: Level.BLUE,
    Kind.DIFFER: Level.BLUE,
    Kind.NEW: Level.GREEN,
    Kind.RISE: Level.GREEN,
}
ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Rules:
    """Every threshold (the settings ``FLAG_…``). Days are local days before the moment of reading."""

    baseline_days: int = 28
    baseline_answers: int = 5
    recent_answers: int = 3
    recent_days: int = 7
    steps: int = 1  # on a scale of words
    points: int = 2  # on a scale from 0 to 10
    beyond_quartile: int = 2  # so many of the recent answers
    quiet_pulses: int = 3
    quiet_weeklies: int = 2
    quiet_usually_percent: int = 50
    not_sure: int = 1
    did_not_want: int = 3
    stuck_days: int = 7
    apart: int = 3  # points between two ratings of one goal
    apart_days: int = 7
    repeat_days: int = 7
    snooze_days: int = 7

    @property
    def days_back(self) -> int:
        """How many days before the moment of reading any rule looks at."""
        return self.baseline_days + self.recent_days


@dataclass(frozen=True, slots=True)
class Change:
    """Recent answers against the usual ones. ``quartile`` is the lower one for a fall, the upper one for a rise."""

    recent: tuple[str, ...]  # oldest first
    recent_median: Between
    usual: Between
    quartile: Between
    n: int  # answers of the baseline


@dataclass(frozen=True, slots=True)
class Silence:
    """``missed`` in a row up to ``last``, after ``answered`` of ``asked`` before, the last answer ``since``."""

    missed: int
    answered: int
    asked: int
    since: date
    last: date


@dataclass(frozen=True, slots=True)
class Load:
    """How a caregiver is doing. ``call``: they would like one."""

    on: date
    stretched: bool
    call: bool


@dataclass(frozen=True, slots=True)
class Critique:
    """After a visit: the questions answered with No, whether there are words on what to do differently, and whether
    a talk is wished for.
    """

    on: date
    noes: tuple[str, ...]
    words: bool
    talk: bool = False


@dataclass(frozen=True, slots=True)
class Mornings:
    """Said in so many mornings of these days, the last time on that date."""

    count: int
    on: date


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why a home step did not happen (a choice of the practice log), and how often within ``days``."""

    why: str
    count: int
    days: int


@dataclass(frozen=True, slots=True)
class View:
    """How far a goal is reached, of ten, in one person's eyes. ``level``: what the therapist set, which stands there
    as points; None for a caregiver's rating.
    """

    by: int
    on: date
    points: float
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """Two views of one goal."""

    goal: str
    high: View
    low: View


@dataclass(frozen=True, slots=True)
class Count:
    """So many of them; ``age``: days since the oldest."""

    count: int
    age: int = 0


Figures = Change | Silence | Load | Critique | Mornings | Stuck | Apart | Count


@dataclass(frozen=True, slots=True)
class Flag:
    """``by`` is the person it speaks of, 0 where there is not one alone; ``subject`` a question's or a goal's name.

    Two flags of one kind, person and subject are the same flag; the one with the larger ``weight`` is worse.
    """

    kind: Kind
    figures: Figures
    by: int = 0
    subject: str = ""
    weight: int = 1

    @property
    def level(self) -> Level:
        return LEVELS[self.kind]

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.by}:{self.subject}"


def in_order(found: Iterable[Flag]) -> tuple[Flag, ...]:
    """Most serious first, each once; of one kind the heavier first."""
    heaviest = {one.key: one for one in sorted(found, key=lambda one: one.weight)}
    return tuple(sorted(heaviest.values(), key=lambda one: (ORDER.index(one.kind), -one.weight, one.by, one.subject)))
