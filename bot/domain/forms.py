"""Templates of one's own beside the library's: which version is asked now."""

from __future__ import annotations

from bot.domain import templates
from bot.domain.templates import Template
from bot.storage import forms as stored
from bot.storage.database import Tx


async def newest(tx: Tx, key: str) -> Template:
    """The version that is asked now. Raises ``KeyError`` for a key that nobody has."""
    if key in templates.load():
        return templates.load()[key]
    row = await stored.newest(tx, key)
    if row is None:
        raise KeyError(key)
    return templates.of(key, row["version"], row["body"])
