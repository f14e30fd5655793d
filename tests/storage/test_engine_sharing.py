"""The embedded engine shares the event loop: many statements let others in, long ones keep away from it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from bot.storage import jobs, outbox, schedules, sqlite, updates
from bot.storage.database import Tx, Unavailable
from bot.storage.schema import counter
from tests.support.clinic import KEY, empty_database

_ADD = counter.insert().values(name=sa.bindparam("name"), value=0)
_WHERE = sa.text("SELECT whereabouts() AS thread")
_WHERE_APART = _WHERE.execution_options(apart=True)


async def test_a_transaction_of_many_statements_lets_others_have_their_turn(tmp_path: Path) -> None:
    async with empty_database(tmp_path) as db:
        turns = 0

        async def others() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        async def work(tx: Tx) -> int:
            before = turns
            await tx.run_many(_ADD, ({"name": str(n)} for n in range(30_000)))
            return turns - before

        busy = asyncio.create_task(others())
        assert await db.write(work) >= 3
        busy.cancel()


async def test_a_statement_marked_apart_runs_in_a_thread_and_any_other_here(tmp_path: Path) -> None:
    async with empty_database(tmp_path) as db:
        assert isinstance(db, sqlite.SqliteDatabase)
        db._writer._conn.create_function("whereabouts", 0, threading.get_ident)

        async def work(tx: Tx) -> list[bool]:
            found = [await tx.row(statement) for statement in (_WHERE, _WHERE_APART)]
            return [row["thread"] == threading.get_ident() for row in found if row is not None]

        assert await db.write(work) == [True, False]


def test_whatever_forgets_years_of_rows_is_marked() -> None:
    for entity in (jobs, outbox, schedules, updates):
        assert entity.FORGET.get_execution_options().get("apart"), entity.__name__


def test_nothing_that_is_fixed_is_a_parameter_of_the_embedded_engine() -> None:
    """Compared with a partial index, or as a LIMIT, it would have the statement prepared anew at each call."""
    statement = sa.select(counter.c.name).where(
        counter.c.name == "it's", counter.c.value.in_([1, 2]), counter.c.value < sa.bindparam("below")
    )
    text = " ".join(sqlite.compiled(statement.limit(sa.bindparam("most"))).split())
    assert text.endswith(
        "WHERE counter.name = 'it''s' AND counter.value IN (1, 2) AND counter.value < :below LIMIT (:most + 0) OFFSET 0"
    )


def test_who_opens_a_file_that_another_is_opening_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a command beside a bot that is just starting: SQLite then refuses at once, whatever its time limit.

    Five processes that opened sixty new files together saw it fifteen times; here the refusal is made.
    """
    opened, waits = sqlite._connect, list[float]()

    def refused_twice(path: Path, key: bytes, busy_ms: int) -> sqlcipher.Connection:
        if len(waits) < 2:
            refusal = sqlcipher.OperationalError("database is locked")
            refusal.sqlite_errorcode = sqlcipher.SQLITE_BUSY
            raise refusal
        return opened(path, key, busy_ms)

    monkeypatch.setattr(sqlite, "_connect", refused_twice)
    monkeypatch.setattr(sqlite.time, "sleep", waits.append)
    sqlite.connect(tmp_path / "new.db", bytes(32)).close()
    assert len(waits) == 2
    waits.clear()
    with pytest.raises(Unavailable, match="locked"):
        sqlite.connect(tmp_path / "new.db", bytes(32), busy_ms=0)


async def test_who_writes_beside_another_process_waits_and_the_loop_goes_on(tmp_path: Path) -> None:
    async with empty_database(tmp_path) as db:
        assert isinstance(db, sqlite.SqliteDatabase)
        other = sqlite.connect(tmp_path / "homenotes.db", KEY)
        other.execute("BEGIN IMMEDIATE")
        turns = 0

        async def others() -> None:
            nonlocal turns
            while turns < 5:
                await asyncio.sleep(0)
                turns += 1
            other.execute("COMMIT")

        writing = asyncio.create_task(db.write(lambda tx: tx.run(_ADD, {"name": "waited"})))
        await others()
        assert await asyncio.wait_for(writing, 5) == 1
        other.close()
