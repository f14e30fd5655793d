"""What the reviews of some days come to: counts with their n, and medians. No cause, no score.

Caregivers are kept apart: each function is given the check-ins of one caregiver, oldest first, and says nothing of
anybody else. A template of one's own is summed up by what it was copied from, as far as its questions are still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.domain import figures
from bot.domain.figures import Between, Summary
from bot.domain.templates import Value

WEEK = ("much_harder", "harder", "same", "easier", "much_easier")
SLEEP = ("very_bad", "bad", "ok", "good", "very_good")
WOKE = ("zero", "one", "two_three", "four_more")
EATING = ("much_less", "less", "usual", "more")
FELT = ("no", "a_little", "mostly", "yes")
KNOWS = ("no", "partly", "yes")
USUAL = 3  # earlier answers that make a usual


@dataclass(frozen=True, slots=True)
class Filled:
    """One check-in with at least one answer: what was chosen, by question."""

    on: date
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Count:
    """How often out of how many that answered it."""

    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """T2. ``weeks``: each review's week. ``helped``: what was tapped, most often first, ``of`` reviews."""

    weeks: tuple[tuple[date, str], ...]
    helped: tuple[tuple[str, int], ...]
    of: int


@dataclass(frozen=True, slots=True)
class Differs:
    """An answer that is not as usual. ``usual`` is the median of the ``n`` answers before; None: it was a plain No."""

    question: str
    on: date
    choice: str
    usual: Between | None
    n: int


@dataclass(frozen=True, slots=True)
class Card:
    """A coping card: used so many times, of the times it was asked about; helped so many of the times it was used."""

    key: str
    used: Count
    helped: Count


@dataclass(frozen=True, slots=True)
class Basics:
    """T8. No advice on sleep. ``running``: the days on which much less was eaten for the second day."""

    sleep: Summary | None
    woke: Summary | None
    eating: Summary | None
    could_not: Count
    sick: Count
    calmed: tuple[tuple[str, int], ...]
    cards: tuple[Card, ...]
    running: tuple[date, ...]


def weekly(reviews: Sequence[Filled]) -> Weekly:
    chosen = [one.values.get("helped") for one in reviews]
    tapped = [keys for keys in chosen if isinstance(keys, list)]
    labels = list({key: None for keys in tapped for key in keys})
    return Weekly(
        weeks=tuple((on, choice) for on, choice in _chosen(reviews, "week") if choice in WEEK),
        helped=tuple(figures.counts(tapped, labels)),
        of=len(tapped),
    )


def differs(visits: Sequence[Filled], since: date) -> tuple[Differs, ...]:
    """T7: only what differs from this caregiver's own usual, and every No.

    ``visits`` of any time, oldest first; what is told are those from ``since`` on, the others make the usual.
    """
    scales = {"heard": FELT, "matters": FELT, "know": KNOWS}
    found = [one for key, scale in scales.items() for one in _differs(visits, key, scale, since)]
    return tuple(sorted(found, key=lambda one: one.on))


def _differs(visits: Sequence[Filled], key: str, scale: Sequence[str], since: date) -> Iterable[Differs]:
    answers = [(on, choice) for on, choice in _chosen(visits, key) if choice in scale]
    for number, (on, choice) in enumerate(answers):
        before = figures.summary((earlier for _, earlier in answers[:number]), scale) if number >= USUAL else None
        usual = before.median if before else None
        unusual = usual is not None and not _within(choice, usual, scale)
        if on >= since and (unusual or choice == "no"):
            yield Differs(key, on, choice, usual if unusual else None, number if unusual else 0)


def _within(choice: str, usual: Between, scale: Sequence[str]) -> bool:
    low, high = (scale.index(one) for one in usual)
    return low <= scale.index(choice) <= high


def basics(mornings: Sequence[Filled]) -> Basics:
    feelings = _chosen(mornings, "feelings")
    calmed = [keys for one in mornings if isinstance(keys := one.values.get("calm"), list)]
    eaten = _chosen(mornings, "eating")
    return Basics(
        sleep=_summary(mornings, "sleep", SLEEP),
        woke=_summary(mornings, "woke", WOKE),
        eating=_summary(mornings, "eating", EATING),
        could_not=_count(feelings, "could_not"),
        sick=_count(_chosen(mornings, "sick"), "yes"),
        calmed=tuple(figures.counts(calmed, list({key: None for keys in calmed for key in keys}))),
        cards=tuple(_cards(mornings)),
        running=tuple(
            on
            for (before, eaten_before), (on, eaten_now) in pairwise(eaten)
            if eaten_before == eaten_now == "much_less" and (on - before).days == 1
        ),
    )


def _cards(mornings: Sequence[Filled]) -> Iterable[Card]:
    keys = {key.partition(".")[2]: None for one in mornings for key in one.values if key.startswith("card_used.")}
    for key in keys:
        helped = [choice for _, choice in _chosen(mornings, f"card_helped.{key}")]
        yield Card(
            key,
            used=_count(_chosen(mornings, f"card_used.{key}"), "yes"),
            helped=Count(sum(choice != "no" for choice in helped), len(helped)),
        )


def _chosen(filled: Iterable[Filled], key: str) -> list[tuple[date, str]]:
    """(day, choice) wherever that question of one choice was answered."""
    return [(one.on, value) for one in filled if isinstance(value := one.values.get(key), str)]


def _count(answers: Sequence[tuple[date, str]], choice: str) -> Count:
    return Count(sum(one == choice for _, one in answers), len(answers))


def _summary(filled: Iterable[Filled], key: str, scale: Sequence[str]) -> Summary | None:
    return figures.summary((choice for _, choice in _chosen(filled, key) if choice in scale), scale)
