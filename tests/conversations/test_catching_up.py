"""After a start, time waits for what Telegram kept, and not a moment longer."""

from __future__ import annotations

import asyncio
import time

from tests.support.world import World


async def test_where_nothing_waits_the_ticks_start_at_once(world: World) -> None:
    stop, poller = asyncio.Event(), world.program.receiver
    began = time.monotonic()
    polling = asyncio.create_task(poller.run(stop))
    await asyncio.wait_for(poller.caught_up.wait(), 10)
    assert time.monotonic() - began < 5  # a long poll lasts 25 s
    stop.set()
    await polling


async def test_what_waited_is_in_before_the_ticks_start(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    stop, poller = asyncio.Event(), world.program.receiver
    poller.caught_up.clear()  # as at a start
    ana.phone.sends("while the bot was off")
    polling = asyncio.create_task(poller.run(stop))
    await asyncio.wait_for(poller.caught_up.wait(), 10)
    await world.program.dispatcher.drain()
    assert ana.sees("Kept safely")
    stop.set()
    await polling
