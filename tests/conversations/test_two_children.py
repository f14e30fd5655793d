"""One phone, several roles: two children, two therapists, a therapist who is a parent; and two who never meet."""

from __future__ import annotations

import pytest

from bot.domain.inviting import Plan
from bot.model import Json
from bot.storage import schema
from tests.support.families import at, evening
from tests.support.safety import exported
from tests.support.world import Person, World


async def two_children(world: World) -> tuple[Person, Person]:
    """Ana cares for Mika and Lea."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await world.parent_of(dana, "Ana", "Lea", phone=ana.phone)
    return dana, ana


async def of_child(world: World, name: str) -> Json:
    [child] = [one for one in await exported(world) if one["name"] == name]
    return child


async def texts(world: World, name: str) -> list[str]:
    return [one["text"] for one in (await of_child(world, name))["notes"]]


@pytest.mark.every_language
async def test_a_note_is_kept_first_then_for_whom_in_one_tap(world: World) -> None:
    dana, ana = await two_children(world)
    await ana.sends("She sang.")
    assert ana.newest.text.startswith("✓ Kept safely.")
    assert "For whom is it?" in ana.newest.text
    assert ana.newest.labels == ["Mika", "Lea"]
    assert len(await world.rows(schema.note.select())) == 1
    before = len(ana.screen)
    await ana.taps("Lea")
    assert len(ana.screen) == before
    assert (await texts(world, "Lea"), await texts(world, "Mika")) == (["She sang."], [])
    await ana.taps("A small win")
    assert [one["kind"] for one in (await of_child(world, "Lea"))["notes"]] == ["win"]
    await dana.sends("/digest")
    await dana.taps("Lea")
    assert "She sang." in dana.asked.text


async def test_until_it_is_said_for_whom_it_is_read_with_that_doubt(world: World) -> None:
    dana, ana = await two_children(world)
    await ana.sends("She sang.")
    await dana.sends("/digest")
    await dana.taps_first()
    assert "She sang." in dana.asked.text
    assert "for which child is not said yet" in dana.asked.text


async def test_for_whom_can_be_put_right_by_the_same_buttons(world: World) -> None:
    _dana, ana = await two_children(world)
    await ana.sends("She sang.")
    asked = ana.asked
    data = {one.label: one.data or "" for one in asked.all_buttons}
    for name in ("Lea", "Mika"):
        await ana.does("presses", data[name], asked)
    assert (await texts(world, "Lea"), await texts(world, "Mika")) == ([], ["She sang."])


@pytest.mark.every_language
async def test_checkin_and_milestone_ask_for_which_child(world: World) -> None:
    _dana, ana = await two_children(world)
    for command, words in (("/checkin", "How was Lea's day?"), ("/milestone", "What did Lea do?")):
        await ana.sends(command)
        assert "For which child?" in ana.asked.text
        await ana.taps("Lea", ana.asked)
        assert words in ana.newest.text


@pytest.mark.every_language
async def test_two_evening_questions_stand_side_by_side_and_words_answer_the_one_asked_last(world: World) -> None:
    _dana, ana = await two_children(world)
    await evening(world)
    lea, mika = ana.sees("How was Lea's day?"), ana.sees("How was Mika's day?")
    await ana.taps("Good", lea)
    world.clock.advance(minutes=1)
    await ana.taps("Hard", mika)
    await ana.taps("Tired", mika)
    await ana.taps("Done", mika)
    await ana.sends("He fell off the swing.")
    await ana.sends("She drew a cat.")
    said = {
        name: [one["text"] for one in (await of_child(world, name))["checkins"][0]["answers"] if one["text"]]
        for name in ("Mika", "Lea")
    }
    assert said == {"Mika": ["He fell off the swing."], "Lea": ["She drew a cat."]}
    assert await world.rows(schema.note.select()) == []


async def test_every_prompt_names_its_child(world: World) -> None:
    _dana, ana = await two_children(world)
    await evening(world)
    assert {one.text.partition(" · ")[0] for one in ana.screen if "day?" in one.text} == {"Mika", "Lea"}


async def test_not_with_one_child_leaves_the_others_question_open(world: World) -> None:
    _dana, ana = await two_children(world)
    await evening(world)
    await ana.taps("Not with Mika today", ana.sees("How was Mika's day?"))
    await ana.taps("Good", ana.sees("How was Lea's day?"))
    states = {name: (await of_child(world, name))["checkins"][0]["state"] for name in ("Mika", "Lea")}
    assert states == {"Mika": "excused", "Lea": "open"}


@pytest.mark.every_language
async def test_two_therapists_each_read_only_their_own_child(world: World) -> None:
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await world.parent_of(eli, "Ana", "Lea", phone=ana.phone)
    for child, words in (("Mika", "He ran."), ("Lea", "She swam.")):
        await ana.sends(words)
        await ana.taps(child)
        assert ("Dana reads it" if child == "Mika" else "Eli reads it") in ana.newest.text
    for reader, mine, others in ((dana, "He ran.", "She swam."), (eli, "She swam.", "He ran.")):
        await reader.sends("/digest")
        await reader.taps_first()
        reader.sees(mine)
        reader.sees_nothing_of(others)


@pytest.mark.every_language
async def test_a_therapist_who_is_a_parent_too_is_both(world: World) -> None:
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await world.parent_of(eli, "Dana", "Noor", phone=dana.phone)
    await ana.sends("He ran.")
    await dana.sends("Noor counted to five.")
    assert "Eli reads it" in dana.newest.text
    await dana.sends("/help")
    assert "🆘 Urgent help" in dana.newest.labels
    assert {"Questions of today", "What is new"} <= set(dana.newest.labels)
    await dana.sends("/digest")
    await dana.taps_first()
    dana.sees("“He ran.”")
    await eli.sends("/digest")
    await eli.taps_first()
    eli.sees("“Noor counted to five.”")
    assert await texts(world, "Noor") == ["Noor counted to five."]


async def test_her_digest_and_her_evening_question_both_come(world: World) -> None:
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    await world.parent_of(eli, "Dana", "Noor", phone=dana.phone)
    await world.until(at("2027-03-02 20:00"))
    dana.sees("How was Noor's day?")
    assert [row["template"] for row in await world.rows(schema.check_in.select())] == ["pulse"]
    assert len(await world.rows(schema.digest.select())) >= 1


async def co_parents(world: World) -> tuple[Person, Person, Person]:
    """Ana and Ben, both of Mika; neither knows of the other."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika", role="mother")
    [child] = await world.rows(schema.child.select())
    ben = await world.parent_of(dana, "Ben", "Mika", role="father", child_id=child["id"], plan=Plan(time="18:00"))
    return dana, ana, ben


