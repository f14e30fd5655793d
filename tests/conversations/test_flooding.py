"""One chat that presses and commands faster than people do: it waits a moment, nothing said is lost."""

from __future__ import annotations

from bot.domain.haste import AT_ONCE
from bot.storage import schema
from tests.support.safety import kept
from tests.support.world import Person, World

BEYOND = 40


def answers(person: Person, text: str) -> int:
    return sum(text in one.text for one in person.screen if not one.mine)


async def test_a_flood_of_commands_and_presses_waits_and_every_word_is_kept(world: World) -> None:
    dana = await world.therapist("Dana")
    ana, ben = await world.parent_of(dana, "Ana", "Mika"), await world.parent_of(dana, "Ben", "Lena")
    await ana.sends("/settings")
    settings, pressed = ana.newest, len(ana.toasts)
    for number in range(AT_ONCE + BEYOND):
        ana.phone.presses("set:nothing", settings)
        if number % 20 == 0:
            ana.phone.sends(f"note {number}")
    for words in ("/checkin", "/help"):
        ana.phone.sends(words)
    await world.settle()
    said = [text for text in await kept(world) if text.startswith("note ")]
    assert sorted(said) == sorted(f"note {number}" for number in range(0, AT_ONCE + BEYOND, 20))
    assert answers(ana, "Kept safely") == len(said)
    assert BEYOND <= ana.toasts.count("One moment, please.") <= BEYOND + pressed + 1
    assert len(ana.toasts) == pressed + AT_ONCE + BEYOND, "every spinner stops"
    assert answers(ana, "One moment, please.") == 1
    assert not any(one["state"] == "open" for one in await world.rows(schema.check_in.select()))
    await ana.does("presses", "urgent:ask:0", settings)
    await ana.sends("/stop")
    assert ana.toasts[-1] != "One moment, please."
    assert answers(ana, "One moment, please.") == 1
    await ben.sends("/settings")
    assert answers(ben, "One moment, please.") == 0
    await world.passes(minutes=2)
    await ana.sends("/checkin")
    assert any(one["state"] == "open" for one in await world.rows(schema.check_in.select()))
