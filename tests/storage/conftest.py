from __future__ import annotations

from tests.support.databases import (
    database,
    database_url,
    empty_postgres_url,
    empty_sqlite_url,
    empty_url,
    postgres,
    postgres_url,
    sqlite_url,
)

__all__ = [
    "database",
    "database_url",
    "empty_postgres_url",
    "empty_sqlite_url",
    "empty_url",
    "postgres",
    "postgres_url",
    "sqlite_url",
]
