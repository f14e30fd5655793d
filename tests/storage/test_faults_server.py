"""PostgreSQL restarted, its connections cut, a worker frozen: nothing accepted is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from bot.delivering import dispatcher
from bot.storage import opening
from bot.storage.database import Database, Tx, Unavailable, savepoint
from bot.storage.postgres import PostgresDatabase
from bot.storage.schema import handled
from tests.support.databases import KEY, PostgresServer
from tests.support.safety import kept, noted_once
from tests.support.world import Person, World, open_world

_ADD = handled.insert().values(meaning=sa.bindparam("meaning"), update_id=0, batch=0)
_ALL = sa.select(handled.c.meaning).order_by(handled.c.meaning)


@pytest.fixture
async def db(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    db = await opening.open_database(postgres_url, KEY)
    assert isinstance(db, PostgresDatabase)
    yield db
    await db.close()


async def _add(tx: Tx, *meanings: str) -> None:
    for meaning in meanings:
        await tx.run(_ADD, {"meaning": meaning})


async def _meanings(db: Database) -> list[str]:
    return [row["meaning"] for row in await db.read(lambda tx: tx.rows(_ALL))]


async def test_fault_44_cut_in_the_middle_of_a_transaction_nothing_of_it_is_stored(
    db: PostgresDatabase, postgres: PostgresServer, postgres_url: str
) -> None:
    """Also where the work goes on after the error: refused as something that passes, and the next try works."""

    async def caught(tx: Tx) -> None:
        async with savepoint(tx):
            postgres.cut(postgres_url)
            await _add(tx, "b")

    async def work(tx: Tx) -> None:
        await _add(tx, "a")
        with pytest.raises(Unavailable):
            await caught(tx)
        with pytest.raises(Unavailable):
            await _add(tx, "c")

    with pytest.raises(Unavailable):
        await db.write(work)
    assert await _meanings(db) == []
    await db.write(lambda tx: _add(tx, "a", "b", "c"))
    assert await _meanings(db) == ["a", "b", "c"]


async def test_fault_44_cut_while_it_reads_the_next_read_works(
    db: PostgresDatabase, postgres: PostgresServer, postgres_url: str
) -> None:
    """The reader is told; a connection that died in the pool is not handed out again."""
    await db.write(lambda tx: _add(tx, "a"))

    async def look(tx: Tx) -> None:
        await tx.rows(_ALL)
        postgres.cut(postgres_url)
        await tx.rows(_ALL)

    with pytest.raises(Unavailable):
        await db.read(look)
    assert await asyncio.gather(*(_meanings(db) for _ in range(8))) == [["a"]] * 8
    postgres.cut(postgres_url)
    await db.write(lambda tx: _add(tx, "b"))


async def test_fault_44_a_worker_frozen_in_a_transaction_is_put_out_and_the_others_go_on(
    db: PostgresDatabase, postgres_url: str
) -> None:
    """The server ends what stands idle; when it thaws it learns that nothing of it is stored."""
    options = "-c%20idle_in_transaction_session_timeout%3D80%20-c%20lock_timeout%3D5s"
    frozen = await opening.open_database(f"{postgres_url}&options={options}", KEY)
    holds, thaw = asyncio.Event(), asyncio.Event()

    async def work(tx: Tx) -> None:
        await _add(tx, "frozen")
        holds.set()
        await thaw.wait()
        await _add(tx, "too late")

    sleeping = asyncio.create_task(frozen.write(work))
    await holds.wait()
    await asyncio.wait_for(db.write(lambda tx: _add(tx, "awake")), 5)
    thaw.set()
    with pytest.raises(Unavailable):
        await sleeping
    assert await _meanings(db) == ["awake"]
    await frozen.write(lambda tx: _add(tx, "thawed"))
    await frozen.close()
    assert await _meanings(db) == ["awake", "thawed"]


# --- and the bot on top of it ----------------------------------------------------------------------------------


@pytest.fixture
async def world(tmp_path: Path, postgres_url: str) -> AsyncIterator[World]:
    async with open_world(tmp_path, url=postgres_url) as opened:
        yield opened


@pytest.fixture
async def ana(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


@contextmanager
def _before(world: World, event: str, n: int, what: Callable[[Any], None]) -> Iterator[list[int]]:
    """Does something just before the n-th statement, or commit, of the bot."""
    engine, passed = world.db._engine.sync_engine, [0]

    def count(connection: Any, *_: Any) -> None:
        passed[0] += 1
        if passed[0] == n:
            what(connection)

    sa.event.listen(engine, event, count)
    try:
        yield passed
    finally:
        sa.event.remove(engine, event, count)


async def _until_quiet(world: World) -> None:
    """What the program does by itself: tries again."""
    for _ in range(3):
        await world.settle()


async def test_fault_44_cut_at_every_statement_of_a_batch_each_note_is_kept_and_answered_once(
    world: World, ana: Person, postgres: PostgresServer, postgres_url: str
) -> None:
    """The batch fails and is not confirmed; Telegram hands it out again, and the next try works."""
    texts: list[str] = []
    for n in range(1, 60):
        texts.append(f"note number {n}")
        ana.phone.sends(texts[-1])
        with _before(world, "before_cursor_execute", n, lambda _: postgres.cut(postgres_url)) as passed:
            wait = await world.program.poller.step(0)
        if passed[0] < n:
            break
        assert wait > 0, "not confirmed: it backs off"
        assert world.sim.pending_updates
        await _until_quiet(world)
    assert 5 < n < 59
    await _until_quiet(world)
    await noted_once(world, ana, texts)


async def test_fault_44_cut_between_the_commit_and_its_answer_nothing_is_done_twice(
    world: World, ana: Person, postgres: PostgresServer, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server has committed and nobody heard: the batch comes again, and all of it is known."""
    dialect = world.db._engine.sync_engine.dialect

    def unheard(connection: Any) -> None:
        type(dialect).do_commit(dialect, connection)
        postgres.cut(postgres_url)
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    ana.phone.sends("She sang all day")
    with monkeypatch.context() as patched:
        patched.setattr(dialect, "do_commit", unheard)
        assert await world.program.poller.step(0) > 0
    assert world.sim.pending_updates
    assert await kept(world) == ["She sang all day"]
    await _until_quiet(world)
    await noted_once(world, ana, ["She sang all day"])


