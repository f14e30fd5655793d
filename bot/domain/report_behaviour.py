"""Behaviours for a chart or a report, counted as the digest counts them: each pair of eyes alone, never a cause.

From the exported document alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain import behaviour
from bot.domain.behaviour import BANDS, Count, Moment, Tally, Week
from bot.model import Json

_ATLEAST = ((7, 4), (4, 3), (2, 2), (1, 1))  # so many moments of a day are that band


@dataclass(frozen=True, slots=True)
class Day:
    """``band`` counts from "not once". ``counted``: it was given as a band; else moments were told one by one."""

    on: date
    band: int
    counted: bool


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One behaviour as one caregiver told of it. ``text``: "" for what was none of those agreed on."""

    text: str
    by: int
    days: tuple[Day, ...]
    whole: Week
    before: Tally
    after: Tally


def of(child: Json, first: date, last: date) -> Iterator[Behaviour]:
    """Those of which something was told within these dates, both included."""
    told = [one for target in child["behaviour"] for one in _moments(target)]
    for target in child["behaviour"]:
        counted = [_count(target["id"], one) for one in target["counts"]]
        moments = list(_moments(target))
        for by in dict.fromkeys([*(one.by for one in moments), *(one.by for one in counted)]):
            own = [one for one in told if one.by == by]
            counts = [one for one in counted if one.by == by]
            whole = behaviour.over(_key(target), own, counts, first, last)
            if whole.moments or whole.bands:
                seen = [one for one in moments if one.by == by and first <= one.on <= last]
                days = tuple(_days(seen, [one for one in counts if first <= one.on <= last]))
                tallies = behaviour.before(seen), behaviour.after(seen)
                yield Behaviour(target["text"] or "", by, days, whole, *tallies)


def _key(target: Json) -> str:
    return behaviour.OTHER if target["id"] is None else behaviour.key_of(target["id"])


def _moments(target: Json) -> Iterator[Moment]:
    for one in target["events"]:
        yield Moment(
            what=_key(target),
            by=one["caregiver_id"],
            on=date.fromisoformat(one["local_date"]),
            at=one["at"],
            before=tuple(one["before"]),
            after=tuple(one["after"]),
            observed=one["observed_hours"] or "",
        )


def _count(target: int, given: Json) -> Count:
    on = date.fromisoformat(given["local_date"])
    return Count(target, given["caregiver_id"], on, given["band"], given["observed_hours"] or "")


def _days(moments: list[Moment], counts: list[Count]) -> Iterator[Day]:
    """Of a day that was counted, the band stands; it is not added to moments."""
    bands = {one.on: BANDS.index(one.band) for one in counts}
    told = Counter(one.on for one in moments)
    for on in sorted({*bands, *told}):
        yield Day(on, bands[on], counted=True) if on in bands else Day(on, _band(told[on]), counted=False)


def _band(moments: int) -> int:
    return next(band for least, band in _ATLEAST if moments >= least)