@pytest.mark.every_language
async def test_two_caregivers_of_one_child_never_see_each_other(world: World) -> None:
    dana, ana, ben = await co_parents(world)
    await ana.sends("Ana's secret note.")
    await evening(world)
    await ben.taps("Very hard", ben.sees("How was Mika's day?"))
    for label in ("Conflict", "Done"):
        await ben.taps(label, ben.asked)
    await ben.sends("Ben's secret words.")
    for person in (ana, ben):
        for command in ("/checkin", "/settings", "/privacy", "/help", "/milestone", "/cancel"):
            await person.sends(command)
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        shown = [one for one in person.screen if not one.mine]
        assert not [one for one in shown if one.has(other)], person.transcript()
    await dana.sends("/digest")
    await dana.taps_first()
    for words in ("Ana's secret note.", "Ben's secret words."):
        assert words in dana.asked.text


async def test_fault_49_the_buttons_of_one_caregiver_do_nothing_for_the_other(world: World) -> None:
    """Foreign buttons are answered with a line over the chat; no answer, note or consent changes."""
    _dana, ana, ben = await co_parents(world)
    await ana.sends("Ana's secret note.")
    await ana.sends("/checkin")
    await ana.taps("Good", ana.asked)
    pressed = [button.data or "" for one in ana.phone.screen for button in one.all_buttons if button.data]
    answers = await world.rows(schema.answer.select())
    notes = await world.rows(schema.note.select())
    shown = len(ben.screen)
    for data in pressed:
        if data.startswith(("c:", "n:")):
            await ben.does("presses", data, ben.newest)
            assert ben.toasts[-1], data
    assert await world.rows(schema.answer.select()) == answers
    assert await world.rows(schema.note.select()) == notes
    assert len(ben.screen) == shown
    assert not [one for one in ben.screen if not one.mine and one.has("secret")]
