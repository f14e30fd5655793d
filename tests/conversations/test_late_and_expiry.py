"""A window that ends, said without a reproach; and answers that come after it, dated as they were given."""

from __future__ import annotations

import pytest

from bot.model import Json
from bot.storage import schema
from tests.support.families import STEP, at, evening, family
from tests.support.safety import exported
from tests.support.world import Person, World

CLOSED = "This check-in is closed now."


async def closed(world: World, *answers: str) -> Person:
    """Ana's check-in of Tuesday 19:30, closed at 23:30 by the clock, with these answers given before."""
    _dana, ana = await family(world, step=STEP)
    await evening(world)
    for label in answers:
        await ana.taps(label)
    await world.until(at("2027-03-02 23:30"))
    return ana


async def check_ins(world: World) -> list[Json]:
    [child] = await exported(world)
    found: list[Json] = child["checkins"]
    return found


@pytest.mark.every_language
async def test_a_window_that_ends_says_so_without_a_reproach_and_without_a_sound(world: World) -> None:
    ana = await closed(world)
    [ended] = [one for one in ana.screen if CLOSED in one.text]
    assert "That is okay." in ended.text
    assert [label.startswith("Answer for ") for label in ended.labels] == [True]
    assert not [one for one in ana.screen if "Very hard" in "".join(one.labels)]
    [found] = await check_ins(world)
    assert (found["state"], found["state_reason"], found["answers"]) == ("expired", "no_answer", [])
    sent = [call for call in world.sim.calls if CLOSED in str(call.params.get("text"))]
    assert {call.method for call in sent} <= {"editMessageText"}


@pytest.mark.every_language
async def test_what_was_answered_before_the_end_is_kept_and_said(world: World) -> None:
    ana = await closed(world, "Good")
    assert "Your answers are kept." in ana.sees(CLOSED).text
    [found] = await check_ins(world)
    assert found["state"] == "partial"


@pytest.mark.every_language
async def test_an_answer_for_yesterday_has_the_time_of_the_evening_and_its_own(world: World) -> None:
    ana = await closed(world)
    await world.until(at("2027-03-03 08:00"))
    await ana.taps("Answer for")
    for label in ("Good", "A little"):
        await ana.taps(label)
    await ana.sends("She slept badly.")
    assert "Answered later, and marked so." in ana.asked.text
    [found] = await check_ins(world)
    assert (found["state"], found["due_at"]) == ("done", "2027-03-02T18:30:00Z")
    assert found["local_date"] == "2027-03-02"
    answers = found["answers"]
    assert [(one["question"], one["late"]) for one in answers] == [("day", True), ("step", True), ("say", True)]
    assert {one["answered_at"] for one in answers} == {"2027-03-03T07:00:00Z"}


async def test_what_was_answered_in_time_stays_so_when_the_rest_comes_later(world: World) -> None:
    ana = await closed(world, "Good")
    await world.until(at("2027-03-03 08:00"))
    await ana.taps("Answer for")
    assert "✓ 🙂 Good" in ana.buttons
    await ana.taps("Keep it as it is")
    await ana.taps("Yes")
    await ana.taps("Skip")
    [found] = await check_ins(world)
    answers = found["answers"]
    assert [(one["question"], one["late"]) for one in answers] == [("day", False), ("step", True)]


