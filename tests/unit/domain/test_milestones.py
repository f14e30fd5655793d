"""The lists of milestones: as many as the facts they are built from, and the age that chooses among them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import milestones
from bot.domain.milestones import DOMAINS, Age
from bot.text.catalogue import Catalogue

MONTHS = (2, 4, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60)
COUNTS = {
    "social": (4, 3, 3, 5, 1, 5, 5, 2, 3, 2, 6, 3),
    "language": (2, 3, 3, 2, 3, 4, 2, 4, 4, 5, 4, 4),
    "cognitive": (2, 2, 3, 2, 2, 2, 2, 3, 4, 2, 3, 6),
    "movement": (3, 5, 3, 4, 4, 2, 6, 4, 4, 3, 4, 2),
}


def test_each_list_has_as_many_of_each_domain_as_it_should() -> None:
    found = milestones.load()
    assert tuple(found) == MONTHS
    for domain in DOMAINS:
        counted = tuple(sum(one.domain == domain for one in found[months]) for months in MONTHS)
        assert counted == COUNTS[domain], domain
    keys = [one.key for items in found.values() for one in items]
    assert len(keys) == len(set(keys)) == 159


def test_each_item_is_asked_in_words_of_its_own_and_each_list_says_where_it_is_from() -> None:
    voice = Catalogue.load().voice("en")
    asked = [voice(f"stone-{one.key}", child="Mika") for items in milestones.load().values() for one in items]
    assert all(words.endswith("?") for words in asked)
    for path in milestones.LIBRARY.glob("*.yaml"):
        assert "CDC endorses nothing" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("months", "listed"),
    [(0, None), (1, None), (2, 2), (3, 2), (17, 15), (18, 18), (35, 30), (36, 36), (59, 48), (60, 60), (72, None)],
)
def test_the_list_is_the_one_at_or_just_below_the_age(months: int, listed: int | None) -> None:
    assert milestones.list_for(months) == listed


@pytest.mark.parametrize(
    ("birth_month", "weeks_early", "today", "age"),
    [
        ("", 0, date(2027, 3, 1), None),
        ("2026-02", 0, date(2027, 2, 27), Age(11, "calendar")),  # born on the 28th, perhaps
        ("2026-02", 0, date(2027, 2, 28), Age(12, "calendar")),
        ("2026-02", 3, date(2027, 2, 28), Age(12, "calendar")),  # three weeks are not early
        ("2026-02", 8, date(2027, 2, 28), Age(10, "corrected")),  # due on 25 April
        ("2025-02", 12, date(2027, 2, 27), Age(21, "corrected")),
        ("2025-02", 12, date(2027, 2, 28), Age(24, "calendar")),  # from two years on
        ("2027-02", 10, date(2027, 3, 20), Age(0, "corrected")),  # not yet due
    ],
)
def test_the_age_is_what_is_certain_and_corrected_until_two(
    birth_month: str, weeks_early: int, today: date, age: Age | None
) -> None:
    assert milestones.age(birth_month, weeks_early, today) == age
