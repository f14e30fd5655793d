"""How an export writes values, media and what stood somewhere before."""

from __future__ import annotations

import json
from typing import Any

from bot.domain.consents import FILES
from bot.domain.iso import iso
from bot.model import Json
from bot.storage.database import Row


def value(row: Row) -> Any:
    return None if row["value"] is None else json.loads(row["value"])


def media(row: Row) -> Json | None:
    """A picture that came as a file is a document there, as Telegram has it."""
    kind = row["media_kind"]
    return {"kind": "document" if kind in FILES.values() else kind, "file_id": row["media_file_id"]} if kind else None


def revision(row: Row) -> Json:
    """What stood there before, from ``recorded_at`` until ``replaced_at``."""
    return {
        "text": row["text"],
        "media": media(row),
        "recorded_at": iso(row["recorded_at"]),
        "replaced_at": iso(row["replaced_at"]),
    }
