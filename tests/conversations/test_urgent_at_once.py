"""Where a press on "Urgent help" cannot be stored in time, the number stands over the chat; the press is kept later."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain import urgent
from bot.receiving import at_once, polling
from bot.storage import schema, sqlite
from bot.storage.database import Unavailable
from tests.support.families import family
from tests.support.world import KEY, Person, World, open_world

CARD = "If someone is in danger, please call now."
LINE = (
    "If someone is in danger, please call 112 now. Our computer has a problem. Nobody here knows yet.",
    True,
)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three seconds are a moment here."""
    monkeypatch.setattr(at_once, "WITHIN", 0.02)
    monkeypatch.setattr(polling, "LOOK", 0.01)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process writes, and takes its time."""
    other = sqlite.connect(folder / "homenotes.db", KEY)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


async def in_help(world: World) -> tuple[Person, Person]:
    dana, ana = await family(world)
    await ana.sends("/help")
    return dana, ana


def over_the_chat(ana: Person) -> list[tuple[str, bool]]:
    """What stood over it, and whether it had to be put away by hand."""
    return [
        (" ".join(re.sub("[\u2068\u2069]", "", one.text).split()), one.show_alert)
        for one in ana.phone.answers
        if one.text
    ]


async def full(_: Any) -> Any:
    raise Unavailable("database or disk is full")


@asynccontextmanager
async def receiving(world: World) -> AsyncIterator[None]:
    """One poll and its batch, which ends when what is inside has ended."""
    step = asyncio.create_task(world.program.poller.step(0))
    yield
    assert await step == 0
    await world.settle()


async def all_is_kept(world: World, dana: Person, ana: Person) -> None:
    ana.sees(CARD)
    dana.sees("Urgent help, level red")
    assert len(await world.rows(schema.alert.select())) == 1
    assert over_the_chat(ana) == [LINE]


@pytest.mark.usefixtures("soon")
async def test_fault_40_a_locked_database_keeps_the_number_from_nobody(world: World, tmp_path: Path) -> None:
    """Once the lock is gone the press is stored once: the card comes, and the therapist is told."""
    dana, ana = await in_help(world)
    ana.phone.taps("🆘 Urgent help")
    async with receiving(world):
        with locked(tmp_path):
            await world.sim.until(lambda: over_the_chat(ana) == [LINE])
            ana.sees_nothing_of(CARD)
    await all_is_kept(world, dana, ana)


@pytest.mark.usefixtures("soon")
async def test_a_press_that_comes_behind_a_batch_that_hangs_is_met_too(world: World, tmp_path: Path) -> None:
    dana, ana = await in_help(world)
    ana.phone.sends("A calm note.")
    last = world.sim.calls[-1]
    async with receiving(world):
        with locked(tmp_path):
            await world.sim.until(lambda: world.sim.calls[-1] is not last)
            ana.phone.taps("🆘 Urgent help")
            await world.sim.until(lambda: over_the_chat(ana) == [LINE])
    await all_is_kept(world, dana, ana)
    assert [one["text"] for one in await world.rows(schema.note.select())] == ["A calm note."]


async def test_a_database_that_fails_shows_it_at_once_and_only_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again every three seconds: who presses meanwhile waits no longer."""
    assert at_once.WITHIN == 3
    dana, ana = await in_help(world)
    ana.phone.taps("🆘 Urgent help")
    with monkeypatch.context() as patched:
        patched.setattr(world.db, "write", full)
        for _ in range(6):
            assert 0 < await world.program.poller.step(0) <= at_once.WITHIN
            await world.program.best_effort.flush()
        assert over_the_chat(ana) == [LINE]
    await world.settle()
    await all_is_kept(world, dana, ana)


@pytest.mark.usefixtures("soon")
async def test_through_a_webhook_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, webhook=True) as world:
        dana, ana = await in_help(world)
        with locked(tmp_path):
            dana.phone.sends("/families")
            ana.phone.taps("🆘 Urgent help")
            await world.sim.until(lambda: over_the_chat(ana) == [LINE])
        await world.settle()
        await all_is_kept(world, dana, ana)


async def test_a_handler_that_fails_over_it_shows_the_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _dana, ana = await in_help(world)

    async def fails(*_: Any) -> None:
        raise KeyError("a mistake of ours")

    with monkeypatch.context() as patched:
        patched.setattr(urgent, "raise_alert", fails)
        await ana.taps("🆘 Urgent help")
    assert over_the_chat(ana) == [LINE]


@pytest_asyncio.fixture
async def nowhere(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, country="XX") as opened:
        yield opened


@pytest.mark.usefixtures("soon")
async def test_in_a_country_that_is_not_known_no_number_is_guessed(nowhere: World, tmp_path: Path) -> None:
    _dana, ana = await in_help(nowhere)
    ana.phone.taps("🆘 Urgent help")
    async with receiving(nowhere):
        with locked(tmp_path):
            await nowhere.sim.until(lambda: over_the_chat(ana))
    [(text, _alert)] = over_the_chat(ana)
    assert "Use the emergency number of your country." in text
    assert not [letter for letter in text if letter.isdigit()]


async def test_what_is_stored_in_time_and_other_presses_show_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _dana, ana = await in_help(world)
    await ana.taps("🆘 Urgent help")
    ana.phone.taps("It was a false alarm")
    with monkeypatch.context() as patched:
        patched.setattr(world.db, "write", full)
        await world.program.poller.step(0)
        await world.program.best_effort.flush()
    await world.settle()
    assert over_the_chat(ana) == []
