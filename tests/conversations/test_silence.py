"""Silence is answered by asking for less: three times unanswered, an offer; two weeks, nothing more but a call."""

from __future__ import annotations

from typing import Any

import pytest

from bot.storage import schema
from tests.support.families import at, family
from tests.support.world import World

OFFER = "What would fit you?"


async def states(world: World) -> list[tuple[str, str]]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.local_date))
    return [(row["local_date"][5:], row["state_reason"]) for row in rows]


def offers(person: Any) -> int:
    return sum(one.has(OFFER) for one in person.screen)


@pytest.mark.every_language
async def test_three_evenings_without_an_answer_are_followed_by_an_offer_in_the_place_of_the_fourth(
    world: World,
) -> None:
    _dana, ana = await family(world)
    await world.until(at("2027-03-05 19:00"))
    assert offers(ana) == 0
    await world.until(at("2027-03-05 20:00"))
    assert (offers(ana), (await states(world))[-1]) == (1, ("03-05", "asked_less"))
    assert ana.newest.silent
    await ana.taps_first()
    ana.sees("It stays as it is. The next question comes")


async def test_it_is_not_asked_again_for_weeks(world: World) -> None:
    _dana, ana = await family(world)
    await world.until(at("2027-03-05 20:00"))
    await ana.taps_first()
    await world.until(at("2027-03-12 20:00"))
    assert offers(ana) == 0  # the one was answered, and there is no second
    assert "asked_less" not in [reason for _, reason in (await states(world))[4:]]


async def test_less_often_is_one_tap(world: World) -> None:
    _dana, ana = await family(world)
    await world.until(at("2027-03-05 20:00"))
    await ana.taps("Three days a week")
    ana.sees("Mon, Wed, Fri")
    await world.until(at("2027-03-08 20:00"))
    assert [day for day, _ in await states(world)][-1] == "03-08"


async def test_an_answer_in_between_begins_the_count_anew(world: World) -> None:
    _dana, ana = await family(world)
    await world.until(at("2027-03-04 20:00"))
    await ana.taps("OK")
    await world.until(at("2027-03-07 20:00"))
    assert offers(ana) == 0


async def test_in_a_busy_week_nothing_counts(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/pause")
    await ana.taps_first()
    await world.until(at("2027-03-07 20:00"))
    assert offers(ana) == 0


@pytest.mark.every_language
async def test_after_two_weeks_nothing_is_asked_and_the_therapist_is_to_call(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-20 12:00"))
    ana.sees("We stop asking for now")
    asked = [day for day, reason in await states(world) if reason == "no_answer"]
    assert asked[-1] == "03-15"
    await dana.sends("/digest")
    dana.sees("Please contact them in person")
    await dana.sends("/families")
    await dana.taps("Contacted: Ana")
    assert dana.newest.has("You have one family")
    assert not dana.newest.has("Please contact")
    await world.until(at("2027-03-22 20:00"))
    assert sum(one.has("We stop asking") for one in ana.screen) == 1


async def test_any_word_of_the_parent_brings_the_questions_back(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-20 12:00"))
    await ana.sends("We are back home.")
    await world.until(at("2027-03-20 20:00"))
    ana.sees("How was Mika's day?")
    await dana.sends("/families")
    assert not dana.newest.has("Please contact")


async def test_going_on_is_the_first_button_of_the_goodbye(world: World) -> None:
    _dana, ana = await family(world)
    await world.until(at("2027-03-16 20:00"))
    await ana.taps_first()
    ana.sees("The next question comes Wed, 17 Mar, 19:30")


async def test_a_task_of_another_therapist_is_neither_seen_nor_done(world: World) -> None:
    _dana, _ana = await family(world)
    eve = await world.therapist("Eve")
    await world.until(at("2027-03-20 12:00"))
    await eve.sends("/families")
    eve.sees_nothing_of("Please contact")
    [row] = await world.rows(schema.silence.select())
    await eve.sends("/help")
    await eve.does("presses", f"task:done:{row['person_id']}", eve.asked)
    [row] = await world.rows(schema.silence.select())
    assert row["contacted_at"] is None
