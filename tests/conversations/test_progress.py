"""The album of /progress: what was told, by month, linked to goals; each caregiver has an own one."""

from __future__ import annotations

import pytest

from bot.storage import schema
from tests.conversations.test_goals import GOAL, agrees, proposes
from tests.support.families import family
from tests.support.safety import exported
from tests.support.world import Person, World


async def tells(ana: Person, words: str, *labels: str) -> None:
    """A small win, from its words to the end."""
    await ana.sends("/milestone")
    await ana.sends(words)
    for label in labels or ("First time", "None", "At home", "No", "No"):
        await ana.taps(label, ana.asked)


@pytest.mark.every_language
async def test_wins_by_month_with_the_goals_they_belong_to(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/progress")
    assert "Nothing is here yet." in ana.asked.text
    await proposes(dana, world)
    await agrees(ana)
    await tells(ana, "She asked for more soup.")
    await world.passes(days=40)
    await ana.sends("She put on both shoes!")
    await ana.taps("🎉 A small win")
    await ana.sends("/progress")
    page = ana.asked.text
    assert page.count(" 2027\n•") == 2, "two months"
    assert page.index("“She put on both shoes!”") < page.index("“She asked for more soup.” · the first time")
    await ana.taps("Link to a goal")
    await ana.taps("She asked for more")
    await ana.taps(f"🎯 {GOAL}")
    assert f"the first time · for 🎯 {GOAL}" in ana.asked.text
    await dana.sends("/goal")
    await dana.taps("Mika")
    await dana.taps("🎉 New things")
    assert "Ana (parent): “She put on both shoes!”" in dana.asked.text
    await dana.taps("She put on both shoes!")
    await dana.taps(f"🎯 {GOAL}")
    assert dana.asked.text.count(f"for 🎯 {GOAL}") == 2
    [child] = await exported(world)
    assert sorted(one["note_id"] is None for one in child["goals"][0]["wins"]) == [False, True]


async def test_an_album_is_of_one_caregiver_and_shows_its_photos(world: World) -> None:
    """Fault 22, 49: nobody links, opens or sees another's win."""
    dana, ana = await family(world)
    [mika] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=mika["id"])
    await proposes(dana, world)
    await agrees(ana)
    await ana.sends("/milestone")
    await ana.does("sends_photo")
    await ana.taps("Yes, keep it")
    for label in ("First time", "None", "Out", "No", "No"):
        await ana.taps(label)
    await ana.sends("/progress")
    await ana.taps("👀")
    assert ana.newest.file_id
    [win] = await world.rows(schema.check_in.select())
    [goal] = await world.rows(schema.goal.select())
    await ben.sends("/progress")
    assert "Nothing is here yet." in ben.asked.text
    for data in (f"p:show:c:{win['id']}", f"p:goals:c:{win['id']}", f"p:file:c:{win['id']}:{goal['id']}"):
        await ben.does("presses", data, ben.asked)
        assert ben.toasts[-1] == "This button is too old. Please use a newer message."
    await dana.does("presses", f"goal:file:c:{win['id']}:999", dana.asked)
    assert await world.rows(schema.win_goal.select()) == []


async def test_a_first_time_and_a_goal_reached_are_a_card_for_the_child(world: World) -> None:
    dana, ana = await family(world)
    await proposes(dana, world)
    await agrees(ana)
    await tells(ana, "She asked for more soup 🍲")
    assert ana.newest.has("🎉 Mika did it, for the first time!")
    await dana.sends("/goal")
    await dana.taps("Mika")
    await dana.taps(f"🎯 {GOAL}")
    await dana.taps("🎉 Reached")
    await dana.taps("Yes, reached")
    await world.passes(minutes=1)
    await world.tick()
    cards = [one for one in ana.screen if one.has("A card to look at with Mika.")]
    assert [one.kind for one in cards] == ["photo", "photo"]
    await tells(ana, "Canary", "First time", "None", "Out", "No", "No")
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    await world.tick()
    assert sum(one.has("A card to look at") for one in ana.screen) <= len(cards)
