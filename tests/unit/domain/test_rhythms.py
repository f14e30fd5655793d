"""On which dates a rhythm falls: counted by hand, and beside the printed calendar."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import rhythms

FIRST = date(2027, 3, 1)  # a Monday
DAYS = [FIRST + timedelta(days=ahead) for ahead in range(200)]


def falls(stored: str, first: date = FIRST, days: list[date] = DAYS) -> list[str]:
    rhythm = rhythms.read(stored, first)
    return [day.isoformat()[5:] for day in days if rhythm.falls(day)]


@pytest.mark.parametrize(
    ("stored", "begins"),
    [
        ("0123456", ["03-01", "03-02", "03-03", "03-04"]),
        ("02", ["03-01", "03-03", "03-08", "03-10"]),
        ("", []),
        ("every 3", ["03-01", "03-04", "03-07", "03-10"]),
        ("weeks 2 03", ["03-01", "03-04", "03-15", "03-18"]),
        ("nth 1 0", ["03-01", "04-05", "05-03", "06-07"]),
        ("nth 2 13", ["03-09", "03-11", "04-08", "04-13"]),
        ("nth -1 4", ["03-26", "04-30", "05-28", "06-25"]),
        ("dates 1 15", ["03-01", "03-15", "04-01", "04-15"]),
        ("dates 31", ["03-31", "04-30", "05-31", "06-30"]),
        ("on 2027-03-10 2027-04-10", ["03-10", "04-10"]),
    ],
)
def test_falls_on(stored: str, begins: list[str]) -> None:
    assert falls(stored)[:4] == begins


@pytest.mark.parametrize(
    "stored",
    ["7", "mon", "every", "every 0", "every 61", "every x", "weeks 2", "weeks 9 0", "weeks 1 7", "nth 0 1", "nth 5 1",
     "nth 1", "dates", "dates 0", "dates 32", "on", "on 2027-02-30"],
)  # fmt: skip
def test_nonsense_is_no_rhythm(stored: str) -> None:
    with pytest.raises(rhythms.BadRhythm):
        rhythms.read(stored, FIRST)


def test_every_second_week_begins_with_the_week_of_its_first_day() -> None:
    assert falls("weeks 2 0", date(2027, 3, 4))[:2] == ["03-01", "03-15"]  # who plans looks from the first day on


@given(st.integers(2020, 2040), st.integers(1, 12), st.sampled_from([-1, 1, 2, 3, 4]), st.integers(0, 6))
def test_the_nth_weekday_is_that_of_the_printed_calendar(year: int, month: int, nth: int, weekday: int) -> None:
    printed = [day for day in Calendar().itermonthdates(year, month) if (day.month, day.weekday()) == (month, weekday)]
    rhythm = rhythms.read(f"nth {nth} {weekday}", FIRST)
    assert [day for day in printed if rhythm.falls(day)] == [printed[nth if nth < 0 else nth - 1]]


@given(st.lists(st.integers(1, 31), min_size=1, max_size=3, unique=True), st.integers(2020, 2040), st.integers(1, 12))
def test_days_of_a_month_fall_in_every_month(wanted: list[int], year: int, month: int) -> None:
    rhythm = rhythms.read("dates " + " ".join(map(str, wanted)), FIRST)
    month_days = [day for day in Calendar().itermonthdates(year, month) if day.month == month]
    end = month_days[-1].day
    assert {day.day for day in month_days if rhythm.falls(day)} == {min(day, end) for day in wanted}
