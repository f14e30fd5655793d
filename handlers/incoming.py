"""A Telegram message as plain values: what words it has, what medium, what cannot be kept."""

from __future__ import annotations

from datetime import timedelta

from telegram import Message

from bot.domain.notes import Incoming
from bot.model import Media


def clean(text: str | None) -> str | None:
    """No NUL and no half of a character: not every database stores them. Everything else is kept as it was said."""
    if text is None:
        return None
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def media(message: Message) -> Media | None:
    """The one medium of a message that can be kept."""
    if message.photo:
        return Media("photo", message.photo[-1].file_id)
    for kind in ("voice", "audio", "video", "video_note", "animation", "document"):
        found = getattr(message, kind)
        if found is not None:
            length: timedelta | None = getattr(found, "duration", None)
            return Media(kind, found.file_id, int(length.total_seconds()) if length else None)
    return None


def incoming(message: Message, said_at: int) -> Incoming | None:
    """None where there is nothing in it that can be kept."""
    text = clean(message.text if message.text is not None else message.caption)
    found = media(message)
    if found is None and not (text or "").strip():
        return None
    return Incoming(message.message_id, text, found, message.media_group_id, said_at)
