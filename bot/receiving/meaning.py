"""What makes two updates the same: not their number, which Telegram may restart or give twice, but what they mean."""

from __future__ import annotations

import hashlib
import json

from bot.model import Json

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
BEYOND = 1 << 52  # https://core.telegram.org/bots/api#user


def meaning(update: Json) -> str:
    """A short text, equal for equal content. A press is known by its query id, anything else by its whole content."""
    press = update.get("callback_query")
    if isinstance(press, dict) and isinstance(press.get("id"), str):
        return "press:" + hashlib.blake2b(press["id"].encode(errors="replace"), digest_size=16).hexdigest()
    content = {key: value for key, value in update.items() if key != "update_id"}
    raw = _CANONICAL.encode(content).encode()
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def update_id(update: Json) -> int:
    """The update's number, 0 where it has none."""
    return _number(update.get("update_id")) or 0


def chat_id(update: Json) -> int | None:
    """The private chat an update came from, found without trusting its shape."""
    for kind in ("message", "edited_message", "callback_query"):
        part = update.get(kind)
        sender = part.get("from") if isinstance(part, dict) else None
        if isinstance(sender, dict) and (number := _number(sender.get("id"))) is not None:
            return number
    return None


def query_id(update: Json) -> str | None:
    """The press whose spinner turns, found in the same way."""
    press = update.get("callback_query")
    found = press.get("id") if isinstance(press, dict) else None
    return found if isinstance(found, str) and found.isascii() else None


def _number(value: object) -> int | None:
    """One that a database can hold; Telegram's have at most 52 bits."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value < BEYOND else None
