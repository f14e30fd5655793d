"""The bell that tells whoever waits that something has happened."""

import asyncio

from bot.simulator.bell import Bell


async def test_everybody_who_waits_wakes_at_one_ring() -> None:
    bell = Bell()
    people = [asyncio.create_task(bell.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    bell.ring()
    await asyncio.gather(*people)


async def test_who_comes_later_waits_for_the_next_ring() -> None:
    bell = Bell()
    bell.ring()
    late = asyncio.create_task(bell.wait())
    await asyncio.sleep(0)
    assert not late.done()
    bell.ring()
    await late


async def test_who_has_left_is_not_missed() -> None:
    bell = Bell()
    gone = asyncio.create_task(bell.wait())
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    bell.ring()
    assert gone.cancelled()


async def test_a_ring_between_looking_and_waiting_is_not_missed() -> None:
    bell = Bell()
    seen = bell.rung
    bell.ring()
    await asyncio.wait_for(bell.wait(seen), 1)
