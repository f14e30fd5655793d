"""Careful words: what a caregiver writes is compared with a list of their language (``bot/library/danger``).

A list misses much and catches too much; nobody is promised that anything is found. The button comes first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.library import parsed

LIBRARY = Path(__file__).parents[1] / "library" / "danger"
FALLBACK = "en"
BETWEEN = 3  # words that "~" stands for at most
_LONGEST = 4096  # letters that are looked at: as many as a message holds

_WORD = re.compile(r"[^\W_]+")

Words = Annotated[str, Field(pattern=r"^[^\s*|~]\S*( \S+)*$")]


class BrokenList(ValueError):
    """A list that cannot be used; the message names the file and what is wrong."""


class Level(StrEnum):
    RED = "red"  # the card at once, and somebody is alerted
    AMBER = "amber"  # the therapist hears of it the same working day


class Group(BaseModel):
    """Words of one topic, with a note for whoever reviews them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: Level
    topic: str = Field(pattern=r"^[a-z_]+$")
    note: str = ""
    words: tuple[Words, ...] = Field(min_length=1)


class Lists(BaseModel):
    """One language's file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = Field(pattern=r"^[a-z]{2}$")
    version: int = Field(ge=1)
    checked_on: date
    reviewed_by: str = Field(min_length=2)
    groups: tuple[Group, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Found:
    """What the words were caught as: the higher level, and the topics of that level."""

    level: Level
    topics: tuple[str, ...]


@cache
def load() -> Mapping[str, Lists]:
    """Every list by language. Raises ``BrokenList``."""
    found = (read(path.read_text(encoding="utf-8"), path.name) for path in sorted(LIBRARY.glob("*.yaml")))
    return MappingProxyType({one.language: one for one in found})


def read(source: str, name: str) -> Lists:
    """One file. Raises ``BrokenList``."""
    try:
        found = Lists.model_validate(parsed(source))
    except (yaml.YAMLError, ValidationError) as error:
        raise BrokenList(f"{name}: {error}") from error
    if f"{found.language}.yaml" != name:
        raise BrokenList(f"{name}: its language is {found.language}")
    return found


def look(text: str | None, language: str) -> Found | None:
    """None where nothing of the list stands in the text. A language without a list of its own is read by English's."""
    if not text:
        return None
    said = _plain(text)
    caught = [(level, topic) for level, topic, words in _patterns(language) if words.search(said)]
    for level in Level:
        topics = tuple(dict.fromkeys(topic for one, topic in caught if one is level))
        if topics:
            return Found(level, topics)
    return None


@cache
def _patterns(language: str) -> tuple[tuple[Level, str, re.Pattern[str]], ...]:
    lists = load().get(language) or load()[FALLBACK]
    return tuple(
        (one.level, one.topic, re.compile("|".join(_pattern(words) for words in one.words))) for one in lists.groups
    )


def _pattern(words: str) -> str:
    parts = [rf"(?: \S+){{0,{BETWEEN}}}" if word == "~" else f" (?:{_word(word)})" for word in words.split()]
    return f"{''.join(parts)}(?= )"


def _word(word: str) -> str:
    return "|".join(re.escape(one).replace(r"\*", r"\S*") for one in word.split("|"))


class _Kept(dict[int, int | None]):
    """For `str.translate`: invisible characters and apostrophes go. Each is looked up once."""

    def __missing__(self, code: int) -> int | None:
        goes = unicodedata.category(chr(code)) == "Cf" or chr(code) in "'\u2019\u02bc`\u00b4"
        self[code] = None if goes else code
        return self[code]


_KEPT = _Kept()
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")


def _plain(text: str) -> str:
    """Small letters, one blank between words and around the whole; a letter drawn out ("killll") is there twice."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    words = _DRAWN_OUT.sub(r"\1\1", folded.translate(_KEPT))
    return f" {' '.join(_WORD.findall(words))} "
