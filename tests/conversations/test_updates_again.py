"""Updates that come again: under other numbers, days later, or in another order."""

from __future__ import annotations

import random

import pytest

from tests.support.safety import exported, kept, safe
from tests.support.world import Person, World

WORDS = "Mika built a tower of seven"


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


def acknowledged(person: Person) -> int:
    return sum(one.text.startswith("✓ Kept safely") for one in person.screen)


@pytest.mark.parametrize("days", [0, 1, 10])
async def test_fault_11_the_same_batch_days_later_changes_nothing(world: World, days: int) -> None:
    """Ten days of ticks in between: it is known still, and the offset moves past it."""
    ana = await family(world)
    ana.phone.sends(WORDS)
    ana.phone.sends("/help")
    ana.phone.sends_voice()
    await world.settle()
    batch = world.sim.world.updates.last_batch
    await world.passes(days=days, minutes=1)
    seen, texts = len(ana.screen), await kept(world)
    world.sim.hand_out_again(update["update_id"] for update in batch)
    await world.settle()
    assert world.sim.pending_updates == 0
    assert len(ana.screen) == seen
    assert await kept(world) == texts
    assert texts.count(WORDS) == 1
    await safe(world, "Mika")


async def test_fault_11_an_update_twice_in_one_batch_is_handled_once(world: World) -> None:
    """One note, one acknowledgement."""
    ana = await family(world)
    ana.phone.sends(WORDS)
    first = world.sim.world.updates.waiting()[0]
    world.sim.raw_update(first)
    world.sim.raw_update({**first, "update_id": first["update_id"] + 50})
    await world.settle()
    assert await kept(world) == [WORDS]
    assert acknowledged(ana) == 1
    await safe(world, "Mika")


async def at_the_reasons(world: World) -> Person:
    """Ana is asked what made the day hard: a question with several choices, where a press switches."""
    ana = await family(world)
    await ana.sends("/checkin")
    await ana.taps("Hard")
    ana.sees("What made it hard?")
    return ana


@pytest.mark.parametrize("apart", [False, True], ids=["in one batch", "in batches of their own"])
async def test_fault_12_one_press_under_three_update_ids_is_one_press(world: World, apart: bool) -> None:
    """A choice that a second press would take back stays chosen."""
    ana = await at_the_reasons(world)
    press = ana.phone.taps("Tired")
    assert press is not None
    if apart:
        await world.settle()
    world.sim.duplicate_press(press, 2)
    query = world.sim.world.updates.find(press)["callback_query"]
    under_it = {**query["message"], "edit_date": query["message"]["date"] + 5}
    world.sim.raw_update({"callback_query": {**query, "message": under_it}})
    await world.settle()
    assert "✓ Tired" in [label.replace("\u2068", "") for label in ana.buttons]
    [child] = await exported(world)
    assert [one["value"] for one in child["checkins"][0]["answers"]] == ["hard", ["tired"]]
    await safe(world, "Mika")


async def test_fault_13_numbers_that_restart_lower_lose_nothing(world: World) -> None:
    """What comes under the new numbers is handled at once, and confirmed."""
    ana = await family(world)
    await ana.sends("before the quiet week")
    world.sim.restart_ids(1000)
    for number in range(3):
        await ana.sends(f"after it, {number}")
        assert acknowledged(ana) == number + 2
    assert len(await kept(world)) == 4
    assert world.sim.pending_updates == 0
    await safe(world, "Mika")


async def test_fault_13_numbers_that_restart_in_the_middle_of_a_queue_lose_nothing(world: World) -> None:
    """Updates of the old numbering are waiting when the new one begins."""
    ana = await family(world)
    ana.phone.sends("under the old numbers")
    world.sim.restart_ids(7)
    for number in range(250):
        ana.phone.sends(f"under the new numbers, {number}")
    await world.settle()
    assert len(await kept(world)) == 251
    assert acknowledged(ana) == 251
    assert world.sim.pending_updates == 0
    await safe(world, "Mika")


async def test_fault_13_an_old_number_with_other_content_is_new(world: World) -> None:
    """It is what an update means that makes it known, not its number."""
    ana = await family(world)
    await ana.sends(WORDS)
    old = world.sim.world.updates.last_batch[0]
    number = world.sim.world.new_message_id()
    world.sim.raw_update({**old, "message": {**old["message"], "message_id": number, "text": "other words"}})
    await world.settle()
    assert await kept(world) == [WORDS, "other words"]
    assert acknowledged(ana) == 2
    await safe(world, "Mika")


@pytest.mark.parametrize("seed", range(4))
async def test_fault_14_one_chat_s_updates_in_any_order_end_the_same(world: World, seed: int) -> None:
    """Messages and their edits in any order: each text stands once, the newest on top, one acknowledgement each."""
    ana = await family(world)
    updates = []
    for number in range(4):
        message = ana.phone.sends(f"{WORDS} and {number}")
        world.clock.advance(seconds=2)
        ana.phone.edits(message, f"{WORDS}, no, and {number + 10}")
        world.clock.advance(seconds=2)
    updates = world.sim.world.updates.waiting()
    world.sim.world.updates.forget_all()
    random.Random(seed).shuffle(updates)
    for update in updates:
        world.sim.raw_update(update)
        await world.settle()
    [child] = await exported(world)
    assert sorted((one["text"], one["revisions"][0]["text"]) for one in child["notes"]) == sorted(
        (f"{WORDS}, no, and {number + 10}", f"{WORDS} and {number}") for number in range(4)
    )
    assert acknowledged(ana) == 4
    await safe(world, "Mika")
