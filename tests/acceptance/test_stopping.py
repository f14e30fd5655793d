"""The real process, stopped and killed with hundreds of rows waiting and calls on their way."""

from __future__ import annotations

import asyncio
import base64
import time
from collections import Counter

from bot.domain import sending
from bot.model import Outgoing, Screen
from bot.simulator import Phone, Simulator, faults
from bot.storage.ids import new_id
from bot.storage.opening import open_database
from tests.support.process import Installation

ROWS = 500
PEOPLE = 100
ON_THEIR_WAY = 8  # calls that Telegram has taken and does not answer
LIMIT = 15.0


async def queued(sim: Simulator, home: Installation) -> list[Phone]:
    """Rows that an earlier run has left, for people whom Telegram knows."""
    people = [sim.phone(f"Person {number}") for number in range(PEOPLE)]
    for one in people:
        one.chat.started = True
    rows = [Outgoing(new_id(), people[n % PEOPLE].user_id, Screen(f"message {n}.")) for n in range(ROWS)]
    key = base64.b64decode(home.settings["ENCRYPTION_KEY"])
    db = await open_database(f"sqlite+aiosqlite:///{home.folder}/homenotes.db", key)
    try:
        await db.write(lambda tx: sending.put(tx, rows, time.time_ns() // 1_000_000))
    finally:
        await db.close()
    return people


def seen(people: list[Phone]) -> Counter[str]:
    return Counter(shown.text for phone in people for shown in phone.screen)


async def under_way(sim: Simulator, home: Installation, people: list[Phone]) -> asyncio.Event:
    """Some have arrived, and some calls hang: shown, but not answered. Returns what lets them go."""
    await home.start(MESSAGES_PER_SECOND="200")
    await sim.until(lambda: len(seen(people)) >= 50)
    released = asyncio.Event()
    rule = sim.faults.add(faults.Hang(released), "sendMessage", times=ON_THEIR_WAY)
    await sim.until(lambda: rule.used == ON_THEIR_WAY)
    return released


async def arrive(sim: Simulator, home: Installation, people: list[Phone]) -> Counter[str]:
    """After the next start, everything; returns how often each was shown."""
    await home.start()
    wanted = {f"message {n}." for n in range(ROWS)}
    await sim.until(lambda: seen(people).keys() >= wanted)
    assert await home.stop(LIMIT) == 0
    return seen(people)


async def test_fault_5_stopped_and_killed_a_second_later_everything_arrives_at_the_next_start(
    sim: Simulator, home: Installation
) -> None:
    """500 rows wait and some calls hang: each arrives at least once, and twice only what was on its way."""
    people = await queued(sim, home)
    released = await under_way(sim, home, people)
    assert home.process is not None
    home.process.terminate()
    await asyncio.sleep(1)
    assert home.process.returncode is None, "it waits for the calls on their way"
    await home.kill()
    shown = len(seen(people))
    assert shown < ROWS
    sim.faults.clear()
    released.set()
    times = await arrive(sim, home, people)
    assert set(times.values()) <= {1, 2}
    assert sum(count - 1 for count in times.values()) <= ON_THEIR_WAY + 32


async def test_stopped_with_calls_that_nobody_answers_it_ends_with_0_in_time(
    sim: Simulator, home: Installation
) -> None:
    people = await queued(sim, home)
    released = await under_way(sim, home, people)
    began = time.monotonic()
    assert await home.stop(LIMIT) == 0
    assert time.monotonic() - began < LIMIT
    sim.faults.clear()
    released.set()
    times = await arrive(sim, home, people)
    assert Counter(times.values()) == {1: ROWS - ON_THEIR_WAY, 2: ON_THEIR_WAY}


async def test_stopped_in_the_middle_of_sending_nothing_is_shown_twice(sim: Simulator, home: Installation) -> None:
    people = await queued(sim, home)
    await home.start(MESSAGES_PER_SECOND="200")
    await sim.until(lambda: len(seen(people)) >= 50)
    began = time.monotonic()
    assert await home.stop(LIMIT) == 0
    assert time.monotonic() - began < 3
    assert len(seen(people)) < ROWS
    assert set((await arrive(sim, home, people)).values()) == {1}
