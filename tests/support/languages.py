"""The languages that conversations are held in by tests: English and the two made-up ones, read back as English.

A test says what it expects in English. What a phone shows in another language is turned back before it is compared;
what does not turn back was never translated.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from bot.simulator import Shown
from bot.text import pseudo
from bot.text.catalogue import Catalogue
from bot.text.entries import Entries

ENGLISH, LONGER, MIRRORED = "en", pseudo.LONGER, pseudo.MIRRORED
MADE_UP = (LONGER, MIRRORED)
DIRECTION_MARKS = re.compile("[\u2066-\u2069\u202a-\u202e]")
_TAG = re.compile(r"<[^>]*>")


@cache
def catalogue(language: str) -> Catalogue:
    """A clinic that speaks this language alone: a word in any other has no text there."""
    if language == ENGLISH:
        return Catalogue.load()
    return Catalogue({language: Catalogue.load(pseudo=True)._sources[language]})


def as_english(text: str, language: str) -> str:
    """What it says, as an English reader would read it; the invisible direction marks are gone."""
    plain = DIRECTION_MARKS.sub("", text)
    if language != LONGER:  # in the mirrored one the letters stay
        return plain
    english, found = _english()
    return found.sub(lambda hit: english[hit[0]], plain)


def foreign(text: str, language: str) -> str:
    """What stands between our own words in the made-up language that is longer: the words of people, and dates."""
    assert language == LONGER, "only there our words look like nobody else's"
    return _english()[1].sub(" ", DIRECTION_MARKS.sub("", text))


def read(shown: Shown, language: str) -> Shown:
    """The message and its buttons in English."""
    rows = [[replace(one, label=as_english(one.label, language)) for one in row] for row in shown.buttons]
    return replace(shown, text=as_english(shown.text, language), buttons=rows)


@cache
def _english() -> tuple[dict[str, str], re.Pattern[str]]:
    """English by the longer words, and what finds those in a text: the longest first."""
    every = Catalogue.load(pseudo=True)
    pairs = zip(_pieces(every.entries(LONGER)), _pieces(every.entries(ENGLISH)), strict=True)
    known = {longer: english for longer, english in pairs if longer != english}
    return known, re.compile("|".join(re.escape(one) for one in sorted(known, key=len, reverse=True)))


def _pieces(entries: Entries) -> Iterator[str]:
    """Every run of our own words on one line, as it is shown."""
    words = _Words()
    for entry in entries.values():
        words.visit(entry)
    for text in words.found:
        for line in html.unescape(_TAG.sub("", text)).split("\n"):
            if line.strip():
                yield line.strip()


class _Words(Visitor):
    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 - Fluent's name
        self.found.append(node.value)
