"""What goes into research: of those who said yes, and not a word more than the consent says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.domain import exporting, exporting_research
from bot.storage import schema
from bot.storage.database import Tx
from tests.support.families import evening
from tests.support.pressing import two_clinics_of_one
from tests.support.world import Person, World


async def for_research(world: World) -> tuple[str, list[Any]]:
    """The file, and the children in it."""

    async def work(tx: Tx) -> str:
        now = world.clock.now_ms()
        return "".join([piece async for piece in exporting_research.as_json(tx, exporting.All(), now)])

    text = str(await world.db.read(work))
    found = json.loads(text)
    assert found["format"] == "homenotes-research/1"
    return text, list(found["children"])


async def agrees(person: Person) -> None:
    await person.sends("/privacy")
    await person.taps("Research: no")
    await person.taps("Yes, they may")


async def answers(person: Person, first: str) -> None:
    await person.taps(first)
    await person.sends(f"Words of {person.phone.name}, at the Elm Street school")
    await person.does("sends_photo", caption="The tower of Elm Street")
    await person.taps("Yes, keep it")


async def test_only_who_agreed_is_in_it_with_choices_and_without_a_name_or_a_word(world: World) -> None:
    """Of Mika's two caregivers one; nothing of Lena, of whom nobody agreed."""
    _dana, ana, ben, _eva, carla = await two_clinics_of_one(world)
    assert (await for_research(world))[1] == []
    await evening(world)
    await answers(ana, "Good")
    await answers(ben, "Hard")
    await answers(carla, "Great")
    await agrees(ana)
    text, [mika] = await for_research(world)
    assert mika["caregivers"] == [{"caregiver": 1, "role": "parent"}]
    [asked] = [one for one in mika["checkins"] if one["answers"]]
    assert (asked["template"], asked["local_date"], asked["caregiver"]) == ("pulse", "2027-03-02", 1)
    assert asked["answers"][0] == {"question": "day", "value": "good", "late": False}
    names = (
        "Mika",
        "Lena",
        "Ana",
        "Ben",
        "Carla",
        "Dana",
        "Eva",
        "Elm Street",
        "tower",
        "file_id",
        str(ana.phone.user_id),
    )
    assert [name for name in names if name in text] == []
    numbers = {row["id"] for table in (schema.check_in, schema.person) for row in await world.rows(table.select())}
    assert [number for number in numbers if number > 99 and str(number) in text] == []


@pytest.mark.parametrize("how", ["research", "care"])
async def test_a_yes_that_was_taken_back_takes_everything_out_of_it(world: World, how: str) -> None:
    _dana, ana, *_others = await two_clinics_of_one(world)
    await evening(world)
    await answers(ana, "Good")
    await agrees(ana)
    assert len((await for_research(world))[1]) == 1
    await ana.sends("/privacy")
    if how == "research":
        await ana.taps("Research: yes")
    else:
        await ana.taps("Take back my agreement")
        await ana.taps("Yes, end it")
    assert (await for_research(world))[1] == []
