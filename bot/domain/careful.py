"""Careful words: what a caregiver writes is compared with the lists of every language (``bot/library/danger``).

In which language somebody writes is not known: that of the chat is one that is shipped, and in fear people write in
their first one. So every list is asked. A list misses much and catches too much; nobody is promised that anything is
found. The button comes first.
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
BETWEEN = 3  # words that "~" stands for at most
_SHORTEST = 3  # letters before the first "*" of a line
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


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    level: Level
    topic: str
    words: str


def in_danger(text: str | None) -> bool:
    """Whether the card comes at once."""
    found = look(text)
    return found is not None and found.level is Level.RED


def look(text: str | None) -> Found | None:
    """None where nothing of any list stands in the text."""
    if not text:
        return None
    said = _plain(text[:_LONGEST])
    lines = dict.fromkeys(
        line for word in dict.fromkeys(said.split()) for key in _keys(word) for line in _lines().get(key, ())
    )
    caught = [line for line in lines if _pattern(line.words).search(f" {said} ")]
    for level in Level:
        topics = tuple(dict.fromkeys(one.topic for one in caught if one.level is level))
        if topics:
            return Found(level, topics)
    return None


def _keys(word: str) -> list[str]:
    """What a line may begin with, where it begins with this word: the word, or the beginning of it and any ending."""
    return [word, *[word[:end] + "*" for end in range(_SHORTEST, len(word) + 1)]]


@cache
def _lines() -> Mapping[str, tuple[Line, ...]]:
    """Every line of every list, by what it begins with: of a message few have to be searched for."""
    found: dict[str, list[Line]] = {}
    for group in (group for lists in load().values() for group in lists.groups):
        for words in group.words:
            line = Line(group.level, group.topic, words)
            for first in words.split()[0].split("|"):
                start, ending, _ = first.partition("*")
                found.setdefault(_plain(start) + ending, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Made when it is first searched for: a start waits for none."""
    parts = [rf"(?: \S+){{0,{BETWEEN}}}" if word == "~" else f" (?:{_word(word)})" for word in words.split()]
    return re.compile(f"{''.join(parts)}(?= )")


def _word(word: str) -> str:
    """As `_plain` would make it of a message, but for the signs."""
    return "|".join(r"\S*".join(_plain(part) for part in one.split("*")) for one in word.split("|"))


class _Kept(dict[int, int | None]):
    """For `str.translate`: invisible characters, accents and apostrophes go. Each is looked up once."""

    def __missing__(self, code: int) -> int | None:
        goes = unicodedata.category(chr(code)) in ("Cf", "Mn") or chr(code) in "'\u2019\u02bc`\u00b4"
        self[code] = None if goes else code
        return self[code]


_KEPT = _Kept()
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")


def _plain(text: str) -> str:
    """Small letters without accents, one blank between words; a letter drawn out ("killll") is there twice."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    words = _DRAWN_OUT.sub(r"\1\1", folded.translate(_KEPT))
    return " ".join(_WORD.findall(words))
