"""When a line is open, in the reader's own language and direction: the file's own words are for machines."""

from __future__ import annotations

import re

import pytest

from bot.domain import crisis
from bot.text.catalogue import FSI, PDI, Catalogue
from bot.text.screens import urgent

TEXTS = Catalogue.load(pseudo=True)
MARKS = re.compile("[\u2066-\u2069\u202a-\u202e]")


def shown(language: str, hours: str) -> str:
    line = {"kind": "child", "number": "116 111", "name": "Line", "languages": ["de"], "source": "it", "hours": hours}
    found = urgent.line(TEXTS.voice(language), crisis.Line.model_validate(line))
    return found.rpartition(" · ")[2]


@pytest.mark.parametrize(
    ("language", "hours", "says"),
    [
        ("en", "mon-sat 14:00-20:00", "Mon–Sat 14:00–20:00"),
        ("en", "sat 10:00-12:00", "Sat 10:00–12:00"),
        ("en", "daily 08:00-22:00", "every day 08:00–22:00"),
        ("en", "24/7", "day and night"),
        ("en", "daily 00:00-24:00", "day and night"),
        ("en-XA", "mon-sat 14:00-20:00", "Mon–Sat 14:00–20:00"),
        ("en-XA", "24/7", "ðååýý ååñð ñîîĝĥţ~"),
        ("ar-XB", "mon-sat 14:00-20:00", "الاثنين–السبت 14:00–20:00"),
    ],
)
def test_the_card_says_when_in_the_readers_language(language: str, hours: str, says: str) -> None:
    assert MARKS.sub("", shown(language, hours)) == says


def test_from_right_to_left_the_first_day_and_the_first_hour_come_first() -> None:
    """A dash between two isolates runs as the line does; within one of its own it would run left to right."""
    depth = 0
    for letter in shown("ar-XB", "mon-sat 14:00-20:00"):
        depth += (letter == FSI) - (letter == PDI)
        assert letter != "–" or depth == 0


def test_a_number_for_text_messages_says_so() -> None:
    card = crisis.card("US")
    assert card is not None
    lines = MARKS.sub("", urgent.answered(TEXTS.voice("en"), "yes", card).text)
    assert "988 Suicide &amp; Crisis Lifeline · text message: 988 · day and night" in lines


def test_a_file_that_cannot_be_read_stops_the_start(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("crisis")
    broken = (crisis.LIBRARY / "de.yaml").read_text(encoding="utf-8").replace("mon-sat", "monday-saturday")
    (folder / "de.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(crisis, "LIBRARY", folder)
    crisis.load.cache_clear()
    try:
        with pytest.raises(crisis.BrokenCard, match=r'^de\.yaml: row 3, hours: "monday-saturday 14:00-20:00" is not'):
            crisis.load()
    finally:
        monkeypatch.undo()
        crisis.load.cache_clear()
