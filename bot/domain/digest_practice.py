"""Home practice of one family as a digest tells it: each step with its days, its help, and what got in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain import flags_home, practice
from bot.domain.digest_period import Period
from bot.domain.flags import Flag, Rules
from bot.domain.flags_home import Barrier
from bot.domain.practice import Adherence, Help, Log
from bot.domain.practice_reading import Practised


@dataclass(frozen=True, slots=True)
class Practice:
    """One step: ``days`` and ``barriers`` of the period, ``help`` of the weeks that are usual."""

    step: str
    days: Adherence
    help: Help | None
    barriers: tuple[tuple[str, int], ...]


def of(steps: Iterable[Practised], period: Period) -> tuple[Practice, ...]:
    """Steps that were planned or practised in these days, in their order."""
    found = (_practice(one, period) for one in steps)
    return tuple(one for one in found if one.days.planned or one.days.extra or one.days.out)


def _practice(one: Practised, period: Period) -> Practice:
    logs = [log for log in one.logs if period.first <= log.on <= period.last]
    return Practice(
        one.step.text,
        practice.adherence(one.step, logs, period.first, period.last),
        practice.help_level(one.logs) if logs else None,
        tuple(practice.barriers(logs)),
    )


def flags(steps: Iterable[Practised], period: Period, rules: Rules) -> Iterator[Flag]:
    for one in steps:
        yield from flags_home.stuck(str(one.step.id), list(_barriers(one.logs)), period.today, rules)


def _barriers(logs: Iterable[Log]) -> Iterator[Barrier]:
    """Each once a day, whoever told it."""
    told = {(log.on, why) for log in logs for why in (*log.barriers, log.help)}
    return (Barrier(on, why) for on, why in sorted(told))
