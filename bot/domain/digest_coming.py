"""What lies ahead of a family: breaks, holidays, pauses, travel. Dates alone: what a family believes is not told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import feasts
from bot.storage.database import Row

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Coming:
    """``kind``: pause, busy, ill, school, holiday or away. Local dates, both included; ``by`` is a person id."""

    kind: str
    by: int
    first: date
    last: date


def of(caregivers: Iterable[Row], rests: Iterable[Row], today: date) -> tuple[Coming, ...]:
    """What goes on or begins within two weeks, soonest first; the same days of two caregivers stand once.

    Of rows as `storage.digests` gives them: caregivers with ``feasts`` and ``away_until``, and their rests.
    """
    found = {(one.kind, one.first, one.last): one for one in _all(caregivers, rests, today)}
    near = (one for one in found.values() if one.last >= today and one.first <= today + AHEAD)
    return tuple(sorted(near, key=lambda one: (one.first, one.last, one.kind)))


def _all(caregivers: Iterable[Row], rests: Iterable[Row], today: date) -> Iterator[Coming]:
    for row in rests:
        first, last = (date.fromisoformat(row[key]) for key in ("from_date", "until_date"))
        yield Coming(row["kind"], row["person_id"], first, last)
    for row in caregivers:
        if row["away_until"]:
            yield Coming("away", row["person_id"], today, date.fromisoformat(row["away_until"]))
        for key in row["feasts"].split():
            if (span := feasts.coming(key, today)) is not None:
                yield Coming("holiday", row["person_id"], *span)
