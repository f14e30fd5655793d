"""Home practice, as it is counted: what was planned, what was done, how, and what got in the way. Pure.

A day is what the best that was told of it says: done, a little, not done. A day on which the child was ill, or not with
the one who tells, is out of the denominator; a day of which nobody told anything is missing, and no "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from bot.domain import figures
from bot.storage.database import Row

KEY = "practice"  # of the template
EVERY_DAY = "0123456"
ROUTINES = ("bath", "car", "meal", "bedtime", "play", "dressing", "other")
BARRIERS = ("no_time", "did_not_want", "not_sure_how", "sick", "away", "forgot", "other")
HELP = ("lots", "some", "alone")  # from much help to none
REFUSED, UNSURE = "did_not_want", "not_sure_how"
REFUSALS, WITHIN = 3, 7  # so many in so many days, and the step may need a change
RECENT, BASELINE = 3, 5  # answers that a trend needs: the last ones, and those before them


@dataclass(frozen=True, slots=True)
class Step:
    """A home step. ``plans`` are (from that date on, those weekdays), oldest first; Monday is 0."""

    id: int
    child: int
    text: str
    routine: str
    first: date
    last: date | None
    plans: tuple[tuple[date, str], ...]

    @property
    def key(self) -> str:
        """How an answer names it."""
        return f"s{self.id}"

    def lasts_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def planned_on(self, day: date) -> bool:
        """As it was planned then: a later plan changes no earlier day."""
        return self.lasts_on(day) and str(day.weekday()) in self.days_on(day)

    def days_on(self, day: date) -> str:
        """The weekdays of the plan that holds on that date, of the first one before it."""
        begun = [days for since, days in self.plans if since <= day] or [days for _, days in self.plans[:1]]
        return begun[-1] if begun else EVERY_DAY


def read(rows: Iterable[Row]) -> list[Step]:
    """Of rows of `storage.home_steps`, one for each plan of a step; in their order."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return [_step(plans) for plans in found.values()]


def _step(rows: Sequence[Row]) -> Step:
    row = rows[0]
    return Step(
        id=row["id"],
        child=row["child_id"],
        text=row["text"],
        routine=row["routine"],
        first=date.fromisoformat(row["from_date"]),
        last=date.fromisoformat(row["until_date"]) if row["until_date"] else None,
        plans=tuple((date.fromisoformat(one["plan_from"]), one["days"]) for one in rows if one["plan_from"]),
    )


class Told(IntEnum):
    """What one log says of its day; of several the highest counts."""

    AWAY = 0
    NO = 1
    ILL = 2
    LITTLE = 3
    DONE = 4


OUT = (Told.AWAY, Told.ILL)  # of the denominator


@dataclass(frozen=True, slots=True)
class Log:
    """What one caregiver told of one day. ``help`` is one of HELP, or REFUSED; "" where it was not asked or skipped."""

    step: int
    by: int
    on: date
    told: Told
    help: str = ""
    barriers: tuple[str, ...] = ()
    minutes: str = ""


@dataclass(frozen=True, slots=True)
class Adherence:
    """Days of a period. ``done`` and ``little`` of ``planned``; ``n`` of those were told of, the others are missing.

    ``out`` were planned and are not in ``planned``; ``extra`` were practised though nothing was planned.
    """

    planned: int
    done: int
    little: int
    n: int
    out: int
    extra: int

    @property
    def missing(self) -> int:
        return self.planned - self.n


def adherence(step: Step, logs: Iterable[Log], first: date, last: date) -> Adherence:
    """Of the days from ``first`` to ``last``, both included. Logs of other steps and days are left aside."""
    told = by_day(step, logs)
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    planned = [day for day in days if step.planned_on(day)]
    inside = [day for day in planned if told.get(day) not in OUT]
    said = [told[day] for day in inside if day in told]
    return Adherence(
        planned=len(inside),
        done=said.count(Told.DONE),
        little=said.count(Told.LITTLE),
        n=len(said),
        out=len(planned) - len(inside),
        extra=sum(told.get(day) in (Told.DONE, Told.LITTLE) for day in days if day not in planned),
    )


def by_day(step: Step, logs: Iterable[Log]) -> dict[date, Told]:
    """The best that was told of each day."""
    found: dict[date, Told] = {}
    for log in logs:
        if log.step == step.id:
            found[log.on] = max(log.told, found.get(log.on, log.told))
    return found


class Trend(StrEnum):
    """How the help changed: the last answers beside those before them."""

    LESS = "less"
    SAME = "same"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Help:
    """How much help it took, of ``n`` answers. ``trend`` is None where there are too few answers to compare."""

    n: int
    median: figures.Between
    recent: figures.Between
    trend: Trend | None


def help_level(logs: Iterable[Log]) -> Help | None:
    """Of logs in any order; None without answers. That a child did not want to is no level: `stuck` counts it."""
    levels = [log.help for log in sorted(logs, key=lambda one: one.on) if log.help in HELP]
    whole, recent = figures.summary(levels, HELP), figures.summary(levels[-RECENT:], HELP)
    if whole is None or recent is None:
        return None
    earlier = figures.summary(levels[:-RECENT], HELP)
    enough = earlier is not None and earlier.n >= BASELINE
    trend = _trend(recent.median, earlier.median) if enough and earlier is not None else None
    return Help(whole.n, whole.median, recent.median, trend)


def _trend(recent: figures.Between, earlier: figures.Between) -> Trend:
    """A whole step of the scale, else it is the same."""
    change = sum(HELP.index(one) for one in recent) - sum(HELP.index(one) for one in earlier)
    if change >= 2:  # noqa: PLR2004 - both ends of a median count, so that a whole step is two
        return Trend.LESS
    return Trend.MORE if change <= -2 else Trend.SAME  # noqa: PLR2004


def barriers(logs: Iterable[Log]) -> list[tuple[str, int]]:
    """What got in the way, on how many days each; most often first. The first is the top barrier."""
    of_days: dict[date, set[str]] = {}
    for log in logs:
        of_days.setdefault(log.on, set()).update(log.barriers)
    return figures.counts(of_days.values(), BARRIERS)


@dataclass(frozen=True, slots=True)
class Stuck:
    """What a therapist should look at: how often nobody was sure how, on how many days the child did not want to.

    ``may_need_change``: three such days within seven.
    """

    unsure: int
    refused: int
    may_need_change: bool


def stuck(logs: Sequence[Log], last: date) -> Stuck:
    """Of the seven days that end with ``last``."""
    first = last - timedelta(days=WITHIN - 1)
    recent = [log for log in logs if first <= log.on <= last]
    unsure = {log.on for log in recent if UNSURE in log.barriers}
    refused = {log.on for log in recent if REFUSED in log.barriers or log.help == REFUSED}
    return Stuck(len(unsure), len(refused), len(refused) >= REFUSALS)


def planned_on(steps: Sequence[Step], day: date) -> list[Step]:
    return [step for step in steps if step.planned_on(day)]


def turn_of(steps: Sequence[Step], day: date) -> Step | None:
    """The step that the daily check-in asks about: of several that are planned for a day, they take turns."""
    found = planned_on(steps, day)
    return found[day.toordinal() % len(found)] if found else None
