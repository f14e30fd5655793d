"""The embedded database fails under the bot: nothing is confirmed meanwhile, and afterwards all is there once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import schedules
from bot.delivering import dispatcher
from bot.storage import schema, sqlite
from bot.storage.database import Unavailable
from tests.support.safety import noted_once, safe
from tests.support.world import KEY, Person, World, open_world

Fault = Callable[[World, Path], AbstractContextManager[None]]


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(dispatcher, "AGAIN", 0)
    async with open_world(tmp_path) as opened:
        yield opened


@pytest.fixture
async def ana(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


def _pragma(world: World, text: str) -> Any:
    return world.db._writer._conn.execute(f"PRAGMA {text}").fetchone()[0]


@contextmanager
def full(world: World, _: Path) -> Iterator[None]:
    _pragma(world, f"max_page_count = {_pragma(world, 'page_count')}")
    yield
    _pragma(world, "max_page_count = 1000000")


@contextmanager
def locked(world: World, folder: Path) -> Iterator[None]:
    assert isinstance(world.db, sqlite.SqliteDatabase)
    patience, world.db._patience = world.db._patience, 0.02
    other = sqlite.connect(folder / "homenotes.db", KEY)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()
    world.db._patience = patience


@contextmanager
def read_only(world: World, _: Path) -> Iterator[None]:
    world.db._writer._conn.execute("PRAGMA query_only = ON")
    yield
    world.db._writer._conn.execute("PRAGMA query_only = OFF")


FAULTS = pytest.mark.parametrize("fault", [full, locked, read_only], ids=["39-full", "40-locked", "41-read-only"])


@FAULTS
async def test_fault_39_40_41_what_people_send_meanwhile_is_kept_and_answered_once(
    world: World, ana: Person, tmp_path: Path, fault: Fault
) -> None:
    """The batch fails and is not confirmed; the bot backs off, and the next try works."""
    await ana.sends("Before")
    long = [f"{n}. " + "She sang." * 400 for n in range(8)]
    with fault(world, tmp_path):
        for text in long:
            ana.phone.sends(text)
        for _ in range(3):
            assert await world.program.poller.step(0) > 0
        assert world.sim.pending_updates == len(long)
    await ana.sends("After")
    await world.settle()
    await noted_once(world, ana, ["Before", *long, "After"])


@FAULTS
async def test_fault_39_40_41_what_falls_due_meanwhile_is_asked_once(
    world: World, ana: Person, tmp_path: Path, fault: Fault
) -> None:
    """A tick that fails does so as a whole; the first one after it opens what is due, and the parent is asked once."""
    world.clock.set(datetime(2027, 3, 2, 18, 31, tzinfo=UTC))
    with fault(world, tmp_path):
        for _name, _seconds, tick in schedules.ticks(world.program):
            with suppress(Unavailable):
                await tick()
        await world.program.dispatcher.drain()
    await world.tick()
    await world.tick()
    asked = [one for one in ana.phone.screen if "How was" in one.text]
    assert len(asked) == 1, ana.phone.transcript()
    assert [row["state"] for row in await world.rows(schema.check_in.select())] == ["open"]
    await safe(world)


@FAULTS
async def test_fault_39_40_41_an_answer_that_waits_is_sent_once(
    world: World, ana: Person, tmp_path: Path, fault: Fault
) -> None:
    """The note is stored, the acknowledgement is in the queue; it goes out when the database takes the claim."""
    ana.phone.sends("She sang all day")
    await world.program.poller.step(0)
    with fault(world, tmp_path):
        for _ in range(3):
            await world.program.dispatcher.drain()
    await world.settle()
    await noted_once(world, ana, ["She sang all day"])
