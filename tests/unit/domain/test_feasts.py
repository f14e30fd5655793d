"""The calendar of feasts against rules that are reckoned here anew, and what a family keeps of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from bot.domain import feasts

YEARS = range(2026, 2036)
MOON = 29.530588  # days
NEW_MOON = date(2026, 2, 17)


def first(key: str) -> dict[int, date]:
    found = {day.year: day for day in feasts.load().feasts[key].first}
    assert list(found) == list(YEARS), key
    return found


@pytest.mark.parametrize(("key", "method"), [("easter", EASTER_WESTERN), ("easter_orthodox", EASTER_ORTHODOX)])
def test_easter_begins_on_good_friday(key: str, method: int) -> None:
    assert first(key) == {year: easter(year, method) - timedelta(days=2) for year in YEARS}


def test_passover_begins_at_a_full_moon_on_no_forbidden_weekday() -> None:
    for day in first("passover").values():
        assert day.weekday() not in (0, 2, 4)
        assert abs(age(day) - MOON / 2) < 3


def test_months_of_fasting_begin_at_a_new_moon_and_the_feast_follows_the_last_day() -> None:
    months = feasts.load().ramadan
    assert [last + timedelta(days=1) for _, last in months] == list(feasts.load().feasts["eid_fitr"].first)
    for begin, last in months:
        assert (last - begin).days + 1 in (29, 30)
        assert min(age(begin), MOON - age(begin)) < 3
    for day in feasts.load().feasts["eid_adha"].first:
        assert 67 <= min((day - last).days for _, last in months if day > last) <= 70


def test_the_others_stay_in_their_season() -> None:
    for day in first("nowruz").values():
        assert (day.month, day.day) in ((3, 20), (3, 21))
    for day in first("lunar_new_year").values():
        assert date(day.year, 1, 21) <= day <= date(day.year, 2, 20)
        assert min(age(day), MOON - age(day)) < 2
    for day in first("diwali").values():
        assert date(day.year, 10, 15) <= day <= date(day.year, 11, 15)
        assert min(age(day), MOON - age(day)) < 3


def age(day: date) -> float:
    """Days since a new moon."""
    return (day - NEW_MOON).days % MOON


def test_a_family_may_move_its_month_and_the_next_year_is_as_known() -> None:
    moved = feasts.moved("20:30", date(2027, 2, 1), 1)
    assert moved == "20:30 2027-02-09 2027-03-09"
    assert (feasts.fasting(date(2027, 2, 8), moved), feasts.fasting(date(2027, 3, 9), moved)) == ("", "20:30")
    assert feasts.fasting(date(2028, 1, 28), moved) == "20:30"
    assert feasts.toggled("easter", "nothing") is None
