"""Careful words: over-caught on purpose, and ordinary days go through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import careful
from bot.domain.careful import Found, Level
from bot.text.catalogue import Catalogue

RED = (
    "I can’t breathe",
    "he hit me",
    "She said she'd KILL the dragon",
    "no seizures this week",
    "I don't want to live",
    "k\u200bill",
    "killlll",
    "He wants to just die!",
    "he swallowed one of the batteries",
    "we cannot find him",
)
AMBER = ("I can't take it any more", "Should he take less medicine?", "he stopped talking", "she ran away")
CALM = (
    "A good day.",
    "I hit the ball to him and he hit it back",
    "he cut paper with a knife",
    "we practised breathing",
    "he bit me",
    "he lost his shoe",
    "Die Sonne schien",
    "a lot of fun",
    "",
)


@pytest.mark.parametrize("text", RED)
def test_red(text: str) -> None:
    found = careful.look(text)
    assert found is not None
    assert found.level is Level.RED


@pytest.mark.parametrize("text", AMBER)
def test_amber(text: str) -> None:
    found = careful.look(text)
    assert found is not None
    assert found.level is Level.AMBER


@pytest.mark.parametrize("text", CALM)
def test_an_ordinary_day(text: str) -> None:
    assert careful.look(text) is None


def test_the_higher_level_is_what_counts() -> None:
    assert careful.look("his meds ran out and he hit me") == Found(Level.RED, ("violence",))


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    careful.look(text)


def test_every_topic_has_its_word_in_the_catalogue() -> None:
    voice = Catalogue.load().voice("en")
    for lists in careful.load().values():
        assert all(voice.has(f"urgent-topic-{one.topic}") for one in lists.groups)


@pytest.mark.parametrize("source", ["", "language: en", "language: de\nversion: x", ":"])
def test_a_broken_list_is_named(source: str) -> None:
    with pytest.raises(careful.BrokenList, match=r"en\.yaml"):
        careful.read(source, "en.yaml")
