"""Two caregivers share a check-in once both have agreed; until then neither learns of the other."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import schema
from tests.support.families import at
from tests.support.world import Person, World


async def two_homes(world: World) -> tuple[Person, Person, Person]:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    [child] = await world.rows(sa.select(schema.child.c.id))
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    return dana, ana, ben


async def proposes(world: World, dana: Person, kind: str) -> None:
    await dana.sends("/plan")
    for button in ("Mika", "Ana (parent): days", "Share a check-in", "Ben (parent)", kind):
        await dana.taps(button)
    await world.passes(minutes=5)


async def sharing(world: World, kind: str = "The first answer is enough") -> tuple[Person, Person, Person]:
    dana, ana, ben = await two_homes(world)
    await proposes(world, dana, kind)
    for one in (ana, ben):
        await one.taps("Yes, I share")
    await world.passes(minutes=5)
    return dana, ana, ben


async def states(world: World) -> list[tuple[str, str]]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.person_id, schema.check_in.c.due_at))
    return [(row["state"], row["state_reason"]) for row in rows]


@pytest.mark.every_language
async def test_each_agrees_alone_and_learns_of_the_other_when_both_have(world: World) -> None:
    """Fault 49: one yes tells nobody anything."""
    dana, ana, ben = await two_homes(world)
    await proposes(world, dana, "The first answer is enough")
    await ana.taps("Yes, I share")
    await world.passes(days=2)
    ana.sees_nothing_of("Ben")
    ben.sees_nothing_of("Ana")
    for one in (ana, ben):
        await one.sends("/settings")
        one.sees_nothing_of("Shared for Mika")
    await ben.taps("Yes, I share")
    await world.passes(hours=24)
    ana.sees("You and Ben (parent) now share the questions for Mika")
    ben.sees("You and Ana (parent) now share")


async def test_a_no_is_heard_by_nobody_and_a_press_once_more_is_gone(world: World) -> None:
    dana, ana, ben = await two_homes(world)
    await proposes(world, dana, "Both answer")
    ben.sees("This does not say that there is one here.")
    await ben.taps("I answer on my own")
    await ana.taps("Yes, I share")
    ana.sees("You hear of it again only if it is set up.")
    await world.passes(days=1)
    ana.sees_nothing_of("Ben")
    ana.sees_nothing_of("now share")
    ben.sees_nothing_of("Ana")


async def test_the_first_answer_turns_the_others_question_into_a_receipt(world: World) -> None:
    _dana, ana, ben = await sharing(world)
    await world.until(at("2027-03-02 19:31"))
    question = ben.sees("How was Mika")
    await ana.taps("Good")
    assert "Ana (parent) has answered this one" in ben.sees("has answered this one").text
    assert await states(world) == [("open", ""), ("excused", "answered_by_other")]
    data = next(button.data for button in question.all_buttons if button.data and ":a:" in button.data)
    await ben.does("presses", data, question)
    assert await states(world) == [("open", ""), ("excused", "answered_by_other")]
    await ben.sends("/checkin")
    ben.sees("This one is answered already")
    assert not ben.newest.has("Good")


async def test_fault_16_two_answers_in_one_batch_are_one(world: World) -> None:
    """Both press before the bot hears of either: the first is the answer, the other is told kindly."""
    _dana, ana, ben = await sharing(world)
    await world.until(at("2027-03-02 19:31"))
    for one in (ana, ben):
        shown = one.sees("How was Mika")
        good = next(button.data for button in shown.all_buttons if "Good" in button.label)
        one.phone.presses(good, shown)
    await world.settle()
    assert await states(world) == [("open", ""), ("excused", "answered_by_other")]
    assert len(await world.rows(schema.answer.select())) == 1
    ben.sees("Thank you both")


async def test_an_answer_before_the_others_hour_spares_the_question(world: World) -> None:
    _dana, ana, ben = await sharing(world)
    await ben.sends("/settings")
    for button in ("Hour", "21:00"):
        await ben.taps(button)
    await world.until(at("2027-03-02 19:31"))
    await ana.taps("Good")
    await world.until(at("2027-03-02 22:00"))
    assert (await states(world))[-1] == ("excused", "answered_by_other")
    ben.sees_nothing_of("How was Mika")


async def test_both_answer_and_their_views_are_kept_apart(world: World) -> None:
    dana, ana, ben = await sharing(world, "Both answer, kept apart")
    await world.until(at("2027-03-02 19:31"))
    await ana.taps("Good")
    await ben.taps("Hard")
    answers: list[dict[str, Any]] = await world.rows(schema.answer.select())
    assert len({row["person_id"] for row in answers}) == 2
    await dana.sends("/plan")
    for button in ("Mika", "Ana (parent): days"):
        await dana.taps(button)
    dana.sees("Shared with Ben (parent): both answer, kept apart")


@pytest.mark.parametrize("who", ["ana", "dana", "put out"])
async def test_either_of_them_or_the_therapist_ends_it(world: World, who: str) -> None:
    dana, ana, ben = await sharing(world)
    if who == "ana":
        await ana.sends("/settings")
        for button in ("End sharing with Ben", "Yes, end it"):
            await ana.taps(button)
    elif who == "dana":
        await dana.sends("/plan")
        for button in ("Mika", "Ana (parent): days", "End the sharing"):
            await dana.taps(button)
    else:
        ids = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
        await dana.does("presses", f"seat:out:{ids['Ana']}", 1)
    await world.passes(minutes=5)
    ben.sees("You now answer the questions for Mika on your own")
    await world.until(at("2027-03-02 19:31"))
    if who != "put out":
        await ana.taps("Good")
    assert ("excused", "answered_by_other") not in await states(world)
    await ben.sends("/settings")
    assert not ben.newest.has("Ana")
