"""Long texts, cut where they may be cut: after escaping, never inside a tag or an entity, tags closed and reopened.

Telegram counts UTF-16 units of the text as it is shown. Source: Bot API, sendMessage, "after entities parsing".
"""

from __future__ import annotations

import html
import re

_TOKEN = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^>]*)>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);|\s+|[^<&\s]+|.", re.DOTALL
)


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(markup: str) -> int:
    """How long Telegram finds it."""
    return units(html.unescape(re.sub(r"<[^>]*>", "", markup)))


def split(markup: str, limit: int) -> list[str]:
    """Parts of at most `limit` visible units, each well-formed; one part where it fits."""
    if visible(markup) <= limit:
        return [markup]
    parts, now, room = [], "", limit
    open_tags: list[tuple[str, str]] = []
    for token in _tokens(markup, limit):
        tag = _TOKEN.fullmatch(token)
        size = 0 if tag and tag[2] else units(html.unescape(token))
        if size > room:
            parts.append(now.rstrip() + "".join(f"</{name}>" for name, _ in reversed(open_tags)))
            now, room = "".join(opening for _, opening in open_tags), limit
            if token.isspace():
                continue
        now, room = now + token, room - size
        if tag and tag[2]:
            _nest(open_tags, closing=bool(tag[1]), name=tag[2], opening=token)
    return [part for part in [*parts, now] if visible(part) > 0]


def _nest(open_tags: list[tuple[str, str]], *, closing: bool, name: str, opening: str) -> None:
    if not closing:
        open_tags.append((name, opening))
    elif open_tags and open_tags[-1][0] == name:
        open_tags.pop()


def _tokens(markup: str, limit: int) -> list[str]:
    """Tags, entities, spaces and words; a word longer than a whole part is cut into pieces."""
    found = []
    for match in _TOKEN.finditer(markup):
        token = match[0]
        if match[2] or token.startswith("&") or units(token) <= limit:
            found.append(token)
        else:
            step = limit // 2  # a character is at most two units
            found += [token[at : at + step] for at in range(0, len(token), step)]
    return found
