"""What drawings are made of: plain values that travel to the process that draws, words in the reader's language.

Days are numbers, 0 is the first one of a chart. ``rtl`` is the direction of the reader's language: time runs with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """How one day stands in a strip. A day without a sign is a gap: nobody asked."""

    ANSWER = "answer"
    LATE = "late"
    UNRATED = "unrated"  # answered, without a word on the day itself
    SILENT = "silent"  # asked, and not answered
    REST = "rest"
    MOMENTS = "moments"  # of a behaviour, told one by one
    BAND = "band"  # of a behaviour, a day counted as a whole


@dataclass(frozen=True, slots=True)
class Dot:
    """``level`` counts from the lowest step; None where the sign has no height."""

    day: int
    sign: Sign
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """One caregiver's days, or what one told of a behaviour. ``levels`` are the words of the scale, low to high."""

    title: str
    figures: str
    levels: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Rater:
    """One pair of eyes: (day, 0 to 10)."""

    name: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """Ratings of caregivers, and the therapist's steps: (day, step of ``levels``), each holding until the next."""

    title: str
    figures: str
    raters: tuple[Rater, ...]
    steps: tuple[tuple[int, int], ...] = ()
    levels: tuple[str, ...] = ()


class Done(StrEnum):
    """How a planned day of practice went."""

    YES = "yes"
    LITTLE = "little"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Practice:
    title: str
    figures: str
    days: tuple[tuple[int, Done], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of plan: a line through everything, its sign at the top and what changed below."""

    day: int
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """``ticks`` are (day, date); ``legend`` has a word for each sign that is in the picture."""

    title: str
    subtitle: str
    days: int
    ticks: tuple[tuple[int, str], ...]
    strips: tuple[Strip, ...]
    goals: tuple[Goal, ...] = ()
    practice: tuple[Practice, ...] = ()
    behaviours: tuple[Strip, ...] = ()
    changes: tuple[Change, ...] = ()
    legend: tuple[tuple[Sign | Done, str], ...] = ()
    digits: str = "0123456789"
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """When in the day a behaviour was seen: how often on each weekday (row) in each part of the day (column)."""

    title: str
    subtitle: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]  # None: nobody looked then
    legend: str
    digits: str = "0123456789"
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Celebration:
    """A card for a first time or a goal that was reached; ``kind`` says which."""

    title: str
    words: str
    kind: str
    day: str
    rtl: bool = False


class Part(StrEnum):
    """What a block of a paper is."""

    HEADING = "heading"
    LINE = "line"
    QUOTE = "quote"  # somebody's words, with whose they are below


@dataclass(frozen=True, slots=True)
class Block:
    """``own``: somebody's words alone, which run as their own letters do."""

    part: Part
    words: str
    source: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A report. ``page`` has ``PAGE`` and ``PAGES`` where the numbers go, written in ``digits``."""

    title: str
    byline: tuple[str, ...]
    blocks: tuple[Block, ...]
    footer: str
    page: str
    language: str
    charts: tuple[Chart, ...] = ()
    hours: tuple[Hours, ...] = ()
    digits: str = "0123456789"
    rtl: bool = False


def in_digits(number: int, digits: str) -> str:
    """As the reader writes numbers; ``digits`` from nought to nine."""
    return str(number).translate(str.maketrans("0123456789", digits))


PAGE, PAGES = "\ue0f0", "\ue0f1"
