"""A therapist's own check-ins: copied, changed, tried, put to use; families keep the words they were asked in."""

from __future__ import annotations

import pytest

from bot.storage import schema
from tests.support.families import evening
from tests.support.safety import exported
from tests.support.world import Person, World


async def copied(world: World, name: str = "Daily check-in") -> Person:
    dana = await world.therapist("Dana")
    await dana.sends("/templates")
    for button in ("Copy one", name):
        await dana.taps(button)
    return dana


async def plans_it(dana: Person, name: str) -> None:
    await dana.sends("/plan")
    for button in ("Mika", "Ana (parent)", "Ask something else", name):
        await dana.taps(button)


@pytest.mark.every_language
async def test_a_copy_is_changed_tried_and_asked(world: World) -> None:
    dana = await copied(world)
    await dana.taps("Name")
    await dana.sends("Our evening")
    dana.sees("Our evening")
    await dana.taps("The day")
    await dana.taps("Words")
    await dana.sends("How was the evening with {child}?")
    dana.sees("How was the evening with {child}?")
    await dana.taps("Back")
    await dana.taps("➕ Question")
    await dana.taps("One choice")
    await dana.sends("Did you sing?")
    await dana.taps("Choice")
    await dana.sends("A little song")
    await dana.taps("Back")
    await dana.taps("Try it")
    dana.sees("How was the evening with Mika?")
    await dana.taps("Skip")
    await dana.taps("Back")
    await dana.taps("Use it")
    dana.sees("Version 1 is in use.")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await plans_it(dana, "Our evening")
    dana.sees("Our evening: every day, 19:30")
    await evening(world)
    assert "How was the evening with Mika?" in ana.asked.text
    await ana.taps("Good", ana.asked)
    await ana.taps("Skip", ana.asked)
    await ana.taps("A little song", ana.asked)
    [child] = await exported(world)
    own = [one for one in child["checkins"] if one["template"] == "own_1"]
    assert [(one["question"], one["value"]) for one in own[0]["answers"]] == [("day", "good"), ("own_a", "own1")]


async def test_trying_it_goes_where_each_answer_leads(world: World) -> None:
    dana = await copied(world)
    for way, follows in (("Hard", "What made it hard?"), ("Great", "What went well?"), ("OK", "Did you try")):
        await dana.taps("Try it")
        await dana.taps(way, dana.asked)
        assert follows in dana.asked.text
        if way == "Hard":
            await dana.taps("Tired")
            dana.sees("Did you try the home step: …?")
            await dana.taps("Skip")
            await dana.taps("Skip")
            dana.sees("Nothing was kept.")
        await dana.taps("Back")
    assert not await world.rows(schema.answer.select())


async def test_a_list_and_a_scale_are_tried_with_something_made_up(world: World) -> None:
    dana = await copied(world, "How close are we?")
    await dana.taps("Try it")
    for close, follows in (("6", "Is this still the right goal: …?"), ("9", "What makes you say so?")):
        await dana.taps("Try it") if close == "9" else None
        assert "…" in dana.asked.text
        await dana.taps(close, dana.asked)
        assert follows in dana.asked.text
        await dana.taps("Back")


async def test_what_was_asked_keeps_its_words_when_a_new_version_is_used(world: World) -> None:
    dana = await copied(world)
    await dana.taps("The day")
    await dana.taps("Words")
    await dana.sends("Old words?")
    await dana.taps("Back")
    await dana.taps("Use it")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await plans_it(dana, "Daily check-in")
    await evening(world)
    await dana.sends("/templates")
    for button in ("Daily check-in", "The day", "Words"):
        await dana.taps(button)
    await dana.sends("New words?")
    await dana.taps("Back")
    dana.sees("Version 1, with changes that are not in use yet")
    await dana.taps("Use it")
    dana.sees("Version 2 is in use.")
    ana.sees("Old words?")
    await world.passes(days=1)
    ana.sees("New words?")
    versions = await world.rows(schema.form_version.select())
    assert [one["version"] for one in versions] == [1, 2]


async def test_what_others_follow_from_stays_and_steps_of_a_scale_stay(world: World) -> None:
    dana = await copied(world)
    await dana.taps("The day")
    assert "Choice" not in " ".join(dana.buttons)
    await dana.taps("Remove")
    assert "Another question follows from it." in dana.toasts[-1]
    await dana.taps("Back")
    await dana.taps("Put away")
    await dana.taps("Yes, put it away")
    dana.sees("There are none yet.")


async def test_nobody_else_can_change_it(world: World) -> None:
    await copied(world)
    eva = await world.therapist("Eva")
    await eva.sends("/templates")
    eva.sees("There are none yet.")
    await eva.does("presses", "form:remove:1:say", eva.newest)
    [form] = await world.rows(schema.form.select())
    assert "say" in form["draft"]
