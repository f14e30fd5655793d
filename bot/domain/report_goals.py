"""Goals for a chart or a report: each pair of eyes alone, the therapist's levels with their words, why it matters.

From the exported document alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.report_span import Span
from bot.model import Json


@dataclass(frozen=True, slots=True)
class Rated:
    """One caregiver's own: (day, 0 to 10), oldest first."""

    by: int
    points: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """What the therapist set. One from before holds ``on`` the first day. ``words``: of that level, "" without any."""

    on: date
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Why:
    by: int
    text: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal that went on in these days. ``lowest`` is the lowest level of its scale."""

    title: str
    rated: tuple[Rated, ...]
    levels: tuple[Level, ...]
    lowest: int
    whys: tuple[Why, ...]


def of(child: Json, span: Span) -> Iterator[Aim]:
    """Goals that somebody was asked about, in their order; those that ended before these days are left out."""
    for goal in child["goals"]:
        over = goal["ended_at"] is not None and span.local_date(goal["ended_at"]) < span.first
        if title(goal) and not over:
            levels = tuple(_levels(goal, span))
            lowest = min(-2, *(one.level for one in levels)) if levels else -2
            yield Aim(title(goal), tuple(_rated(goal, span)), levels, lowest, tuple(_whys(goal)))


def title(goal: Json) -> str:
    """Its newest wording that the family has seen."""
    proposed = [one["what"] for one in goal["versions"] if one["proposed_at"] is not None]
    return str(proposed[-1]) if proposed else ""


def _rated(goal: Json, span: Span) -> Iterator[Rated]:
    points: dict[int, list[tuple[date, int]]] = {}
    for one in goal["ratings"]:
        on = span.local_date(one["answered_at"])
        if isinstance(one["value"], int) and span.first <= on <= span.last:
            points.setdefault(one["caregiver_id"], []).append((on, one["value"]))
    return (Rated(by, tuple(sorted(given))) for by, given in points.items())


def _levels(goal: Json, span: Span) -> Iterator[Level]:
    words = {one["id"]: one["levels"] for one in goal["versions"]}
    found: dict[date, Level] = {}
    for one in goal["levels"]:
        on = max(span.local_date(one["recorded_at"]), span.first)
        if on <= span.last:
            said = words.get(one["version_id"], {}).get(str(one["level"]), "")
            found[on] = Level(on, one["level"], said)
    return (found[on] for on in sorted(found))


def _whys(goal: Json) -> Iterator[Why]:
    """The newest of each caregiver that has words."""
    newest = {one["caregiver_id"]: one["text"] for one in goal["whys"] if one["text"]}
    return (Why(by, text) for by, text in newest.items())