async def test_fault_44_cut_while_an_answer_is_being_settled_it_is_not_sent_twice(
    world: World, ana: Person, postgres: PostgresServer, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Telegram took is remembered until the database takes it too: at any statement of settling and claiming."""
    monkeypatch.setattr(dispatcher, "AGAIN", 0)
    texts: list[str] = []
    for n in range(1, 60):
        texts.append(f"note number {n}")
        ana.phone.sends(texts[-1])
        await world.program.poller.step(0)
        with _before(world, "before_cursor_execute", n, lambda _: postgres.cut(postgres_url)) as passed:
            await world.program.dispatcher.drain()
        if passed[0] < n:
            break
        await _until_quiet(world)
    assert 5 < n < 59
    await noted_once(world, ana, texts)


async def test_fault_44_the_server_is_restarted_under_the_bot(
    world: World, ana: Person, postgres: PostgresServer
) -> None:
    """As after a crash of it: while it is away nothing is confirmed, and when it is back all is kept once."""
    await ana.sends("Before it went")
    postgres.stop()
    try:
        ana.phone.sends("While it was away")
        for _ in range(3):
            assert await world.program.poller.step(0) > 0
        assert world.sim.pending_updates
    finally:
        postgres.start_again()
    ana.phone.sends("When it was back")
    await _until_quiet(world)
    await noted_once(world, ana, ["Before it went", "While it was away", "When it was back"])
