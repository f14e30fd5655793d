"""Home practice for a chart or a report, counted as the digest counts it. From the exported document alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain import practice
from bot.domain.practice import Adherence, Log, Step, Told
from bot.model import Json


@dataclass(frozen=True, slots=True)
class Practised:
    """One home step. ``told``: what the best log says of each day that has one.

    ``barriers``: what got in the way, on how many days.
    """

    text: str
    days: Adherence
    told: tuple[tuple[date, Told], ...]
    barriers: tuple[tuple[str, int], ...]


def of(child: Json, first: date, last: date) -> Iterator[Practised]:
    """Steps that were practised or planned within these dates, both included, and of which anything was told."""
    for given in child["practice"]:
        step = _step(given, child["id"])
        logs = [one for one in (_log(step.id, log) for log in given["logs"]) if first <= one.on <= last]
        told = practice.by_day(step, logs)
        if told:
            days = practice.adherence(step, logs, first, last)
            yield Practised(step.text, days, tuple(sorted(told.items())), tuple(practice.barriers(logs)))


def _step(given: Json, child: int) -> Step:
    last = None if given["until"] is None else date.fromisoformat(given["until"])
    plans = tuple((date.fromisoformat(one["from"]), one["days"]) for one in given["plans"])
    return Step(given["id"], child, given["text"], given["routine"], date.fromisoformat(given["from"]), last, plans)


def _log(step: int, given: Json) -> Log:
    on = date.fromisoformat(given["local_date"])
    return Log(step, given["caregiver_id"], on, Told[given["told"].upper()], barriers=tuple(given["barriers"]))
