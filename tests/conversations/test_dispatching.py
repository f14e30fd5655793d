"""The dispatcher as it runs: it wakes, it stops, it ends on a refused token; a failing database loses no outcome."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import SystemClock
from bot.delivering import dispatcher, settling
from bot.delivering.dispatcher import Dispatcher, Unauthorized
from bot.delivering.outcomes import Outcome, Verdict
from bot.delivering.pacing import Pacer
from bot.domain import sending
from bot.model import Outgoing, Screen
from bot.simulator import Phone
from bot.storage import schema
from bot.storage.database import Row, Unavailable
from bot.storage.ids import new_id
from tests.support.world import World

STATES = sa.select(schema.outbox.c.state).order_by(schema.outbox.c.id)


def running(world: World, rate: float = 0) -> Dispatcher:
    """A dispatcher by the machine's clock, not run yet."""
    used = world.program.dispatcher
    clock = SystemClock()
    return Dispatcher(world.db, used.request, used.base_url, Pacer(rate, clock), clock)


@asynccontextmanager
async def run(one: Dispatcher) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(one.run(stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.wait([task]), 5)


async def queue(world: World, phone: Phone, *texts: str) -> None:
    phone.chat.started = True
    rows = [Outgoing(new_id(), phone.user_id, Screen(text)) for text in texts]
    await world.db.write(lambda tx: sending.put(tx, rows, world.clock.now_ms()))


async def states(world: World) -> list[str]:
    return [row["state"] for row in await world.rows(STATES)]


async def test_it_sends_when_it_is_woken_without_looking_at_the_clock(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "IDLE", 60)
    ana, one = world.sim.phone("Ana"), running(world)
    async with run(one) as task:
        await queue(world, ana, "one", "two", "three")
        one.wake()
        await world.sim.until(lambda: ana.shows("three"))
    assert task.exception() is None
    assert await states(world) == ["sent"] * 3


async def test_what_is_held_goes_at_its_moment_without_being_woken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "IDLE", 60)
    ana, one = world.sim.phone("Ana"), running(world)
    attempt, held = one._caller.attempt, [Outcome(Verdict.HELD, wait=0.05)]

    async def held_first(row: Row) -> Outcome:
        return held.pop() if held else await attempt(row)

    monkeypatch.setattr(type(one._caller), "attempt", lambda _, row: held_first(row))
    await queue(world, ana, "hello")
    async with run(one):
        await world.sim.until(lambda: ana.shows("hello"))


async def test_what_waits_for_its_turn_when_it_stops_goes_back_unsent(world: World) -> None:
    phones = [world.sim.phone(f"Person {n}") for n in range(6)]
    for phone in phones:
        await queue(world, phone, "hello")
    async with run(running(world, rate=4)):
        await world.sim.until(lambda: phones[0].shows("hello"))
    assert [phone.shows("hello") for phone in phones] == [True] + [False] * 5
    assert await states(world) == ["sent"] + ["pending"] * 5


async def test_a_call_on_its_way_when_it_stops_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, one = world.sim.phone("Ana"), running(world)
    attempt, begun, stopped = one._caller.attempt, asyncio.Event(), asyncio.Event()

    async def slowly(row: Row) -> Outcome:
        begun.set()
        await stopped.wait()
        one._caller.turns._stopped = False
        return await attempt(row)

    monkeypatch.setattr(type(one._caller), "attempt", lambda _, row: slowly(row))
    await queue(world, ana, "hello")
    async with run(one):
        await begun.wait()
        asyncio.get_running_loop().call_soon(stopped.set)
    assert (ana.shows("hello"), await states(world)) == (True, ["sent"])


async def test_fault_27_a_token_refused_while_sending_ends_the_dispatcher_and_keeps_the_message(world: World) -> None:
    """The message waits for the next start."""
    ana = world.sim.phone("Ana")
    await queue(world, ana, "hello")
    world.sim.revoke_token()
    async with run(running(world)) as task:
        await asyncio.wait([task], timeout=5)
    assert isinstance(task.exception(), Unauthorized)
    assert await states(world) == ["pending"]


async def test_fault_40_a_database_that_fails_while_settling_loses_no_outcome(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message is shown once and settled once the database is back."""
    real, failures = settling.settle, [Unavailable(), Unavailable()]

    async def settle(*args: Any) -> None:
        if failures:
            raise failures.pop()
        await real(*args)

    monkeypatch.setattr(settling, "settle", settle)
    ana = world.sim.phone("Ana")
    await queue(world, ana, "hello")
    async with run(running(world)):
        await world.sim.until(lambda: ana.shows("hello"))
    assert not failures
    assert (ana.transcript().count("hello"), await states(world)) == (1, ["sent"])
