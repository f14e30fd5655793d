"""Text as Telegram takes it: cleaned, trimmed, measured in UTF-16 units."""

import re
from typing import Any

from bot.simulator.errors import Json, bad_request
from bot.simulator.markup import parse_html
from bot.simulator.strings import utf16_length

MAX_TEXT = 4096
MAX_CAPTION = 1024
COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w+)?(?![\w/<>])")
# Characters that leave nothing to see, beside white space.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

Formatted = tuple[str, list[Json]]


def check_utf8(value: Any) -> None:
    """Lone surrogates can be written in JSON, but not in UTF-8."""
    try:
        if isinstance(value, str):
            value.encode()
        elif isinstance(value, dict):
            check_utf8(list(value.values()))
        elif isinstance(value, list):
            for item in value:
                check_utf8(item)
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def read_text(params: Json) -> Formatted:
    if not params.get("text"):
        raise bad_request("message text is empty")
    text, entities = _formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text.strip().strip(INVISIBLE):
        raise bad_request("text must be non-empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, entities


def read_caption(params: Json) -> Formatted:
    given = params.get("caption") or ""
    text, entities = _formatted(given, params.get("parse_mode"), params.get("caption_entities"))
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def command_entities(text: str) -> list[Json]:
    """The /commands that a phone marks in what a person types."""
    return [
        {"type": "bot_command", "offset": utf16_length(text[: found.start()]), "length": utf16_length(found[0])}
        for found in COMMAND.finditer(text)
    ]


def _formatted(given: Any, parse_mode: str | None, entities: list[Json] | None) -> Formatted:
    text = str(given).replace("\r", "").replace("\0", " ")
    if (parse_mode or "").lower() == "html":
        return _trimmed(*parse_html(text))
    if parse_mode:
        raise bad_request("unsupported parse_mode")
    return _trimmed(text, list(entities or []))


def _trimmed(text: str, entities: list[Json]) -> Formatted:
    """Telegram cuts white space off both ends; entities move and shrink with it."""
    trimmed = text.strip()
    if trimmed == text or not trimmed:
        return trimmed, entities if trimmed else []
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    return trimmed, _moved(entities, cut, utf16_length(trimmed))


def _moved(entities: list[Json], cut: int, length: int) -> list[Json]:
    moved = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], length)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return moved
