"""How an export writes moments, media and what stood somewhere before."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.clock import from_ms
from bot.model import Json
from bot.storage.database import Row


def iso(ms: int) -> str:
    """UTC, ISO 8601, ending in Z; milliseconds where there are any."""
    moment: datetime = from_ms(ms)
    timespec = "milliseconds" if ms % 1000 else "seconds"
    return moment.replace(tzinfo=None).isoformat(timespec=timespec) + "Z"


def iso_or_none(ms: int | None) -> str | None:
    return None if ms is None else iso(ms)


def value(row: Row) -> Any:
    return None if row["value"] is None else json.loads(row["value"])


def media(row: Row) -> Json | None:
    return {"kind": row["media_kind"], "file_id": row["media_file_id"]} if row["media_kind"] else None


def revision(row: Row) -> Json:
    """What stood there before, from ``recorded_at`` until ``replaced_at``."""
    return {
        "text": row["text"],
        "media": media(row),
        "recorded_at": iso(row["recorded_at"]),
        "replaced_at": iso(row["replaced_at"]),
    }
