"""A task that is cancelled at any await of a transaction leaves it whole or not there, and the database at work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import sqlite
from bot.storage.database import Database, Tx, savepoint
from bot.storage.schema import handled

_ADD = handled.insert().values(meaning=sa.bindparam("name"), update_id=0, batch=0)
_ALL = sa.select(handled.c.meaning.label("name")).order_by(handled.c.meaning)
_ALL_APART = _ALL.execution_options(apart=True)
PARTS = ["a", "b", "c"]


class CancelledAt:
    """Awaits `work`, and has the task cancelled at the n-th place where it waits."""

    def __init__(self, work: Coroutine[Any, Any, Any], n: int) -> None:
        self.work, self.left = work, n

    def __await__(self) -> Generator[Any, Any, Any]:
        error: BaseException | None = None
        while True:
            try:
                waits_for = self.work.throw(error) if error else self.work.send(None)
            except StopIteration as done:
                return done.value
            error = None
            self.left -= 1
            if self.left == 0:
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
            try:
                yield waits_for
            except BaseException as raised:  # noqa: BLE001 - whatever it is, it is for the work
                error = raised


async def _cancelled(make: Callable[[], Coroutine[Any, Any, Any]], n: int) -> bool:
    """False where the work had come to its end before."""
    course = CancelledAt(make(), n)

    async def run() -> None:
        await course

    found = await asyncio.gather(asyncio.create_task(run()), return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError) or found[0] is None, found
    return course.left <= 0


async def _write(tx: Tx) -> None:
    await tx.run(_ADD, {"name": "a"})
    async with savepoint(tx):
        await tx.run_many(_ADD, [{"name": "b"}])
    await tx.rows(_ALL)
    await tx.run(_ADD, {"name": "c"})


async def _names(tx: Tx) -> list[str]:
    return [row["name"] for row in await tx.rows(_ALL)]


async def _clear(tx: Tx) -> None:
    await tx.run(handled.delete())


async def test_fault_6_a_transaction_cancelled_at_every_await_is_whole_or_not_there(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both engines: all of it is stored or nothing, and the next transaction works."""
    monkeypatch.setattr(sqlite, "BREATH", 0)  # so that each statement is an await where others get their turn
    outcomes = set()
    n = 1
    while await _cancelled(lambda: database._write(_write), n):  # type: ignore[attr-defined]
        found = await asyncio.wait_for(database.read(_names), 5)
        assert found in ([], PARTS), f"cancelled at await {n}"
        outcomes.add(len(found))
        await asyncio.wait_for(database.write(_clear), 5)
        n += 1
    assert n > 2
    assert 0 in outcomes
    assert await database.read(_names) == PARTS


async def test_fault_6_a_reader_cancelled_at_every_await_leaves_the_next_one_its_view(database: Database) -> None:
    """The next read sees what was committed after the cancelled one had begun."""

    async def look(tx: Tx) -> list[str]:
        await asyncio.sleep(0)
        await _names(tx)
        await tx.rows(_ALL_APART)
        await asyncio.sleep(0)
        return await _names(tx)

    n = 1
    while await _cancelled(lambda: database.read(look), n):
        await database.write(lambda tx, name=str(n): tx.run(_ADD, {"name": name}))
        found = await asyncio.wait_for(database.read(_names), 5)
        assert len(found) == n, f"cancelled at await {n}"
        n += 1
    assert n > 3


async def test_fault_6_cancelling_the_caller_never_splits_a_write(database: Database) -> None:
    """Whoever asked for it is gone; what was asked is done to its end."""
    for moment in range(12):
        task = asyncio.create_task(database.write(_write))
        for _ in range(moment):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        found = await database.read(_names)
        after = await database.write(_names)
        assert found in ([], PARTS)
        assert after in ([], PARTS)
        assert after == PARTS or moment == 0
        await database.write(_clear)


async def test_fault_6_many_tasks_cancelled_at_once_leave_whole_transactions_only(database: Database) -> None:
    """A hundred writers, half of them cancelled: each part stands with its whole."""

    async def work(tx: Tx, number: int) -> None:
        for part in PARTS:
            await tx.run(_ADD, {"name": f"{number:03d}{part}"})

    tasks = [asyncio.create_task(database.write(lambda tx, n=n: work(tx, n))) for n in range(60)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    found = await database.write(_names)
    assert found == [f"{n:03d}{part}" for n in range(60) for part in PARTS]
