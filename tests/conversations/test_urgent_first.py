"""What is urgent waits for nothing else: not for calls that hang, not for an outage that others ran into."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa

from bot.delivering.dispatcher import PARALLEL, URGENT
from bot.simulator import faults
from bot.storage import schema
from tests.conversations.test_delivering_faults import down, impatient, people, queue, send
from tests.conversations.test_dispatching import run, running
from tests.support.families import family
from tests.support.world import Person, World

CALL = "If someone is in danger, please call now."
RED = "Urgent help, level red"
SENDING = sa.select(schema.outbox.c.id).where(schema.outbox.c.state == "sending")


async def presses(world: World, ana: Person) -> None:
    """Received and stored; sending is the test's."""
    ana.phone.taps("🆘 Urgent help")
    await world.receive()


async def test_with_every_call_hanging_the_card_and_the_alarm_go_out_at_once(world: World) -> None:
    """Also into chats in which a message hangs: what is urgent has places of its own."""
    dana, ana = await family(world)
    await ana.sends("/help")
    others, stuck = await people(world, *(f"Person {n}" for n in range(PARALLEL))), asyncio.Event()
    for one in (dana, ana, *others):
        world.sim.faults.add(faults.Hang(stuck), chat=one.phone.user_id, times=1)
        await queue(world, one, "hello")
    one = running(world)
    async with run(one):
        await world.sim.until(lambda: len(one._sending) >= PARALLEL)
        await presses(world, ana)
        one.wake()
        await world.sim.until(lambda: ana.shows(CALL) and dana.shows(RED))
        assert len(await world.rows(SENDING)) >= PARALLEL
        stuck.set()
        await world.sim.until(lambda: all(one.shows("hello") for one in others))


async def test_more_alarms_than_places_take_turns_and_no_other_row_takes_an_urgent_place(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/help")
    stuck = asyncio.Event()
    others = await people(world, *(f"Person {n}" for n in range(PARALLEL + URGENT + 3)))
    for other in others:
        world.sim.faults.add(faults.Hang(stuck), chat=other.phone.user_id, times=1)
        await queue(world, other, "hello")
    one = running(world)
    async with run(one):
        await world.sim.until(lambda: len(one._sending) == PARALLEL)
        for _ in range(URGENT):
            await presses(world, ana)
            one.wake()
            await world.sim.until(lambda: ana.shows(CALL))
            assert len(await world.rows(SENDING)) <= PARALLEL + URGENT
        await world.sim.until(lambda: sum(RED in shown.text for shown in dana.screen) == URGENT)
        stuck.set()
        await world.sim.until(lambda: all(other.shows("hello") for other in others))


async def test_after_an_outage_that_others_ran_into_an_alarm_goes_as_soon_as_telegram_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others wait the pause out; for what is urgent a harmless call asks at once whether the way is there again."""
    impatient(monkeypatch)
    dana, ana = await family(world)
    await ana.sends("/help")
    down(world, faults.Status(502, "Bad Gateway"))
    others = await people(world, "Eli", "Fay", "Gil", "Hal")
    for other in others:
        await queue(world, other, "hello")
        await send(world)
        world.clock.advance(seconds=1)
    await send(world)
    assert world.program.dispatcher.pacer.paused()
    await presses(world, ana)
    await send(world)
    ana.sees_nothing_of(CALL)
    world.sim.faults.clear()
    await send(world)
    ana.sees(CALL)
    dana.sees(RED)
    assert world.program.dispatcher.pacer.paused()
    assert not any(other.shows("hello") for other in others)


async def test_a_429_for_everything_holds_for_what_is_urgent_too(world: World) -> None:
    """Asking again would only make it longer; then it is first."""
    _dana, ana = await family(world)
    await ana.sends("/help")
    eli, fay = await people(world, "Eli", "Fay")
    world.sim.faults.add(faults.TooMany(35), "sendMessage", times=2)
    for other in (eli, fay):
        await queue(world, other, "hello")
    await send(world)
    await presses(world, ana)
    await send(world)
    ana.sees_nothing_of(CALL)
    world.clock.advance(seconds=36)
    await send(world)
    ana.sees(CALL)
