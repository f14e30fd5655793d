"""Behaviour records, as they are counted: moments with what came before and after, and days with a band. Pure.

A count means nothing without the time in which somebody was there to see it: a day is observed where a caregiver told
of it, be it a moment or a band ("not once" is one); how long they were there stands beside it. A band stays a band,
and is never added to moments. Nothing here says why: that is for a therapist to think about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import figures

KEY = "behaviour"  # of the template
BANDS = ("none", "one", "two_three", "four_six", "seven_more")
OBSERVED = ("under_1", "from_1", "from_3", "over_6")  # hours that somebody was there
BEFORE = ("asked", "told_no", "change", "waiting", "busy", "noise", "alone", "not_sure", "other")
AFTER = ("talked", "gave", "said_no", "stopped", "waited", "calm_place", "other")
DAYS = ("bad_sleep", "sick", "hungry", "new_place", "change_of_plan", "none")
OTHER = "other"  # none of those that were agreed on
PARTS = (("night", 0), ("morning", 5), ("midday", 11), ("afternoon", 14), ("evening", 18), ("night", 22))
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Target:
    """A behaviour that was agreed on. ``last`` is None while it goes on."""

    id: int
    child: int
    text: str
    first: date
    last: date | None

    @property
    def key(self) -> str:
        """How an answer names it."""
        return key_of(self.id)


def key_of(target: int) -> str:
    return f"t{target}"


@dataclass(frozen=True, slots=True)
class Moment:
    """One record. ``what``: a target's key, or OTHER. ``at``: local HH:MM.

    ``observed``: how long the caregiver was there that day; "" where it was skipped.
    """

    what: str
    by: int
    on: date
    at: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    long: str = ""
    strong: str = ""
    where: str = ""
    day: tuple[str, ...] = ()
    observed: str = ""
    check_in: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How often a target was seen on a day, as a band, by one caregiver."""

    target: int
    by: int
    on: date
    band: str
    observed: str


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of one target, or others: ``moments`` told one by one, ``bands`` of days as they were given
    (band, days).

    ``days``: on how many of them somebody told anything; ``observed``: how long they were there (band, days).
    """

    first: date
    moments: int
    bands: tuple[tuple[str, int], ...]
    days: int
    observed: tuple[tuple[str, int], ...]


def weeks(target: str, moments: Sequence[Moment], counts: Sequence[Count], first: date, last: date) -> tuple[Week, ...]:
    """Of seven days each from ``first``; the last one may be short. Caregivers are kept apart by who calls it."""
    starts = [first + WEEK * number for number in range((last - first).days // 7 + 1)]
    return tuple(over(target, moments, counts, start, min(start + WEEK - timedelta(days=1), last)) for start in starts)


def over(target: str, moments: Sequence[Moment], counts: Sequence[Count], first: date, last: date) -> Week:
    """The same over any days, both included."""
    told = [one for one in moments if first <= one.on <= last]
    counted = [one for one in counts if first <= one.on <= last and key_of(one.target) == target]
    longest: dict[date, str] = {}
    for on, observed in [*((one.on, one.observed) for one in told), *((one.on, one.observed) for one in counted)]:
        longest[on] = max(observed, longest.get(on, ""), key=_length)
    return Week(
        first=first,
        moments=sum(one.what == target for one in told),
        bands=tuple(figures.counts(([one.band] for one in counted), BANDS)),
        days=len(longest),
        observed=tuple(figures.counts(([one] for one in longest.values() if one), OBSERVED)),
    )


def _length(observed: str) -> int:
    return OBSERVED.index(observed) + 1 if observed in OBSERVED else 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each of them was named, most often first, in so many moments that named any."""

    of: int
    counts: tuple[tuple[str, int], ...]


def before(moments: Iterable[Moment]) -> Tally:
    """What was just before: "told no" before 5 of 7."""
    return _tally([one.before for one in moments], BEFORE)


def after(moments: Iterable[Moment]) -> Tally:
    return _tally([one.after for one in moments], AFTER)


def days(moments: Iterable[Moment]) -> Tally:
    """What else there was on the days of these moments."""
    return _tally([one.day for one in moments], DAYS)


def _tally(named: Sequence[Sequence[str]], choices: Sequence[str]) -> Tally:
    told = [one for one in named if one]
    return Tally(len(told), tuple(figures.counts(told, choices)))


def pairs(moments: Iterable[Moment]) -> Tally:
    """What was just before with what was just after, as ``told_no>gave``; of moments that named both."""
    both = [one for one in moments if one.before and one.after]
    named = [[f"{first}>{then}" for first in one.before for then in one.after] for one in both]
    order = [f"{first}>{then}" for first in BEFORE for then in AFTER]
    return Tally(len(both), tuple(figures.counts(named, order)))


def hours(moments: Iterable[Moment]) -> tuple[int, ...]:
    """How many moments began in each of the 24 hours of the day, on the caregiver's clock."""
    found = [0] * 24
    for one in moments:
        found[int(one.at[:2])] += 1
    return tuple(found)


def parts(moments: Iterable[Moment]) -> tuple[tuple[str, int], ...]:
    """The same by part of the day, in the order of the day; those without a moment are left out."""
    names = list(dict.fromkeys(name for name, _ in PARTS))
    found = dict.fromkeys([*names[1:], names[0]], 0)
    for hour, count in enumerate(hours(moments)):
        found[[name for name, begins in PARTS if begins <= hour][-1]] += count
    return tuple((name, count) for name, count in found.items() if count)