async def test_a_correction_next_morning_is_not_late_but_has_its_time(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    for label in ("Good", "Skip"):
        await ana.taps(label)
    await world.until(at("2027-03-03 08:00"))
    for label in ("Change", "🙂 Good"):
        await ana.taps(label, ana.sees("Mika · "))
    await ana.sends("One more thing.")
    [found] = await check_ins(world)
    answers = found["answers"]
    assert [(one["question"], one["late"]) for one in answers] == [("day", False), ("say", False)]
    assert answers[1]["answered_at"] == "2027-03-03T07:00:00Z"


@pytest.mark.every_language
async def test_after_two_days_the_door_is_closed_politely(world: World) -> None:
    ana = await closed(world)
    old = ana.sees(CLOSED)
    await world.until(at("2027-03-04 19:30"))
    await ana.taps("Answer for", old)
    assert ana.toasts[-1] == "This check-in is closed."
    assert ana.sees("How was Mika's day?").message_id != old.message_id
    assert [one["answers"] for one in await check_ins(world)] == [[], [], []]


async def test_a_late_answer_begun_in_time_and_never_ended_closes_with_what_there_is(world: World) -> None:
    ana = await closed(world)
    await world.until(at("2027-03-03 08:00"))
    await ana.taps("Answer for")
    await ana.taps("Good")
    old = ana.asked
    await world.until(at("2027-03-04 19:31"))
    await ana.taps("A little", old)
    assert ana.toasts[-1] == "This check-in is closed."
    [first, *_] = await check_ins(world)
    assert first["state"] == "partial"
    assert "Answer for" not in "".join(next(one for one in ana.screen if one.message_id == old.message_id).labels)


@pytest.mark.every_language
async def test_words_typed_after_the_end_are_a_note(world: World) -> None:
    ana = await closed(world, "Good", "Yes")
    await ana.sends("Sorry, I fell asleep.")
    assert "Kept safely" in ana.newest.text
    [note] = await world.rows(schema.note.select())
    assert note["text"] == "Sorry, I fell asleep."
    [found] = await check_ins(world)
    answers = found["answers"]
    assert [one["question"] for one in answers] == ["day", "step"]


async def test_words_sent_in_time_and_received_after_the_end_are_an_answer_in_time(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    await ana.taps("Good")
    await world.until(at("2027-03-02 23:29"))
    ana.phone.sends("He laughed a lot.")
    world.clock.set(at("2027-03-02 23:31"))
    await world.settle()
    await world.tick()
    [found] = await check_ins(world)
    assert found["state"] == "done"
    answers = found["answers"]
    assert [(one["text"], one["late"]) for one in answers[1:]] == [("He laughed a lot.", False)]


async def test_words_for_a_late_check_in_are_taken_for_an_hour_then_they_are_a_note(world: World) -> None:
    ana = await closed(world, "Good", "Yes")
    await world.until(at("2027-03-03 08:00"))
    await ana.taps("Answer for")
    for label in ("Keep", "Keep"):
        await ana.taps(label, ana.asked)
    world.clock.advance(minutes=61)
    await ana.sends("Something else by now.")
    [note] = await world.rows(schema.note.select())
    assert note["text"] == "Something else by now."


async def test_nothing_is_asked_twice_for_one_evening_and_each_day_is_accounted_for(world: World) -> None:
    await closed(world)
    await world.until(at("2027-03-05 12:00"))
    days = [(one["local_date"], one["slot"], one["state"]) for one in await check_ins(world)]
    assert days == [(f"2027-03-0{day}", "19:30", "expired") for day in (2, 3, 4)]


async def test_an_old_button_after_the_end_still_shows_the_way_to_answer(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    old = ana.phone.newest_with_buttons
    assert old is not None
    day = old.all_buttons[0].data or ""
    await world.until(at("2027-03-02 23:30"))
    await ana.does("presses", day, old)
    assert ana.toasts[-1] == "This check-in is closed."
    await ana.taps("Answer for")
    await ana.taps("Good")
    [found] = await check_ins(world)
    assert found["state"] == "partial"
    await world.until(at("2027-03-04 19:31"))
    await ana.does("presses", day, old)
    assert next(one for one in ana.screen if one.message_id == old.message_id).buttons == []


async def test_after_a_day_not_with_the_child_one_answer_is_enough_to_count(world: World) -> None:
    _dana, ana = await family(world)
    await evening(world)
    await ana.taps("Not with Mika")
    await ana.taps("Change")
    await ana.taps("Good")
    await ana.taps("Stop here")
    [found] = await check_ins(world)
    assert (found["state"], found["state_reason"]) == ("partial", None)
