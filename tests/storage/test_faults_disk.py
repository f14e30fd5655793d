"""A full disk and a locked database: what is committed stays, the rest is as if never begun and may be tried again."""

from __future__ import annotations

import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.storage import opening, sqlite
from bot.storage.database import Database, DatabaseError, Tx, Unavailable, savepoint
from bot.storage.schema import dead_update, handled
from bot.storage.sqlite import SqliteDatabase
from bot.storage.urls import sqlite_path
from tests.support.databases import KEY

_ADD = handled.insert().values(meaning=sa.bindparam("meaning"), update_id=0, batch=0)
_KEEP = dead_update.insert().values(update_id=sa.bindparam("number"), error="", payload=sa.bindparam("payload"), at=0)
_ALL = sa.select(dead_update.c.update_id, dead_update.c.payload).order_by(dead_update.c.id)
BIG = "x" * 20_000


async def _put(tx: Tx, number: int, parts: int = 2, payload: str = BIG) -> None:
    for _ in range(parts):
        await tx.run(_KEEP, {"number": number, "payload": payload})


async def _numbers(db: Database) -> list[int]:
    return [row["update_id"] for row in await db.read(lambda tx: tx.rows(_ALL))]


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[SqliteDatabase]:
    db = await opening.open_database(url, KEY)
    assert isinstance(db, SqliteDatabase)
    try:
        yield db
    finally:
        await db.close()


@contextmanager
def _no_file_longer_than(size: int) -> Iterator[None]:
    """The system refuses every byte beyond, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _log_size(url: str) -> int:
    return Path(f"{sqlite_path(url)}-wal").stat().st_size


async def _until_full(db: Database, first: int = 0, *, forgiving: bool = False) -> int:
    """Writes until the disk is full; returns how many transactions were acknowledged."""

    async def kept_alone(tx: Tx, number: int) -> None:
        async with savepoint(tx):
            await _put(tx, number)

    async def work(tx: Tx, number: int) -> None:
        await tx.run(_ADD, {"meaning": str(number)})
        for part in range(3):
            try:
                await kept_alone(tx, number)
            except DatabaseError:
                if not forgiving:
                    raise
            await tx.run(_ADD, {"meaning": f"{number}.{part}"})

    for number in range(first, first + 1000):
        try:
            await db.write(lambda tx, n=number: work(tx, n))
        except Unavailable:
            return number - first
    raise AssertionError("the disk was never full")


@pytest.mark.parametrize("forgiving", [False, True], ids=["raising", "forgiving"])
@pytest.mark.parametrize("place", ["file", "log"])
async def test_fault_39_a_full_disk_costs_the_transaction_as_a_whole(
    sqlite_url: str, place: str, forgiving: bool
) -> None:
    """Refused as something that passes, also where the work would go on after the error; with room it works again."""
    async with _opened(sqlite_url) as db:
        if place == "file":
            await db._writer.execute("PRAGMA max_page_count = 400")
            acknowledged = await _until_full(db, forgiving=forgiving)
            await db._writer.execute("PRAGMA max_page_count = 1000000")
        else:
            with _no_file_longer_than(1_500_000):
                acknowledged = await _until_full(db, forgiving=forgiving)
        assert acknowledged > 3
        assert await _numbers(db) == [n for n in range(acknowledged) for _ in range(6)]
        await db.write(lambda tx: _put(tx, 9999))
        assert await _numbers(db) == [*(n for n in range(acknowledged) for _ in range(6)), 9999, 9999]
        rows = await db.read(lambda tx: tx.rows(sa.select(handled)))
        assert len(rows) == acknowledged * 4
    assert opening.check(sqlite_url, KEY) == []


async def test_fault_39_full_and_full_again_nothing_is_lost_between(sqlite_url: str) -> None:
    """Every time there is room again the next transactions are kept, and only those."""
    kept: list[int] = []
    async with _opened(sqlite_url) as db:
        for turn in range(4):
            await db._writer.execute(f"PRAGMA max_page_count = {300 + turn * 150}")
            first = turn * 1000
            kept += range(first, first + await _until_full(db, first))
        assert len(kept) > 12
    async with _opened(sqlite_url) as db:
        assert sorted(set(await _numbers(db))) == kept
    assert opening.check(sqlite_url, KEY) == []


async def test_fault_39_a_disk_full_at_the_commit_stores_nothing(sqlite_url: str) -> None:
    """What was written fits into memory, what has to be committed does not fit on the disk."""
    async with _opened(sqlite_url) as db:
        await db.write(lambda tx: _put(tx, 1))
        with _no_file_longer_than(_log_size(sqlite_url) + 10_000):
            with pytest.raises(Unavailable):
                await db.write(lambda tx: _put(tx, 2))
            with pytest.raises(Unavailable):
                await db.write(lambda tx: _put(tx, 3))
            assert await _numbers(db) == [1, 1]
        await db.write(lambda tx: _put(tx, 4))
        assert await _numbers(db) == [1, 1, 4, 4]
    assert opening.check(sqlite_url, KEY) == []


@pytest.fixture
async def impatient(sqlite_url: str) -> AsyncIterator[SqliteDatabase]:
    """Waits for a lock as long as a test wants to."""
    opening.migrate(sqlite_url, KEY)
    db = await SqliteDatabase.open(sqlite_path(sqlite_url), KEY, busy_ms=30)
    yield db
    await db.close()


async def test_fault_40_a_locked_file_passes(sqlite_url: str, impatient: SqliteDatabase) -> None:
    """Refused as something that passes, readers go on, and when the lock is gone the same write is stored once."""
    other = sqlite.connect(sqlite_path(sqlite_url), KEY)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        with pytest.raises(Unavailable):
            await impatient.write(lambda tx: _put(tx, 1))
        assert await _numbers(impatient) == []
    other.execute("ROLLBACK")
    other.close()
    await impatient.write(lambda tx: _put(tx, 1))
    assert await _numbers(impatient) == [1, 1]


async def test_fault_40_a_locked_table_on_the_server_passes(postgres_url: str) -> None:
    """The same on PostgreSQL, where somebody holds a table, or the right to write."""
    db = await opening.open_database(f"{postgres_url}&options=-c%20lock_timeout%3D30", KEY)
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as other:
        for lock in ("LOCK TABLE dead_update", "SELECT pg_advisory_xact_lock(1465010516)"):
            other.execute(lock)
            with pytest.raises(Unavailable):
                await db.write(lambda tx: _put(tx, 1))
            other.rollback()
    await db.write(lambda tx: _put(tx, 1))
    assert await _numbers(db) == [1, 1]
    await db.close()
