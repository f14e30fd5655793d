"""When in the day a behaviour was seen, by weekday: only counts, never a cause. From the exported document alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.model import Json

PARTS = ("morning", "midday", "afternoon", "evening", "night")
_BEGINS = ((0, "night"), (5, "morning"), (11, "midday"), (14, "afternoon"), (18, "evening"), (22, "night"))
NOTHING = "nothing"  # somebody looked, and there was no such moment


@dataclass(frozen=True, slots=True)
class Seen:
    """One behaviour. ``counts``: by weekday (Monday is 0) and part of the day; None where nobody told of that weekday.

    ``moments`` of them all, told of on ``days`` different dates.
    """

    text: str
    counts: tuple[tuple[int | None, ...], ...]
    moments: int
    days: int


def of(child: Json, first: date, last: date) -> Iterator[Seen]:
    """Of the behaviours that were agreed on, those with a moment within these dates, both included."""

    def within(entries: Iterable[Json]) -> list[Json]:
        return [one for one in entries if first <= _date(one) <= last]

    told = within(one for target in child["behaviour"] for one in target["events"])
    nothing = [one for one in told if one["what"] == NOTHING]
    for target in child["behaviour"]:
        moments = [one for one in within(target["events"]) if one["what"] != NOTHING and one["at"]]
        if target["id"] is not None and moments:
            # a band is of a whole day: somebody looked then, at no hour that is known
            looked = {_date(one) for one in (*moments, *nothing, *within(target["counts"]))}
            yield Seen(target["text"], _counts(moments, {on.weekday() for on in looked}), len(moments), len(looked))


def _date(entry: Json) -> date:
    return date.fromisoformat(entry["local_date"])


def _counts(moments: list[Json], looked: set[int]) -> tuple[tuple[int | None, ...], ...]:
    found = Counter((_date(one).weekday(), part(one["at"])) for one in moments)
    return tuple(tuple(found[day, name] if day in looked else None for name in PARTS) for day in range(7))


def part(at: str) -> str:
    """Of a local time, `HH:MM`."""
    return next(name for begins, name in reversed(_BEGINS) if begins <= int(at[:2]))
