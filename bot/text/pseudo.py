"""Two made-up languages that show what a translation will break: one a third longer, one right to left.

Only the words of a message change: tags, entities, commands, addresses and placeables stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fluent.syntax import ast
from fluent.syntax.visitor import Transformer

from bot.text.entries import Entry

LONGER, MIRRORED = "en-XA", "ar-XB"

_KEPT = re.compile(r"(<[^>]*>|&#?\w+;|https?://\S+|(?<!\w)[/@]\w+|\n)")
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
_VOWELS = "aeiouyAEIOUY"
_RLE, _PDF = "\u202b", "\u202c"  # not an override: in words that are handed on it is named, as in anybody’s


class _Words(Transformer):
    def __init__(self, change: Callable[[str], str]) -> None:
        self._change = change

    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:  # noqa: N802 - Fluent's name
        node.value = "".join(
            part if number % 2 or not any(letter.isalpha() for letter in part) else self._change(part)
            for number, part in enumerate(_KEPT.split(node.value))
        )
        return node


def longer(words: str) -> str:
    """A third longer: accents, vowels doubled, and what is still wanting as marks after the last word."""
    wanted = -(-len(words.strip()) // 3)
    letters: list[str] = []
    for letter in words:
        double = wanted > 0 and letter in _VOWELS
        wanted -= double
        letters.append(letter.translate(_ACCENTS) * (1 + double))
    text = "".join(letters)
    ending = len(text) - len(text.rstrip())
    return text[: len(text) - ending] + "~" * wanted + text[len(text) - ending :]


def mirrored(words: str) -> str:
    """The same letters, running from right to left."""
    core = words.strip()
    return words.replace(core, f"{_RLE}{core}{_PDF}", 1)


def _changing(change: Callable[[str], str]) -> Callable[[Entry], Entry]:
    """The message with every word changed: it is changed itself, so hand in one of your own."""

    def changed(entry: Entry) -> Entry:
        made: Entry = _Words(change).visit(entry)
        return made

    return changed


LANGUAGES = {LONGER: _changing(longer), MIRRORED: _changing(mirrored)}
