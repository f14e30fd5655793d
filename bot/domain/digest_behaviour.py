"""Behaviours that were agreed on, as a digest tells them: counts of the week with the days somebody was there to see.
Each caregiver alone; never a cause.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.domain import behaviour
from bot.domain.behaviour import Count, Moment, Week
from bot.domain.behaviour_reading import Recorded
from bot.domain.digest_period import DAYS, Period


@dataclass(frozen=True, slots=True)
class Pair:
    """What was just before and just after, most often: ``count`` of ``of`` moments that named both."""

    before: str
    after: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Seen:
    """By one caregiver. ``earlier``: the seven days before, None where nothing was told of them."""

    by: int
    week: Week
    earlier: Week | None
    pair: Pair | None


@dataclass(frozen=True, slots=True)
class Behaviour:
    """``what``: its words, "" for what was none of those agreed on."""

    what: str
    seen: tuple[Seen, ...]


def of(recorded: Recorded | None, period: Period) -> tuple[Behaviour, ...]:
    """Those of which something was told in these days, in the order in which they were agreed on."""
    if recorded is None:
        return ()
    named = [(one.key, one.text) for one in recorded.targets] + [(behaviour.OTHER, "")]
    found = (Behaviour(text, tuple(_seen(key, recorded, period))) for key, text in named)
    return tuple(one for one in found if one.seen)


def _seen(key: str, recorded: Recorded, period: Period) -> Iterator[Seen]:
    first = period.first - timedelta(days=DAYS)
    told_by: list[Moment | Count] = [*recorded.moments, *recorded.counts]
    for by in dict.fromkeys(one.by for one in told_by):
        moments = [one for one in recorded.moments if one.by == by]
        counts = [one for one in recorded.counts if one.by == by]
        earlier, week = behaviour.weeks(key, moments, counts, first, period.last)
        told = [one for one in moments if one.what == key and period.first <= one.on <= period.last]
        if told or week.bands:
            yield Seen(by, week, earlier if earlier.days else None, _pair(told))


def _pair(moments: list[Moment]) -> Pair | None:
    """The first of the pairs that came more than once."""
    found = behaviour.pairs(moments)
    if not found.counts or found.counts[0][1] == 1:
        return None
    named, count = found.counts[0]
    before, _, after = named.partition(">")
    return Pair(before, after, count, found.of)
