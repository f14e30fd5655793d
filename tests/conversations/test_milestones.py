"""The list for a child's age: a talk that can be left and taken up again, with no count of what is not there."""

from __future__ import annotations

import pytest

from bot.storage import schema
from tests.support.families import family
from tests.support.safety import exported
from tests.support.world import World


@pytest.mark.every_language
async def test_the_list_is_chosen_by_the_age_left_and_taken_up_again(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/progress")
    await ana.taps("📋 The list for this age")
    assert "When was Mika born?" in ana.asked.text
    await ana.taps("2025")
    await ana.taps(ana.buttons[6])
    assert "What many children do by 18 months." in ana.asked.text
    assert "It is no test." in ana.asked.text
    await ana.taps("Born early")
    await ana.taps("8 weeks")
    assert "What many children do by 15 months." in ana.asked.text
    assert "Mika was born early. We count from the due date." in ana.asked.text
    await ana.taps("▶️ Begin")
    assert "1 of 13" in ana.asked.text
    assert ana.buttons == ["Yes", "Sometimes", "Not yet", "Not sure", "⏭ Skip", "Stop here"]
    await ana.taps("Not yet")
    await ana.taps("⏭ Skip")
    assert "3 of 13" in ana.asked.text
    await ana.taps("Stop here")
    assert "What you said is kept." in ana.newest.text
    await ana.sends("/progress")
    await ana.taps("📋 The list for this age")
    await ana.taps("▶️ Go on where we were")
    assert "2 of 13" in ana.asked.text, "what was skipped is asked again"
    for _ in range(12):
        await ana.taps_first()
    assert "Dana can look at it with you." in ana.asked.text
    await dana.sends("/goal")
    await dana.taps("Mika")
    await dana.taps("What they said to a list")
    page = dana.asked.text
    assert "Age used: 17 months, counted from the due date." in page
    assert page.index("Not yet") < page.index("Yes")
    assert "CDC does not endorse it." in page
    for shown in (*ana.screen, *dana.screen):
        assert "%" not in shown.text
        assert "delay" not in shown.text
    [child] = await exported(world)
    [look] = child["milestone_lists"]
    assert (look["list_months"], look["age_used"], look["weeks_early"], len(look["answers"])) == (
        15,
        "corrected",
        8,
        13,
    )


async def test_a_skill_that_went_away_leads_to_its_question_and_another_family_sees_nothing(world: World) -> None:
    """Fault 22: a round of others cannot be opened, answered or stopped."""
    dana, ana = await family(world)
    [mika] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=mika["id"])
    born = schema.child.update().values(birth_month="2022-02")
    await world.db.write(lambda tx: tx.run(born, {}))
    await ana.sends("/progress")
    await ana.taps("📋 The list for this age")
    await ana.taps_first()
    [look] = await world.rows(schema.milestone_round.select())
    await ben.sends("/progress")
    for data in (f"m:a:{look['id']}:0:yes", f"m:skip:{look['id']}:0", f"m:stop:{look['id']}", "m:begin:999"):
        await ben.does("presses", data, ben.asked)
        assert ben.toasts[-1] == "This button is too old. Please use a newer message."
    assert await world.rows(schema.milestone_answer.select()) == []
    while "Something went away" not in ana.buttons:
        await ana.taps_first()
    await ana.taps("Something went away")
    assert "Has Mika stopped doing something" in ana.asked.text
    await ana.taps("Yes", ana.asked)
    assert "Please also call your doctor." in ana.asked.text
    await ana.sends("She does not wave any more.")
    await dana.sends("/digest")
    await dana.taps_first()
    assert "Stopped doing something" in dana.asked.text
