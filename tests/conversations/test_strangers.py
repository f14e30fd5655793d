"""People the clinic does not know, groups, and those who block and return."""

from __future__ import annotations

from typing import Any

import pytest

from bot.storage import schema
from handlers import strangers
from tests.support.world import World


@pytest.fixture(autouse=True)
def nobody_was_heard() -> None:
    strangers._heard.clear()


async def counted(world: World) -> int:
    rows = await world.rows(schema.counter.select().where(schema.counter.c.name == "strangers"))
    return int(rows[0]["value"]) if rows else 0


async def test_a_stranger_gets_five_polite_lines_an_hour_then_nothing(world: World) -> None:
    eve = world.person("Eve")
    for number, words in enumerate(
        ("Hello?", "/help", "/start", "/start guess", "/checkin", "Hello??", "/start again")
    ):
        await eve.sends(words)
        answers = [one for one in eve.phone.screen if not one.mine]
        assert len(answers) == min(number + 1, 5)
    assert await counted(world) == 7
    await world.passes(hours=1, minutes=1)
    await eve.sends("Hello again")
    assert len([one for one in eve.phone.screen if not one.mine]) == 6


async def test_fault_23_thousands_of_guesses_are_met_with_silence_and_leave_a_number(world: World) -> None:
    """Five lines an hour, then silence; a counter is all that is kept."""
    eve = world.person("Eve")
    for number in range(1000):
        eve.phone.starts(f"guess{number}")
    await world.settle()
    assert len([one for one in eve.phone.screen if not one.mine]) == 5
    assert await counted(world) == 1000


async def test_a_stranger_leaves_no_trace(world: World) -> None:
    eve = world.person("Eve")
    await eve.sends("My child is called Zorro")
    await eve.starts("guess")
    await eve.does("sends_voice")
    await eve.does("presses", "fam:page:0", eve.newest)
    await world.tick()
    for table in schema.metadata.sorted_tables:
        for row in await world.rows(table.select()):
            assert str(eve.phone.user_id) not in map(str, row.values()), table.name
            assert not any("Zorro" in str(value) for value in row.values()), table.name


async def test_the_strangers_that_are_remembered_are_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "REMEMBERED", 3)
    for number in range(5):
        await world.person(f"Eve{number}").sends("Hello")
    assert len(strangers._heard) == 3


async def test_fault_24_a_group_is_left_and_nothing_said_there_is_read(world: World) -> None:
    """The group is left; nothing of it is stored."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    group: Any = await ana.does("adds_bot_to_group")
    await ana.does("sends_to_group", group, "Mika bit me today")
    assert "leaveChat" in [call.method for call in world.sim.calls]
    assert await world.rows(schema.note.select()) == []


async def test_fault_24_blocked_and_back(world: World) -> None:
    """Nothing is sent while blocked; afterwards questions come again."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await ana.does("blocks")
    [account] = [one for one in await world.rows(schema.account.select()) if one["id"] == ana.phone.user_id]
    assert account["blocked_at"] == world.clock.now_ms()
    await dana.sends("/families")
    await dana.taps("Mika", dana.newest)
    dana.sees("cannot be reached")
    await ana.does("unblocks")
    [account] = [one for one in await world.rows(schema.account.select()) if one["id"] == ana.phone.user_id]
    assert account["blocked_at"] is None
    await world.passes(days=1, hours=12)
    assert any(one["state"] == "open" for one in await world.rows(schema.check_in.select()))


async def test_fault_24_a_changed_name_and_another_persons_contact_change_nothing(world: World) -> None:
    """The seat stays with its account, whatever it is called."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    before = await world.rows(schema.person.select())
    ana.phone.user["first_name"], ana.phone.user["username"] = "Anastasia", "new_name"
    await ana.does("sends_contact")
    await ana.sends("Hello")
    assert await world.rows(schema.person.select()) == before
