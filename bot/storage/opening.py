"""Bring a database up: create it, migrate it, refuse a newer one. Alembic is imported only where there is work."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from bot.storage import backup, sqlite
from bot.storage.database import Damaged, Database, DatabaseError, Unavailable
from bot.storage.lock import running
from bot.storage.schema import HEAD, counter
from bot.storage.urls import POSTGRES, is_sqlite, sqlite_path

MIGRATING = 60_000  # ms that a command waits for another process to bring the schema up
SCRIPTS = Path(__file__).parent / "migrations"

_KEY = "key"  # the counter that tells which key the values of a server were sealed with
_FIND_KEY = sa.select(counter.c.value).where(counter.c.name == sa.bindparam("name"))
_TELL_KEY = sa.text("INSERT INTO counter (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")


class NewerSchema(DatabaseError):
    """The database was written by a newer Homenotes."""


class OlderSchema(DatabaseError):
    """The database has to be migrated, and somebody works with it as it is."""


def old_of(database: Path, version: str | None) -> Path:
    """The copy of a database that is made before its schema changes."""
    return database.with_name(f"{database.name}.schema-{version}")


async def open_database(url: str, key: bytes, *, beside: bool = False) -> Database:
    """Open it with the schema brought up to date; `beside` a bot that may run, only if it is.

    Raises `Damaged` (wrong key, torn file), `NewerSchema`, `OlderSchema`, `NoCopy`, `Unavailable`.
    """
    await asyncio.to_thread(migrate, url, key, beside=beside)
    if is_sqlite(url):
        return await sqlite.SqliteDatabase.open(sqlite_path(url), key)
    from bot.storage.postgres import PostgresDatabase  # noqa: PLC0415 - its driver is an extra

    return PostgresDatabase(url, key)


def migrate(url: str, key: bytes, *, keep_old: bool = True, beside: bool = False) -> tuple[str | None, str]:
    """Bring the schema up; returns the version before (None: empty) and now. Killed on the way, it is the old one.

    `keep_old`: a database that changes is copied before (see `old_of`). `beside`: not where a bot runs on the old one.
    """
    with _connected(url, key) as connection:
        before = _version(connection)
        _refuse_newer(before)
        if before not in (None, HEAD) and beside and running(url):
            raise OlderSchema(f"a bot runs on it with schema {before}: stop it, then run migrate")
        if before not in (None, HEAD) and keep_old and is_sqlite(url):
            backup.make(sqlite_path(url), key, old_of(sqlite_path(url), before), replace=True)
        if before != HEAD:
            _upgrade(connection, key)
        elif not is_sqlite(url):
            _same_key(connection, key)
        return before, HEAD


def fits(url: str, key: bytes) -> bool:
    """Whether that key opens what there is; any does where there is nothing yet."""
    if is_sqlite(url) and not sqlite_path(url).exists():
        return True
    try:
        with _connected(url, key) as connection:
            if not is_sqlite(url) and _version(connection) is not None:
                _same_key(connection, key)
    except Damaged:
        return False
    return True


def schema_version(url: str, key: bytes) -> str | None:
    """None for an empty database."""
    with _connected(url, key) as connection:
        return _version(connection)


def check(url: str, key: bytes) -> list[str]:
    """What is wrong with the database, a line each; empty when all is in order."""
    with _connected(url, key) as connection:
        version = _version(connection)
        _refuse_newer(version)
        if version != HEAD:
            return [f"the schema is {version or 'empty'}, this program needs {HEAD}: run migrate"]
        if not is_sqlite(url):
            _same_key(connection, key)
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


def _refuse_newer(version: str | None) -> None:
    if version is not None and not any(SCRIPTS.glob(f"versions/{version}_*.py")):
        raise NewerSchema(f"the database has schema {version}, this program knows up to {HEAD}: update the program")


def _same_key(connection: sa.Connection, key: bytes) -> None:
    """A file shows by itself whether the key fits. A server is told at its migration, by a number made from the key."""
    from bot.storage.seal import fingerprint  # noqa: PLC0415 - only where it is needed

    found = connection.execute(_FIND_KEY, {"name": _KEY}).scalar()
    if found is not None and found != fingerprint(key):
        raise Damaged("what is sealed in it was sealed with another key")


def _tell_key(connection: sa.Connection, key: bytes) -> None:
    from bot.storage.seal import fingerprint  # noqa: PLC0415

    _same_key(connection, key)
    connection.execute(_TELL_KEY, {"name": _KEY, "value": fingerprint(key)})


def _seal(connection: sa.Connection, key: bytes) -> None:
    """What an older program or a migration wrote down in plain, or sealed without binding it to its row."""
    from bot.storage import sealing  # noqa: PLC0415

    for page in sealing.pages():
        while rows := connection.execute(page.read, {"after": page.after}).mappings().all():
            if found := page.next([dict(row) for row in rows], sealing.Cipher(key).sealed_if_not):
                connection.execute(page.write, found)


def _upgrade(connection: sa.Connection, key: bytes) -> None:
    from alembic import command  # noqa: PLC0415 - start-up pays for it only when there is work
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    sqlite_engine = connection.dialect.name == "sqlite"
    connection.rollback()
    if sqlite_engine:  # a rebuilt table must not cascade; inside a transaction the pragma would do nothing
        cast("Any", connection.connection.driver_connection).execute("PRAGMA foreign_keys = OFF")
    with _transaction(connection):
        command.upgrade(config, "head")
        if not sqlite_engine:
            _tell_key(connection, key)
            _seal(connection, key)
        elif connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise Damaged("the migration would leave rows that point to nothing; nothing was changed")


@contextmanager
def _transaction(connection: sa.Connection) -> Iterator[None]:
    """The only one that writes: of two processes that migrate at once, the second finds it done."""
    connection.rollback()
    connection.info["writes"] = True
    with connection.begin():
        if connection.dialect.name == "postgresql":
            from bot.storage.postgres import ALONE  # noqa: PLC0415

            connection.execute(ALONE)
        yield


@contextmanager
def _connected(url: str, key: bytes) -> Iterator[sa.Connection]:
    engine = _engine(url, key)
    try:
        with engine.connect() as connection:
            yield connection
    except sa.exc.SQLAlchemyError as error:
        raise _translated(error, url) from error
    finally:
        engine.dispose()


def _translated(error: sa.exc.SQLAlchemyError, url: str) -> DatabaseError:
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlcipher.Error):
        return sqlite.translate(cause, str(sqlite_path(url)))
    from bot.storage.postgres import translate  # noqa: PLC0415

    return translate(error)


def _engine(url: str, key: bytes) -> sa.Engine:
    if url.startswith(POSTGRES):
        from bot.storage.postgres import address  # noqa: PLC0415

        return sa.create_engine(address(url), poolclass=sa.NullPool, hide_parameters=True)
    path = sqlite_path(url)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = sa.create_engine("sqlite://", module=sqlcipher, creator=lambda: _file(path, key), poolclass=sa.NullPool)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.get("writes") else "BEGIN")


def _file(path: Path, key: bytes) -> Any:
    connection = sqlite.connect(path, key, busy_ms=MIGRATING)
    if not os.access(path, os.W_OK):
        connection.close()
        raise Unavailable(f"{path} is read-only: let this user write it")
    known = path.stat()
    if known.st_uid == os.geteuid() and known.st_mode & 0o077:
        path.chmod(0o600)
    return connection
