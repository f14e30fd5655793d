"""Goals of one family as a digest tells them: each pair of eyes alone, the therapist's level, what to talk about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain import flags_home, goal_ratings, goal_shaping
from bot.domain.digest_period import HIDDEN, OLD, Period
from bot.domain.flags import Flag, Rules
from bot.domain.goal_ratings import Beside, Course, Rating
from bot.domain.goals import Goal, Goals, Level, Word
from bot.model import Media

RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Aims:
    """What was read of one child. ``ratings`` and ``beside`` are by goal."""

    goals: Goals
    ratings: Mapping[int, Sequence[Rating]] = field(default_factory=dict)
    beside: Mapping[int, Sequence[Beside]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rated:
    """One caregiver's own course: ``start`` to ``now`` of ten since the date ``since``, in ``n`` ratings."""

    by: int
    start: int
    now: int
    n: int
    since: date
    on: date
    old: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """One active goal. ``level``: what the therapist set last, and its date."""

    what: str
    rated: tuple[Rated, ...]
    level: tuple[int, date] | None


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to talk about. ``kind``: right (it is not the right goal any more), change or talk (as to a
    proposal); with the words that were said, if there were any.
    """

    kind: str
    goal: str
    by: int
    on: date
    at: int
    text: str | None = None
    media: Media | None = None


def of(aims: Aims, period: Period) -> tuple[Aim, ...]:
    """Active goals of which there is anything to tell; what is older than two months is not shown."""
    found = (_aim(one, aims.ratings.get(one.id, ()), period) for one in _active(aims))
    return tuple(one for one in found if one.rated or one.level)


def _active(aims: Aims) -> Iterator[Goal]:
    return (one for one in aims.goals.goals if one.active)


def _aim(goal: Goal, ratings: Sequence[Rating], period: Period) -> Aim:
    told = [one for one in goal_ratings.courses(ratings) if period.days_since(one.now.at) <= HIDDEN]
    return Aim(title(goal), tuple(_rated(one, period) for one in told), _level(goal.level, period))


def title(goal: Goal) -> str:
    """What somebody agreed to; while nobody has, what was proposed."""
    version = goal_shaping.in_use(goal) or goal.proposed or goal.newest
    return version.what


def _rated(one: Course, period: Period) -> Rated:
    since, on = period.local_date(one.start.at), period.local_date(one.now.at)
    old = period.days_since(one.now.at) > OLD
    return Rated(one.by, one.start.value, one.now.value, one.n, since, on, old)


def _level(level: Level | None, period: Period) -> tuple[int, date] | None:
    return None if level is None else (level.level, period.local_date(level.at))


def topics(aims: Aims, period: Period) -> tuple[Topic, ...]:
    """The newest word of each caregiver on each goal that goes on, newest first, as long as it is not old."""
    found = [_doubt(goal, one, period) for goal in _active(aims) for one in aims.beside.get(goal.id, ())]
    goals = {one.id: one for one in aims.goals.goals}
    found += [_reply(goals[one.goal], one, period) for one in aims.goals.to_discuss if one.goal in goals]
    recent = (one for one in found if one is not None and period.days_since(one.at) <= OLD)
    return tuple(sorted(recent, key=lambda one: -one.at))


def _doubt(goal: Goal, said: Beside, period: Period) -> Topic | None:
    return Topic(RIGHT, title(goal), said.by, period.local_date(said.at), said.at) if said.right == "no" else None


def _reply(goal: Goal, word: Word, period: Period) -> Topic:
    what = (goal.proposed or goal.newest).what
    return Topic(word.kind, what, word.by, period.local_date(word.at), word.at, word.text, word.media)


def flags(aims: Aims, period: Period, rules: Rules) -> Iterable[Flag]:
    """Views of one goal that lie far apart, while they are not old."""
    for goal in _active(aims):
        views = goal_ratings.views(goal, aims.ratings.get(goal.id, ()), period.timezone)
        recent = [one for one in views if (period.today - one.on).days <= OLD]
        if found := flags_home.differ(str(goal.id), title(goal), recent, rules):
            yield found
