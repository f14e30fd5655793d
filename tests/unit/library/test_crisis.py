"""The country cards: complete, dated, and never a guess."""

from datetime import date

import pytest

from bot.domain import crisis

CARDS = sorted(crisis.load().values(), key=lambda one: one.country)
GOOD = """
country: "US"
version: 1
checked_on: 2026-11-24
lines:
  - {kind: emergency, number: "911", name: Emergency, hours: "24/7", languages: [en], source: FCC}
"""


def test_twelve_countries_to_begin_with() -> None:
    assert len(CARDS) >= 12


@pytest.mark.parametrize("card", CARDS, ids=lambda one: one.country)
def test_each_card_has_an_emergency_and_a_crisis_line_with_its_source(card: crisis.Card) -> None:
    kinds = [line.kind for line in card.lines]
    assert kinds[0] == "emergency"
    assert "crisis" in kinds
    assert all(line.source for line in card.lines)


@pytest.mark.parametrize("country", ["", "ZZ", "XK", "../us"])
def test_an_unknown_country_has_no_number(country: str) -> None:
    assert crisis.card(country) is None


def test_a_country_is_found_in_either_case() -> None:
    found = crisis.card("de")
    assert found is not None
    assert found is crisis.card("DE")
    assert found.lines[0].number == "112"


@pytest.mark.parametrize(
    ("today", "stale"),
    [("2026-11-24", False), ("2027-05-24", False), ("2027-05-25", True), ("2028-01-01", True)],
)
def test_numbers_grow_old_after_six_months(today: str, stale: bool) -> None:
    assert crisis.stale(crisis.read(GOOD, "us.yaml"), date.fromisoformat(today)) is stale


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (GOOD.replace('"911"', "911"), "number"),  # YAML reads a bare 000 as 0
        (GOOD.replace('"911"', '"call us"'), "number"),
        (GOOD.replace("emergency,", "crisis,"), "begin with an emergency number"),
        (GOOD.replace("24/7", "always"), 'row 1, hours: "always" is not 24/7'),
        (GOOD.replace("24/7", "xyz 14:00-20:00"), "row 1, hours"),
        (GOOD.replace("24/7", "mon-sat 14:00-25:00"), "row 1, hours"),
        (GOOD.replace("24/7", "mon 14:00-14:00"), "row 1, hours"),
        (GOOD.replace(", source: FCC", ""), "source"),
        (GOOD.replace("checked_on: 2026-11-24", ""), "checked_on"),
        (GOOD.replace('"US"', '"CA"'), "its country is CA"),
        ("country: [", "us.yaml"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(wrong: str, says: str) -> None:
    with pytest.raises(crisis.BrokenCard, match=says) as found:
        crisis.read(wrong, "us.yaml")
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("", None),
        ("24/7", crisis.ALWAYS),
        ("daily 08:00-22:00", crisis.Hours((0, 6), "08:00", "22:00")),
        ("mon-sat 14:00-20:00", crisis.Hours((0, 5), "14:00", "20:00")),
        ("sun-thu 18:00-02:00", crisis.Hours((6, 3), "18:00", "02:00")),
        ("sat 10:00-24:00", crisis.Hours((5, 5), "10:00", "24:00")),
    ],
)
def test_hours_are_read_from_the_file(said: str, hours: crisis.Hours | None) -> None:
    assert crisis.read(GOOD.replace("24/7", said), "us.yaml").lines[0].hours == hours


@pytest.mark.parametrize(
    ("country", "today", "said"),
    [
        ("DE", "2026-11-25", ""),
        ("DE", "2036-11-25", "bot/library/crisis/de.yaml: checked on"),
        ("", "2036-11-25", ""),
        ("XX", "2026-11-25", "COUNTRY=XX: no crisis numbers are known"),
    ],
)
def test_the_operator_hears_of_old_and_unknown_numbers(country: str, today: str, said: str) -> None:
    found = crisis.doubt(country, date.fromisoformat(today))
    assert found.startswith(said)
    assert bool(found) is bool(said)
