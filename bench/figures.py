"""From runs to figures: medians with their spread, and ratios taken within a round, where both had the same machine."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        return cls(statistics.median(values), min(values), max(values))

    @classmethod
    def ratio(cls, ours: Sequence[float], theirs: Sequence[float]) -> Figure:
        """Round by round."""
        return cls.of([one / other for one, other in zip(ours, theirs, strict=True)])

    def shown(self, digits: int = 0, unit: str = "") -> str:
        low, middle, high = (f"{one:,.{digits}f}" for one in (self.low, self.median, self.high))
        return f"{middle}{unit} ({low}-{high})"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `met` is None where nothing was promised."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a row found; `figures` goes into the file for machines."""

    lines: list[Line]
    figures: dict[str, Any]

    def plain(self) -> dict[str, Any]:
        return {"lines": [asdict(line) for line in self.lines], "figures": self.figures}


def at_least(what: str, figure: Figure, least: float, digits: int = 2, unit: str = "x") -> Line:
    return Line(what, figure.shown(digits, unit), f">= {least:g}{unit}", figure.median >= least)


def at_most(what: str, figure: Figure, most: float, digits: int = 2, unit: str = "x") -> Line:
    return Line(what, figure.shown(digits, unit), f"<= {most:g}{unit}", figure.median <= most)


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that is not exceeded by that part of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(part * 100) * len(ordered) // 100) - 1))]
