"""The weekly review, the word after a visit, sleep and feelings: as families meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.inviting import Plan
from bot.storage import schema
from tests.conversations.test_leaving import exported as own_copy
from tests.support.families import STEP, evening, give
from tests.support.safety import exported
from tests.support.world import Person, World

MOST_TAPS = 12


async def asked(world: World, template: str, *, step: str = "", time: str = "19:30") -> tuple[Person, Person]:
    """Dana and Ana, with that check-in on Ana's phone."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika", plan=Plan(template, "0123456", time))
    if step:
        await give(world, step)
    await evening(world)
    return dana, ana


async def says(ana: Person, *answers: str) -> None:
    """A button where there is one of that name, else words."""
    for answer in answers:
        if any(answer in label for label in ana.buttons):
            await ana.taps(answer, ana.asked)
        else:
            await ana.sends(answer)


@pytest.mark.every_language
@pytest.mark.parametrize("template", ["weekly", "visit", "basics"])
async def test_first_buttons_end_it(world: World, template: str) -> None:
    _dana, ana = await asked(world, template, step=STEP)
    taps = 0
    while [row["state"] for row in await world.rows(schema.check_in.select())] != ["done"]:
        await ana.taps_first()
        taps += 1
        assert taps <= MOST_TAPS, ana.transcript()
    assert ana.buttons[0] == "👍 Looks right"


@pytest.mark.every_language
async def test_a_very_hard_week_is_heard(world: World) -> None:
    """Since when, who listens, a call; what helped is chosen from what the family tries."""
    dana, ana = await asked(world, "weekly", step=STEP)
    await says(ana, "Much harder")
    assert "That sounds like a very hard week." in ana.asked.text
    assert "Since when is it much harder?" in ana.asked.text
    await says(ana, "Since Grandma left.", "He slept in his bed.", "The mornings.", STEP, "Done")
    assert "What should we change?" in ana.asked.text
    await says(ana, "Fewer pictures.", "May he bring his bear?")
    assert "Only Dana reads this." in ana.asked.text
    await says(ana, "Very stretched")
    assert "That is a lot to carry." in ana.asked.text
    await says(ana, "Yes")
    assert "Dana will see that you would like a call." in ana.sees("Looks right").text
    assert f"Helped: {STEP}" in ana.sees("Looks right").text
    support = ana.sees("People who listen")
    assert "0800" in support.text
    assert support.buttons == []
    await dana.sends("/digest")
    await dana.taps_first()
    await dana.taps("Answers")
    for line in (f"Helped: {STEP}", "To change: “Fewer pictures.”", "You: Very stretched", "A call: Yes"):
        dana.sees(line)


@pytest.mark.every_language
async def test_a_no_after_a_visit_leads_to_a_talk(world: World) -> None:
    _dana, ana = await asked(world, "visit", step=STEP)
    await says(ana, "No")
    assert "Thank you for being open." in ana.asked.text
    await says(ana, "Mostly", "Partly", "Please start on time.")
    assert "Would you like to talk about it?" in ana.asked.text
    await says(ana, "Yes")
    assert "Dana will see that you would like to talk." in ana.sees("Looks right").text
    ana.sees("Dana sees that you would like to know more.")
    assert STEP in ana.newest.text


async def test_a_visit_that_was_right_asks_nothing_more(world: World) -> None:
    _dana, ana = await asked(world, "visit")
    await says(ana, "Yes", "Yes", "Yes", "Skip")
    ana.sees("Looks right")
    ana.sees_nothing_of("Would you like to talk")
    ana.sees_nothing_of("would like to know more")


@pytest.mark.every_language
async def test_the_coping_card_comes_and_is_asked_about_the_next_day(world: World) -> None:
    _dana, ana = await asked(world, "basics", time="08:00")
    await says(ana, "OK", "Once", "Much less", "Could not calm", "Five things", "Done")
    assert "Shall we send a card for the next time?" in ana.asked.text
    await says(ana, "Breathing", "No")
    assert "Blow the candle out, slowly." in ana.sees("A card for the next time.").text
    ana.sees_nothing_of("Please call your doctor")
    await world.passes(days=1)
    await says(ana, "Good", "Not once", "Much less")
    assert "You took a card: Breathing. Did you use it?" in ana.asked.text
    assert "Please call your doctor about eating." in ana.asked.text
    await says(ana, "Yes")
    assert "Did it help?" in ana.asked.text
    await says(ana, "A little", "None", "No")
    receipt = ana.sees("Looks right").text
    assert "Please call your doctor about eating." in receipt
    assert "Card used: Breathing: Yes" in receipt
    [child] = await exported(world)
    last = child["checkins"][-2:]
    assert {one["question"] for each in last for one in each["answers"]} >= {"card", "card_used.breathing"}


@pytest.mark.every_language
async def test_only_cards_that_the_therapist_agreed_on_are_offered(world: World) -> None:
    dana, ana = await asked(world, "basics", time="08:00")
    await dana.sends("/families")
    for button in ("Mika", "Coping cards"):
        await dana.taps(button)
    dana.sees("With none chosen, all of them are.")
    for button in ("Breathing", "Five things", "Five things"):
        await dana.taps(button)
    dana.sees("● Breathing")
    assert "● Five things" not in dana.buttons
    await world.passes(days=1)
    await says(ana, "OK", "Once", "As usual", "Could not calm")
    assert "Breathing" in ana.buttons
    assert "Five things" not in ana.buttons
    rows = await world.rows(schema.coping_card.select())
    assert [one["card_key"] for one in rows] == ["breathing"]


async def test_an_older_child_gets_the_card_in_other_words(world: World) -> None:
    _dana, ana = await asked(world, "basics")
    await world.db.write(lambda tx: tx.run(schema.child.update().values(birth_month="2018-01"), {}))
    await says(ana, "OK", "Once", "As usual", "Could not calm", "Nothing", "Done", "Breathing", "No")
    assert "Draw a square with your finger." in ana.newest.text
    page, _document = await own_copy(world, ana)
    assert "<p>Card: Breathing <span" in page


async def test_what_another_caregiver_said_leads_nowhere(world: World) -> None:
    """Much less food, told by two people on two days, is no word about the other one."""
    dana, ana = await asked(world, "basics")
    await says(ana, "OK", "Once", "Much less", "None", "No")
    [child] = await world.rows(schema.child.select())
    plan = Plan("basics", "0123456", "19:30")
    ben = await world.parent_of(dana, "Ben", "Mika", plan=plan, child_id=child["id"])
    await world.until(world.clock.now() + timedelta(days=1))
    await says(ben, "OK", "Once", "Much less", "None", "No")
    ben.sees_nothing_of("Please call your doctor")
    ben.sees_nothing_of("You took a card")
