"""What could not be handled is kept, and handled in its order once the fault is mended."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from bot.domain import notes, replaying, urgent
from bot.storage import schema
from bot.storage.seal import NotOpened, Seal
from tests.support.world import KEY, Person, World


@pytest.fixture
async def dana(world: World) -> Person:
    return await world.therapist("Dana")


@pytest.fixture
async def ana(world: World, dana: Person) -> Person:
    return await world.parent_of(dana, "Ana", "Mika")


def broken(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> pytest.MonkeyPatch:
    async def fails(*_args: object, **_more: object) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(module, name, fails)
    return monkeypatch


async def replay(world: World, wanted: int | None = None, key: bytes = KEY) -> int:
    ids = await world.db.read(lambda tx: replaying.waiting(tx, wanted))
    again, now = world.program.dispatch.again, world.clock.now_ms()
    worked = 0
    for dead in ids:
        one = partial(replaying.one, dead=dead, seals=[Seal(b"o" * 32), Seal(key)], again=again, now=now)
        worked += await world.db.write(one)
    await world.settle()
    return worked


async def texts(world: World) -> list[str]:
    return [row["text"] for row in await world.rows(schema.note.select().order_by(schema.note.c.id))]


async def test_they_are_handled_in_their_order_and_acknowledged_once(
    world: World, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        broken(patched, notes, "take")
        for text in ("First.", "Second.", "Third."):
            await ana.sends(text)
    ana.sees("Your message is kept")
    assert await texts(world) == []
    assert await replay(world) == 3
    assert await texts(world) == ["First.", "Second.", "Third."]
    kept = [shown for shown in ana.phone.screen if "Kept" in shown.text]
    assert len(kept) == 3
    assert all(shown.silent for shown in kept), "hours later it rings nobody"
    assert await world.rows(schema.dead_update.select()) == []
    assert await replay(world) == 0


async def test_one_that_fails_again_stays_and_has_changed_nothing(
    world: World, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        broken(patched, notes, "take")
        await ana.sends("First.")
        before = len(ana.phone.screen)
        with pytest.raises(KeyError):
            await replay(world)
    assert len(await world.rows(schema.dead_update.select())) == 1
    assert len(ana.phone.screen) == before
    assert await replay(world) == 1


async def test_one_is_named_by_its_number_here_or_at_telegram(
    world: World, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        broken(patched, notes, "take")
        for text in ("First.", "Second.", "Third."):
            await ana.sends(text)
    dead = await world.rows(schema.dead_update.select().order_by(schema.dead_update.c.id))
    assert await replay(world, dead[1]["id"]) == 1
    assert await texts(world) == ["Second."]
    assert await replay(world, dead[2]["update_id"]) == 1
    assert await replay(world, 999_999_999) == 0
    assert await texts(world) == ["Second.", "Third."]


async def test_a_call_for_help_rings_even_then(
    world: World, dana: Person, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.sends("/help")
    with monkeypatch.context() as patched:
        broken(patched, urgent, "raise_alert")
        await ana.taps("Urgent help")
    assert await world.rows(schema.alert.select()) == []
    assert await replay(world) == 1
    assert len(await world.rows(schema.alert.select())) == 1
    assert not dana.newest.silent


async def test_sealed_with_another_key_it_stays(world: World, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        broken(patched, notes, "take")
        await ana.sends("First.")
    with pytest.raises(NotOpened):
        await replay(world, key=b"x" * 32)
    assert len(await world.rows(schema.dead_update.select())) == 1


async def test_after_ninety_days_they_go(world: World, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        broken(patched, notes, "take")
        await ana.sends("First.")
    await ana.sends("/stop")
    await world.passes(days=89)
    assert len(await world.rows(schema.dead_update.select())) == 1
    await world.passes(days=2)
    assert await world.rows(schema.dead_update.select()) == []
