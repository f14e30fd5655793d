"""When in the day a behaviour was seen: a nought where somebody looked, nothing where nobody did."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import report_hours
from bot.domain.report_hours import PARTS
from bot.model import Json


def _event(on: str, at: str, what: str = "agreed") -> Json:
    return {"local_date": on, "at": at, "what": what}


def test_moments_fall_on_their_weekday_and_part_of_the_day_and_days_that_nobody_saw_stay_empty() -> None:
    band = {"local_date": "2027-03-19", "band": "two_three"}
    agreed = [_event("2027-03-15", "18:10"), _event("2027-03-15", "21:59"), _event("2027-03-22", "04:59")]
    child = {
        "behaviour": [
            {"id": 4, "text": "Throws", "events": [*agreed, _event("2027-02-01", "12:00")], "counts": [band]},
            {"id": 5, "text": "Quiet", "events": [], "counts": [band]},
            {"id": None, "text": None, "events": [_event("2027-03-17", "20:00", "nothing")], "counts": []},
        ]
    }
    [seen] = report_hours.of(child, date(2027, 3, 15), date(2027, 3, 28))
    empty: tuple[int | None, ...] = (None,) * 5
    assert (seen.text, seen.moments, seen.days) == ("Throws", 3, 4)
    assert seen.counts == ((0, 0, 0, 2, 1), empty, (0,) * 5, empty, (0,) * 5, empty, empty)


@pytest.mark.parametrize(
    ("at", "part"), [("00:00", 4), ("04:59", 4), ("05:00", 0), ("11:00", 1), ("14:00", 2), ("18:00", 3), ("22:00", 4)]
)
def test_parts_of_the_day(at: str, part: int) -> None:
    assert report_hours.part(at) == PARTS[part]
