"""A medium as rows hold it."""

from __future__ import annotations

from bot.model import Media
from bot.storage.database import Row


def media_of(row: Row) -> Media | None:
    if not row["media_kind"]:
        return None
    return Media(row["media_kind"], row["media_file_id"], row["media_seconds"])
