"""Telegram refuses the token, another process polls, presses die while we are away."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.app import run_until
from bot.receiving.polling import TokenRefused
from tests.support.safety import exported, kept, safe
from tests.support.world import TOKEN, Person, World

WORDS = "Mika built a tower of seven"


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


async def test_fault_27_a_token_refused_while_polling_ends_the_receiver(world: World) -> None:
    """It raises TokenRefused, which the process says in one line; what was not fetched waits at Telegram."""
    ana = await family(world)
    ana.phone.sends(WORDS)
    world.sim.revoke_token()
    with pytest.raises(TokenRefused):
        await world.program.poller.step(0)
    assert world.sim.pending_updates == 1
    world.sim.world.revoked = False
    await world.settle()
    assert await kept(world) == [WORDS]
    await safe(world, "Mika")


async def test_fault_27_a_token_refused_in_a_long_poll_ends_the_whole_program(world: World) -> None:
    """Every part is stopped in order, and the error is the program's end."""
    await family(world)
    running = asyncio.create_task(run_until(asyncio.Event(), world.program))
    await world.sim.until(lambda: any(call.params.get("timeout") for call in world.sim.calls))
    world.sim.revoke_token()
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(running, 10)
    await safe(world, "Mika")


async def test_fault_28_a_second_poller_is_waited_out_with_an_alarm(world: World) -> None:
    """An error in the log each time, longer waits, nothing confirmed; once the other is gone all of it comes."""
    ana = await family(world)
    waits = []
    async with aiohttp.ClientSession() as session:
        base = world.program.poller.url.rpartition("/")[0]
        for _ in range(3):
            ours = asyncio.create_task(world.program.poller.step(25))
            calls = len(world.sim.calls)
            await world.sim.until(lambda before=calls: len(world.sim.calls) > before)  # type: ignore[misc]
            async with session.get(f"{base}/getUpdates", params={"timeout": 0}) as answer:
                assert answer.status == 200
            waits.append(await ours)
    assert waits == sorted(set(waits))
    assert min(waits) > 0
    assert world.logs.getvalue().count("another_process_polls_this_bot") == 3
    assert TOKEN not in world.logs.getvalue()
    await ana.sends(WORDS)
    assert await kept(world) == [WORDS]
    assert world.program.poller.failures == 0
    await safe(world, "Mika")


async def test_fault_17_a_press_made_while_we_were_away_can_be_made_again(world: World) -> None:
    """Telegram forgets a press after 150 s: its button still stands there and still answers; words are all kept."""
    ana = await family(world)
    await ana.sends("/checkin")
    ana.phone.taps("Good")
    ana.phone.sends(WORDS)
    world.clock.advance(minutes=3)
    await world.settle()
    assert await kept(world) == [WORDS]
    ana.sees("Kept safely")
    await ana.taps("Good")
    ana.sees("Anything Dana should know?")
    [child] = await exported(world)
    assert [one["value"] for one in child["checkins"][0]["answers"]] == ["good"]
    await safe(world, "Mika")


async def test_fault_16_two_caregivers_press_at_once_and_each_answer_is_their_own(world: World) -> None:
    """Both presses stand in one batch; each has a check-in of its own, and sees nothing of the other."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    [child] = await exported(world)
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    for each in (ana, ben):
        await each.sends("/checkin")
    ana.phone.taps("Good")
    ben.phone.taps("Hard")
    assert world.sim.pending_updates == 2
    await world.settle()
    ana.sees("Anything Dana should know?")
    ben.sees("What made it hard?")
    [child] = await exported(world)
    said = {one["caregiver_id"]: [each["value"] for each in one["answers"]] for one in child["checkins"]}
    assert sorted(said.values()) == [["good"], ["hard"]]
    ana.sees_nothing_of("Ben")
    ben.sees_nothing_of("Ana")
    await safe(world, "Mika")


async def test_fault_16_two_who_press_the_same_button_at_once_are_not_mixed_up(world: World) -> None:
    """Ben presses Ana's button data in the same batch: hers counts once, his not at all."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    [child] = await exported(world)
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    await ana.sends("/checkin")
    button = next(one for one in ana.phone.newest_with_buttons.all_buttons if "Good" in one.label)  # type: ignore[union-attr]
    ben.phone.presses(button.data or "", ben.newest)
    ana.phone.taps("Good")
    ben.phone.presses(button.data or "", ben.newest)
    await world.settle()
    [child] = await exported(world)
    [check_in] = child["checkins"]
    assert [one["value"] for one in check_in["answers"]] == ["good"]
    assert ben.phone.answers[-1].show_alert
    await safe(world, "Mika")
