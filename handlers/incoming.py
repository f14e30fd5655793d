"""A Telegram message as plain values: what words it has, what medium, what cannot be kept."""

from __future__ import annotations

import mimetypes
from datetime import timedelta
from unicodedata import category

from telegram import Message

from bot.domain.consents import FILES
from bot.domain.notes import Incoming, clean
from bot.model import Media

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})  # kinds of characters, by Unicode


def media(message: Message) -> Media | None:
    """The one medium of a message that can be kept; one without a name cannot be sent on."""
    files = {"photo": message.photo[-1] if message.photo else None}
    files |= {
        kind: getattr(message, kind) for kind in ("voice", "audio", "video", "video_note", "animation", "document")
    }
    for kind, file in files.items():
        if file is not None and (name := clean(file.file_id)):
            return Media(_kind(kind, file), name, _seconds(getattr(file, "duration", None)))
    return None


def _kind(kind: str, file: object) -> str:
    """A picture, a film or a sound that came as a file is what it is: it needs the same yes, and has the same time.

    Some phones say of any file no more than that it is bytes: then its name counts.
    """
    if kind != "document":
        return kind
    named = mimetypes.guess_type(getattr(file, "file_name", None) or "")[0]
    told = [(one or "").partition("/")[0].lower() for one in (getattr(file, "mime_type", None), named)]
    return next((FILES[one] for one in told if one in FILES), kind)


def _seconds(length: timedelta | int | None) -> int | None:
    """The library gives either, by a setting of the environment."""
    return int(length.total_seconds() if isinstance(length, timedelta) else length or 0) or None


def _has_words(text: str) -> bool:
    """Whether anything in it can be seen: blanks, joiners and direction marks alone say nothing."""
    return any(category(letter) not in _UNSEEN for letter in text)


def incoming(message: Message, said_at: int) -> Incoming | None:
    """None where there is nothing in it that can be kept."""
    text = clean(message.text if message.text is not None else message.caption)
    found = media(message)
    if found is None and not _has_words(text or ""):
        return None
    return Incoming(message.message_id, text, found, clean(message.media_group_id), said_at)
