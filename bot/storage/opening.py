"""Bring a database up: create it, migrate it, refuse a newer one. Alembic is imported only where there is work."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from bot.storage import sqlite
from bot.storage.database import Damaged, Database, DatabaseError
from bot.storage.schema import HEAD
from bot.storage.urls import POSTGRES, is_sqlite, sqlite_path

SCRIPTS = Path(__file__).parent / "migrations"


class NewerSchema(DatabaseError):
    """The database was written by a newer Homenotes."""


async def open_database(url: str, key: bytes) -> Database:
    """Open it with the schema brought up to date.

    Raises `Damaged` (wrong key, torn file), `NewerSchema`, `Unavailable`.
    """
    await asyncio.to_thread(migrate, url, key)
    if is_sqlite(url):
        return await sqlite.SqliteDatabase.open(sqlite_path(url), key)
    from bot.storage.postgres import PostgresDatabase  # noqa: PLC0415 - its driver is an extra

    return PostgresDatabase(url)


def migrate(url: str, key: bytes) -> tuple[str | None, str]:
    """Bring the schema up; returns the version before (None: empty) and now. Killed on the way, it is the old one."""
    with _connected(url, key) as connection:
        before = _version(connection)
        if before == HEAD:
            return before, HEAD
        if before is not None and not any(SCRIPTS.glob(f"versions/{before}_*.py")):
            raise NewerSchema(f"the database has schema {before}, this program knows up to {HEAD}: update the program")
        _upgrade(connection)
        return before, HEAD


def schema_version(url: str, key: bytes) -> str | None:
    """None for an empty database."""
    with _connected(url, key) as connection:
        return _version(connection)


def check(url: str, key: bytes) -> list[str]:
    """What is wrong with the database, a line each; empty when all is in order."""
    with _connected(url, key) as connection:
        version = _version(connection)
        if version != HEAD:
            return [f"the schema is {version or 'empty'}, this program needs {HEAD}: run migrate"]
        if not is_sqlite(url):
            return []
        torn = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        torn += [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
        loose = [
            f"{row[0]}: a row points to no {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
        ]
        return [*torn, *loose]


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command  # noqa: PLC0415 - start-up pays for it only when there is work
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    sqlite_engine = connection.dialect.name == "sqlite"
    connection.rollback()
    if sqlite_engine:  # a rebuilt table must not cascade; inside a transaction the pragma would do nothing
        cast("Any", connection.connection.driver_connection).execute("PRAGMA foreign_keys = OFF")
    with connection.begin():
        command.upgrade(config, "head")
        if sqlite_engine and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise Damaged("the migration would leave rows that point to nothing; nothing was changed")


@contextmanager
def _connected(url: str, key: bytes) -> Iterator[sa.Connection]:
    engine = _engine(url, key)
    try:
        with engine.connect() as connection:
            yield connection
    except sa.exc.DBAPIError as error:
        raise _translated(error) from error
    finally:
        engine.dispose()


def _translated(error: sa.exc.DBAPIError) -> DatabaseError:
    if isinstance(error.orig, sqlcipher.Error):
        return sqlite.translate(error.orig)
    from bot.storage.postgres import translate  # noqa: PLC0415

    return translate(error)


def _engine(url: str, key: bytes) -> sa.Engine:
    if url.startswith(POSTGRES):
        return sa.create_engine(url, poolclass=sa.NullPool)
    path = sqlite_path(url)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = sa.create_engine("sqlite://", module=sqlcipher, creator=lambda: _file(path, key), poolclass=sa.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _file(path: Path, key: bytes) -> Any:
    connection = sqlite.connect(path, key)
    path.chmod(0o600)
    return connection
