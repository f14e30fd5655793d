"""One poller for one database, on both engines."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage import lock
from bot.storage.database import Unavailable
from bot.storage.lock import AlreadyRunning, alone, poller_lock, running
from bot.storage.urls import sqlite_path
from tests.support.databases import PostgresServer


async def test_fault_29_a_second_poller_on_one_database_is_told_at_once(database_url: str) -> None:
    """It gets no lock and waits for none; once the first one has ended it may begin."""
    async with poller_lock(database_url):
        with pytest.raises(AlreadyRunning, match="another process already polls"):
            await asyncio.wait_for(poller_lock(database_url).__aenter__(), 5)
        assert running(database_url)
    assert not running(database_url)
    async with poller_lock(database_url):
        pass


async def test_fault_29_of_many_that_start_at_once_one_polls(database_url: str) -> None:
    """Whatever the order, there is one winner, and the others know."""
    winners = 0
    all_tried = asyncio.Barrier(6)

    async def start() -> bool:
        nonlocal winners
        try:
            async with poller_lock(database_url):
                winners += 1
                await all_tried.wait()
        except AlreadyRunning:
            await all_tried.wait()
            return False
        return True

    results = await asyncio.wait_for(asyncio.gather(*(start() for _ in range(6))), 20)
    assert results.count(True) == winners == 1


def test_fault_29_the_lock_dies_with_its_process(database_url: str) -> None:
    """Killed with -9: nothing is left behind that an operator would have to remove."""
    ready, told = os.pipe()
    holder = os.fork()
    if holder == 0:
        with alone(database_url):
            os.write(told, b"!")
            signal.pause()
        os._exit(1)
    assert os.read(ready, 1) == b"!"
    try:
        assert running(database_url)
    finally:
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)
        os.close(ready)
        os.close(told)
    for _ in range(100):  # a server learns of it when its end of the connection closes
        if not running(database_url):
            break
        os.sched_yield()
    with alone(database_url):
        pass


def test_what_must_be_alone_keeps_a_bot_from_starting(database_url: str) -> None:
    async def start() -> None:
        async with poller_lock(database_url):
            pass

    with alone(database_url):
        with pytest.raises(AlreadyRunning):
            asyncio.run(start())
        assert running(database_url)
    asyncio.run(start())


def test_two_databases_do_not_know_of_each_other(sqlite_url: str, postgres: PostgresServer, postgres_url: str) -> None:
    other = postgres.make()
    with alone(sqlite_url), alone(sqlite_url.replace("homenotes.db", "other.db")), alone(postgres_url), alone(other):
        assert running(postgres_url)
    postgres.drop(other)


def test_the_file_of_the_lock_is_for_its_owner_alone(sqlite_url: str) -> None:
    with alone(sqlite_url):
        assert Path(f"{sqlite_path(sqlite_url)}.lock").stat().st_mode & 0o777 == 0o600


async def test_fault_44_a_lock_that_went_with_the_server_is_taken_again(
    postgres: PostgresServer, postgres_url: str
) -> None:
    """The connection that held it is cut: the next look takes it anew, and a second poller is refused as before."""
    async with poller_lock(postgres_url) as keep:
        held = keep.__self__  # type: ignore[attr-defined]
        await held.look()
        postgres.cut(postgres_url)
        assert not running(postgres_url)
        await held.look()
        assert running(postgres_url)
        await held.look()
    assert not running(postgres_url)


async def test_fault_44_where_another_process_was_faster_the_first_one_ends(
    postgres: PostgresServer, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never two at work: the one that lost the lock says so and ends."""
    monkeypatch.setattr(lock, "_EVERY", 0.01)
    async with poller_lock(postgres_url) as keep:
        postgres.cut(postgres_url)
        with alone(postgres_url), pytest.raises(AlreadyRunning):
            await asyncio.wait_for(keep(asyncio.Event()), 5)


async def test_fault_44_as_long_as_the_server_is_away_the_lock_is_asked_for_again(
    postgres: PostgresServer, postgres_url: str
) -> None:
    """No error ends the process: the look after the server is back takes the lock."""
    async with poller_lock(postgres_url) as keep:
        held = keep.__self__  # type: ignore[attr-defined]
        postgres.cut(postgres_url)
        with postgres.admin() as admin:
            admin.execute(f"ALTER DATABASE {sa.make_url(postgres_url).database} ALLOW_CONNECTIONS false")
            await held.look()
            await held.look()
            admin.execute(f"ALTER DATABASE {sa.make_url(postgres_url).database} ALLOW_CONNECTIONS true")
        await held.look()
        assert running(postgres_url)


def test_a_server_that_is_not_there_is_said_in_the_words_of_the_house(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://postgres:@/homenotes?host={tmp_path}"
    with pytest.raises(Unavailable, match="cannot be reached"):
        running(url)

    async def start() -> None:
        async with poller_lock(url):
            pass

    with pytest.raises(Unavailable, match="cannot be reached"):
        asyncio.run(start())
