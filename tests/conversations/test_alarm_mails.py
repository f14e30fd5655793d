"""E-mails of alarms wait for nothing: not for the work of others, not for each other, not for a server that hangs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

import schedules
from bot import app
from bot.domain import staff
from bot.simulator import faults
from bot.storage import jobs, schema
from bot.storage.database import Tx
from schedules import jobs as working
from tests.conversations.test_on_call import id_of, on, press
from tests.support.families import family
from tests.support.letters import Letters, letters
from tests.support.world import Person, World, open_world


@pytest_asyncio.fixture
async def mailed(tmp_path: Path) -> AsyncIterator[tuple[World, Letters]]:
    async with letters() as server, open_world(tmp_path, post=server.post) as opened:
        yield opened, server


async def clinic(world: World) -> Person:
    """Dana treats, Eli is on call; both have an address, and both have blocked the bot. Ana is Mika's parent."""
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await on(world, "Eli", 1)
    for one, name in ((dana, "Dana"), (eli, "Eli")):
        address = partial(_address, await id_of(world, name), f"{name.lower()}@example.org", world.clock.now_ms())
        assert await world.db.write(address)
        await one.does("blocks")
    return ana


async def _address(number: int, address: str, now: int, tx: Tx) -> bool:
    return await staff.email(tx, number, address, now)


@asynccontextmanager
async def under_way(world: World) -> AsyncIterator[None]:
    """A turn that does not come to its end."""
    turn = asyncio.create_task(working.mail(world.db, world.program.house))
    try:
        yield
        assert not turn.done()
    finally:
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)


async def mail(world: World) -> int:
    async with asyncio.timeout(30):
        return await working.mail(world.db, world.program.house)


async def test_what_telegram_does_not_take_for_two_minutes_goes_by_mail_too(mailed: tuple[World, Letters]) -> None:
    world, server = mailed
    dana, ana = await family(world)
    assert await world.db.write(partial(_address, await id_of(world, "Dana"), "dana@example.org", 1))
    await ana.sends("/help")
    world.sim.faults.add(faults.Status(502, "Bad Gateway"), "sendMessage", times=1000)
    await ana.taps("🆘 Urgent help", ana.newest)
    for seconds in (100, 15):
        world.clock.advance(seconds=seconds)
        await world.tick()
    assert server.got == []
    world.clock.advance(seconds=10)
    await world.tick()
    assert [one["To"] for one in server.got] == ["dana@example.org"]
    assert (await kinds(world))[-2:] == ["mail", "mailed"]
    dana.sees_nothing_of("level red")


async def test_a_line_break_in_the_clinics_name_costs_no_mail(mailed: tuple[World, Letters]) -> None:
    world, server = mailed
    object.__setattr__(world.program.house, "clinic", "Sunny\r\nBcc: eve@example.org\u2028Steps")
    ana = await clinic(world)
    await press(ana)
    assert await mail(world) == 2
    assert all(str(one["Subject"]).startswith("Sunny Bcc: eve@example.org Steps: ") for one in server.got)
    assert not any(one["Bcc"] for one in server.got)
    assert all(one["Date"] for one in server.got)
    assert len({one["Message-ID"] for one in server.got if str(one["Message-ID"]).endswith("@example.org>")}) == 2


async def test_an_address_that_no_header_takes_is_a_try_on_record(mailed: tuple[World, Letters]) -> None:
    world, _server = mailed
    ana = await clinic(world)
    wrong = partial(_address, await id_of(world, "Dana"), "dana@example.org\nBcc: eve@example.org", 1)
    assert await world.db.write(wrong)
    await press(ana)
    await mail(world)
    assert (await kinds(world)).count("mail_failed") == 1


async def kinds(world: World) -> list[str]:
    return [row["kind"] for row in await world.rows(schema.alert_step.select())]


async def test_a_server_that_hangs_over_one_mail_holds_up_no_other(mailed: tuple[World, Letters]) -> None:
    world, server = mailed
    ana = await clinic(world)
    server.hangs_for = "dana@example.org"
    await press(ana)
    async with under_way(world):
        await asyncio.wait_for(asyncio.gather(server.came.wait(), server.hangs.wait()), 30)
        assert [one["To"] for one in server.got] == ["eli@example.org"]
        server.hangs_for = ""
        await press(ana)
        assert await mail(world) == 2


async def test_no_mail_waits_for_a_paper_that_is_drawn(
    mailed: tuple[World, Letters], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, server = mailed
    ana, begun = await clinic(world), asyncio.Event()

    async def draws(*_: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setitem(working.KINDS, "chart", draws)  # type: ignore[arg-type]
    number = await id_of(world, "Dana")
    await world.db.write(lambda tx: jobs.add(tx, "chart", number, "chart:1", {}, world.clock.now_ms()))
    drawing = asyncio.create_task(working.tick(world.db, world.program.house))
    await begun.wait()
    await press(ana)
    assert await mail(world) == len(server.got) == 2
    assert not drawing.done()
    drawing.cancel()
    await asyncio.gather(drawing, return_exceptions=True)


async def test_what_takes_long_waits_for_no_mail(mailed: tuple[World, Letters]) -> None:
    """The other jobs do not look at mails at all."""
    world, server = mailed
    await press(await clinic(world))
    assert await working.tick(world.db, world.program.house) == 0
    assert server.got == []
    assert {row["state"] for row in await world.rows(schema.job.select()) if row["kind"] == jobs.MAIL} == {"waiting"}


async def test_while_a_turn_hangs_the_next_one_comes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    turns, all_run = {"mail": 0, "jobs": 0}, asyncio.Event()

    async def hangs(name: str) -> None:
        turns[name] += 1
        if turns["mail"] == schedules.AT_ONCE["mail"]:
            all_run.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(schedules, "ticks", lambda _: [(name, 0.01, partial(hangs, name)) for name in turns])
    world.program.receiver.caught_up.set()
    stop = asyncio.Event()
    running = asyncio.create_task(app._schedule(world.program, stop))
    await asyncio.wait_for(all_run.wait(), 30)
    stop.set()
    await running
    assert turns["jobs"] == 1
