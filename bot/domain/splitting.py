"""Long texts, cut where they may be cut: after escaping, never inside a tag, an entity or a joined emoji.

Telegram counts UTF-16 units of the text as it is shown. Source: Bot API, sendMessage, "after entities parsing".
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile

_ENTITY = r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);"
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*>")
_TOKEN = re.compile(rf"<[^>]*>|\s+|(?:{_ENTITY}|[^<\s])+|.", re.DOTALL)
_CHARACTER = re.compile(rf"{_ENTITY}|.", re.DOTALL)
_JOINER = "\u200d"
_KEYCAPS_AND_SKIN = re.compile("[\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(markup: str) -> int:
    """How long Telegram finds it."""
    return units(html.unescape(re.sub(r"<[^>]*>", "", markup)))


def split(markup: str, limit: int) -> list[str]:
    """Parts of at most `limit` visible units, each well-formed; one part where it fits. Only white space at a cut, and
    a part that would be nothing else, is left out.
    """
    if 2 * len(markup) <= limit or visible(markup) <= limit:  # nothing is shown longer than twice its characters
        return [markup]
    parts, now, room = [], "", limit
    open_tags: list[tuple[str, str]] = []
    for token in _tokens(markup, limit):
        tag = _TAG.fullmatch(token)
        size = 0 if tag else units(html.unescape(token))
        if size > room:
            parts.append(now.rstrip() + "".join(f"</{name}>" for name, _ in reversed(open_tags)))
            now, room = "".join(opening for _, opening in open_tags), limit
            if token.isspace():
                continue
        now, room = now + token, room - size
        if tag:
            _nest(open_tags, closing=bool(tag[1]), name=tag[2], opening=token)
    return [part for part in [*parts, now] if not _blank(part)]


def _blank(part: str) -> bool:
    return not html.unescape(re.sub(r"<[^>]*>", "", part)).strip()


def _nest(open_tags: list[tuple[str, str]], *, closing: bool, name: str, opening: str) -> None:
    if not closing:
        open_tags.append((name, opening))
    elif open_tags and open_tags[-1][0] == name:
        open_tags.pop()


def _tokens(markup: str, limit: int) -> Iterator[str]:
    """Tags, spaces and words; what is longer than a whole part is cut into pieces."""
    for match in _TOKEN.finditer(markup):
        token = match[0]
        if _TAG.fullmatch(token) or units(html.unescape(token)) <= limit:
            yield token
        else:
            yield from _pieces(token, limit)


def _pieces(word: str, limit: int) -> Iterator[str]:
    """As few as possible, each of whole characters as a person sees them; one with thousands of accents is cut too."""
    piece, size = "", 0
    for seen in _fitting(word, limit):
        length = units(html.unescape(seen))
        if size + length > limit and piece:
            yield piece
            piece, size = "", 0
        piece, size = piece + seen, size + length
    yield piece


def _fitting(word: str, limit: int) -> Iterator[str]:
    for seen in _seen(word):
        if units(html.unescape(seen)) <= limit:
            yield seen
        else:
            yield from (match[0] for match in _CHARACTER.finditer(seen))


def _seen(word: str) -> Iterator[str]:
    """Characters as a person sees them: with their accents, skin tones and everything that is joined to them."""
    seen = ""
    for match in _CHARACTER.finditer(word):
        if seen and not _belongs(seen, match[0]):
            yield seen
            seen = ""
        seen += match[0]
    yield seen


def _belongs(before: str, character: str) -> bool:
    """Does this character change what stands before it, instead of standing for itself?"""
    if before.endswith(_JOINER) or character == _JOINER or _KEYCAPS_AND_SKIN.match(character):
        return True
    if len(character) == 1 and unicodedata.category(character).startswith("M"):
        return True
    letters = len(list(takewhile(_FLAG_LETTER.match, reversed(before))))
    return letters % 2 == 1 and bool(_FLAG_LETTER.match(character))
