"""How close a goal is, as each caregiver sees it: every two weeks and on demand, beside the therapist's level."""

from __future__ import annotations

import pytest

from bot.storage import schema
from tests.conversations.test_goals import GOAL, agrees, proposes
from tests.support.families import evening, family
from tests.support.safety import exported
from tests.support.world import Person, World


async def rates(person: Person, value: int, *then: str) -> None:
    """On demand, one goal."""
    await person.sends("/goals")
    await person.taps("Rate now")
    await person.taps(str(value), person.asked)
    for label in then:
        if any(label in one for one in person.buttons):
            await person.taps(label, person.asked)
        else:
            await person.sends(label)


@pytest.mark.every_language
async def test_rated_without_seeing_the_last_one_and_asked_why_after_a_change(world: World) -> None:
    dana, ana = await family(world)
    await proposes(dana, world)
    await agrees(ana)
    await rates(ana, 3, "Yes")
    await world.passes(days=1)
    await ana.sends("/goals")
    await ana.taps("Rate now")
    assert f"How close is Mika to: {GOAL}?" in ana.asked.text
    assert "3" not in ana.asked.text.replace("2 March 2027", "")
    await ana.taps("6", ana.asked)
    assert "What makes you say so?" in ana.asked.text
    assert ana.buttons[0] == "⏭ Skip"
    await ana.sends("She asked for soup twice.")
    assert "Is this still the right goal" in ana.asked.text
    await ana.taps("No", ana.asked)
    assert "Good to know. Dana will talk about it with you." in ana.asked.text
    await world.passes(days=1)
    await rates(ana, 7, "Yes")
    assert "You said: 3 of 10 at the start, then 6, now 7." in (await shown(ana, "/goals"))
    assert "then 6, now 7." in (await shown(ana, "/progress"))
    await dana.sends("/goal")
    await dana.taps("Mika")
    assert "Ana (parent): 3 → 6 → 7 of 10" in dana.asked.text
    await dana.taps(f"🎯 {GOAL}")
    assert "“She asked for soup twice.”" in dana.asked.text
    assert "another goal" not in dana.asked.text, "the newest word is yes"
    [child] = await exported(world)
    assert [one["value"] for one in child["goals"][0]["ratings"]] == [3, 6, 7]


async def shown(person: Person, command: str) -> str:
    await person.sends(command)
    return person.asked.text


async def test_two_views_stand_apart_and_a_gap_is_a_topic_for_the_therapist_alone(world: World) -> None:
    """Fault 49: neither caregiver sees the other's rating."""
    dana, ana = await family(world)
    [mika] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=mika["id"])
    await proposes(dana, world)
    await agrees(ana)
    await agrees(ben)
    await rates(ana, 8, "Yes")
    await rates(ben, 4, "Not sure")
    await dana.sends("/goal")
    await dana.taps("Mika")
    await dana.taps(f"🎯 {GOAL}")
    await dana.taps("Set the level")
    await dana.taps("−2:")
    page = dana.asked.text
    assert "Ana (parent): 8 of 10 on 1 March. One rating so far." in page
    assert "Ben (parent): 4 of 10 on 1 March. One rating so far." in page
    assert "Views differ by 4 points. Something to talk about." in page
    assert "Ana (parent) and you see it in two ways." in page
    assert "Ben (parent) is not sure of this goal" in page
    assert "6" not in page.replace("2026", ""), "nothing is averaged"
    for person, own, other in ((ana, "You said: 8", "4 of 10"), (ben, "You said: 4", "8 of 10")):
        for command in ("/goals", "/progress"):
            text = await shown(person, command)
            assert own in text
            assert other not in text
            assert "differ" not in text


async def test_asked_on_the_day_after_and_every_two_weeks_by_first_buttons(world: World) -> None:
    dana, ana = await family(world)
    await proposes(dana, world)
    await agrees(ana)
    await evening(world)
    asked = ana.sees("How close is Mika to")
    for label in ("0", "Yes"):
        await ana.taps(label, next(one for one in ana.screen if one.message_id == asked.message_id))
    [first] = await ratings(world)
    assert (first["local_date"], first["state"]) == ("2027-03-02", "done")
    await world.passes(days=14)
    assert [row["local_date"] for row in await ratings(world)] == ["2027-03-02", "2027-03-16"]


async def ratings(world: World) -> list[dict[str, str]]:
    return await world.rows(schema.check_in.select().where(schema.check_in.c.template == "goals"))
