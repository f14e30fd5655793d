"""Database URLs: `sqlite+aiosqlite:///<path>` or `postgresql+psycopg://…`."""

from __future__ import annotations

from pathlib import Path

SQLITE = "sqlite+aiosqlite:///"
POSTGRES = "postgresql+psycopg://"


def is_sqlite(url: str) -> bool:
    return url.startswith(SQLITE)


def sqlite_path(url: str) -> Path:
    return Path(url.removeprefix(SQLITE))
