"""One poller for one database. The lock dies with its process, however that dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa

from bot.storage.urls import is_sqlite, sqlite_path

_ADVISORY = 0x484F4D45  # "HOME"


class AlreadyRunning(RuntimeError):
    """Another process works with this database."""


@asynccontextmanager
async def poller_lock(url: str) -> AsyncIterator[None]:
    """Hold the database for this process. Raises `AlreadyRunning` at once where another one does."""
    if is_sqlite(url):
        handle = _lock_file(sqlite_path(url))
        try:
            yield
        finally:
            os.close(handle)
        return
    async with _advisory(url):
        yield


def running(url: str) -> bool:
    """Whether a bot runs on this database now."""
    if is_sqlite(url):
        try:
            os.close(_lock_file(sqlite_path(url)))
        except AlreadyRunning:
            return True
        return False
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            return not connection.execute(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY))).scalar_one()
    finally:
        engine.dispose()


def _lock_file(database: Path) -> int:
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise AlreadyRunning("another process already polls for this database") from error
    return handle


@asynccontextmanager
async def _advisory(url: str) -> AsyncIterator[None]:
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - only where PostgreSQL is used

    engine = create_async_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            held = await connection.execute(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY)))
            if not held.scalar_one():
                raise AlreadyRunning("another process already polls for this database")
            yield
    finally:
        await engine.dispose()
