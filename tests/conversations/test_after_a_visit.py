"""After a visit: whoever came says how it was, the therapist answers, the family hears it, and the circle is closed."""

from __future__ import annotations

import pytest

from bot.storage import schema
from tests.conversations.test_before_a_visit import agrees, briefs_of
from tests.support.families import at, family
from tests.support.world import Person, World

SAID = "A bit slower, please."


async def told(world: World, *labels: str) -> tuple[Person, Person]:
    """Ana was there on a Thursday, and is asked the same evening; words answer what asks for words."""
    dana, ana = await family(world)
    await agrees(world, "2027-03-04 15:00")
    await world.until(at("2027-03-04 19:31"))
    ana.sees("Did you feel heard today?")
    for label in labels:
        await (ana.taps(label, ana.asked) if label != SAID else ana.sends(SAID))
    await world.until(at("2027-03-05 07:31"))
    return dana, ana


async def page(dana: Person) -> str:
    await dana.sends("/digest")
    await dana.taps("Mika")
    return dana.asked.text


@pytest.mark.every_language
async def test_what_was_said_is_answered_in_two_taps_and_the_flag_goes(world: World) -> None:
    dana, ana = await told(world, "A little", "Yes", "No", SAID, "No")
    shown = await page(dana)
    assert "After the visit, Ana, 4 March: no to Know what to do at home, words on what to do differently." in shown
    assert f"To adjust: “{SAID}” Ana, 4 March" in shown
    await dana.taps("↩️ Answer Ana: the visit")
    assert "Ana said after the visit, 4 March:" in dana.newest.text
    for line in ("• Felt heard: A little", "• Worked on what matters: Yes", "• Know what to do at home: No", SAID):
        assert line in dana.newest.text
    question = dana.newest
    await dana.taps("I will change it", question)
    words = "About the visit on 4 March: thank you for telling me. I will change that."
    assert words in dana.sees("To Ana").text
    await world.passes(minutes=10)
    ana.sees_nothing_of("About the visit")
    await dana.taps("✓ Send")
    await world.passes(minutes=1)
    assert words in ana.sees("Dana writes about Mika:").text
    await ana.taps("Got it")
    shown = await page(dana)
    assert "↩️ After the visit, Ana, 4 March: answered 1 day later." in shown
    assert "no to Know what to do" not in shown
    assert not [label for label in dana.buttons if "the visit" in label]
    await dana.does("presses", question.all_buttons[0].data, question)
    assert dana.toasts[-1] == "This button is too old. Please use a newer message."
    [row] = await world.rows(schema.message.select())
    assert row["answer_id"] is not None


async def test_a_draft_that_is_not_sent_closes_nothing(world: World) -> None:
    dana, ana = await told(world, "No", "Skip", "Skip", "Skip", "Yes")
    await page(dana)
    await dana.taps("Answer Ana: the visit")
    await dana.taps("Let us talk about it")
    await dana.taps("Do not send")
    assert "no to Felt heard, would like to talk" in await page(dana)
    await dana.taps("Answer Ana: the visit")
    await dana.taps("I have read it")
    await dana.taps("✓ Send")
    assert "answered 1 day later" in await page(dana)
    await world.passes(minutes=1)
    ana.sees("I have read what you said. Thank you.")


async def test_own_words_close_the_circle_too(world: World) -> None:
    dana, ana = await told(world, "No", "Skip", "Skip", "Skip", "Yes")
    await page(dana)
    await dana.taps("Answer Ana: the visit")
    assert "• Talk about it: Yes" in dana.newest.text
    await dana.taps("In my own words")
    await dana.sends("Thank yu.")
    await dana.taps("Write again")
    await dana.sends("Thank you. I will listen more.")
    await dana.taps("✓ Send")
    await world.passes(minutes=1)
    ana.sees("I will listen more.")
    assert "answered 1 day later" in await page(dana)


async def test_a_visit_that_was_as_it_should_be_asks_for_no_answer(world: World) -> None:
    dana, _ana = await told(world, "Yes", "Yes", "Yes", "Skip")
    shown = await page(dana)
    assert "After the visit" not in shown
    assert not [label for label in dana.buttons if "the visit" in label]


async def test_before_the_next_visit_the_brief_says_how_the_last_one_was(world: World) -> None:
    dana, _ana = await told(world, "Mostly", "Yes", "Partly", "Skip")
    await agrees(world, "2027-03-18 15:00")
    await world.until(at("2027-03-18 14:00"))
    [brief] = briefs_of(dana)[-1:]
    assert "After the last visit, Ana, 4 March: Felt heard: Mostly, Worked on what matters: Yes, Know" in brief


async def test_another_therapist_answers_nothing_there(world: World) -> None:
    """Fault 22: the numbers in a button are not believed."""
    dana, ana = await told(world, "No", "Skip", "Skip", "Skip", "No")
    await page(dana)
    answer = next(one for one in dana.asked.all_buttons if "the visit" in one.label).data
    assert answer is not None
    await dana.taps("Answer Ana: the visit")
    way = dana.asked.all_buttons[0].data
    emil = await world.therapist("Emil")
    await emil.sends("/digest")
    number = answer.rpartition(":")[2]
    for data in (answer, way, "visit:seen:1:1:999", f"msg:to:1:2:{number}"):
        await emil.does("presses", data, emil.newest)
        assert emil.toasts[-1] == "This button is too old. Please use a newer message."
    [mika] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=mika["id"])
    await dana.sends("/message")
    await dana.taps("Mika")
    seat = next(one for one in await world.rows(schema.person.select()) if one["name"] == "Ben")
    await dana.does("presses", f"msg:to:{mika['id']}:{seat['id']}:{number}", dana.newest)
    await dana.sends("Not about what you said.")
    assert await world.rows(schema.message.select()) == []
    for person in (ana, ben):
        person.sees_nothing_of("what you said")
