"""/pause as families take it: nothing until a date, one question in a busy week, and nothing counts as unanswered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.storage import schema
from tests.support.world import Person, World

EVENING = datetime(2027, 3, 2, 18, 30, tzinfo=UTC)  # 19:30 in Berlin, the first question


async def family(world: World) -> tuple[Person, Person]:
    dana = await world.therapist("Dana")
    return dana, await world.parent_of(dana, "Ana", "Mika")


async def states(world: World) -> list[tuple[str, str, str]]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.local_date))
    return [(row["local_date"][5:], row["state"], row["state_reason"]) for row in rows]


async def test_a_pause_until_a_date_asks_nothing_and_goes_on_by_itself(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/pause")
    ana.sees("You may take a rest")
    await ana.taps("A pause")
    await ana.taps("Wed, 3 Mar")
    ana.sees("A pause, up to Wed, 3 Mar")
    await world.until(datetime(2027, 3, 4, 19, 0, tzinfo=UTC))
    assert await states(world) == [
        ("03-02", "excused", "pause"),
        ("03-03", "excused", "pause"),
        ("03-04", "open", ""),
    ]
    ana.sees("How was Mika's day?")


async def test_notes_are_welcome_in_a_pause(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/pause")
    await ana.taps("ill")
    await ana.taps("Wed, 3 Mar")
    ana.sees("Get well soon")
    await ana.sends("He has a fever.")
    ana.sees("Kept")


async def test_a_busy_week_is_one_tap_and_one_question_a_day(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/pause")
    await ana.taps_first()
    ana.sees("One short question a day, up to Sun, 7 Mar")
    await world.until(EVENING)
    await ana.taps("OK")
    ana.sees("Thank you")
    await world.until(datetime(2027, 3, 4, 0, 0, tzinfo=UTC))
    assert await states(world) == [("03-02", "done", ""), ("03-03", "excused", "busy")]


async def test_going_on_says_when_the_next_question_comes(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/pause")
    await ana.taps("A pause")
    await ana.taps("Wed, 3 Mar")
    await ana.taps("Go on now")
    ana.sees("The next question comes Tue, 2 Mar, 19:30")
    await world.until(EVENING)
    ana.sees("How was Mika's day?")


async def test_the_therapist_reads_days_of_rest_not_of_silence(world: World) -> None:
    dana, ana = await family(world)
    await ana.sends("/pause")
    await ana.taps("A pause")
    await ana.taps("Wed, 3 Mar")
    await world.until(datetime(2027, 3, 4, 6, 0, tzinfo=UTC))
    await dana.sends("/digest")
    await dana.taps_first()
    dana.sees("2 days of rest")
    await dana.taps("Answers")
    dana.sees("a pause")


async def test_one_pause_is_for_all_children_of_that_parent_and_for_nobody_else(world: World) -> None:
    dana, ana = await family(world)
    await world.parent_of(dana, "Ana", "Noor", phone=ana.phone)
    (mika,) = await world.rows(schema.child.select().where(schema.child.c.name == "Mika"))
    tom = await world.parent_of(dana, "Tom", "Mika", child_id=mika["id"])
    await ana.sends("/pause")
    await ana.taps("A pause")
    await ana.taps("Wed, 3 Mar")
    await world.until(EVENING)
    ana.sees_nothing_of("'s day?")
    tom.sees("How was Mika's day?")


async def test_an_old_button_for_a_day_that_is_over_changes_nothing(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends("/pause")
    await ana.taps("A pause")
    shown = ana.sees("Until which day")
    await world.until(datetime(2027, 3, 5, 12, 0, tzinfo=UTC))
    await ana.taps("Wed, 3 Mar", shown)
    assert ana.phone.answers[-1].show_alert
    assert not await world.rows(schema.rest.select())


@pytest.mark.every_language
async def test_a_therapist_has_nothing_to_pause(world: World) -> None:
    dana = await world.therapist("Dana")
    await dana.sends("/pause")
    dana.sees("/digest")


async def test_taking_another_rest_ends_the_one_before(world: World) -> None:
    _dana, ana = await family(world)
    for kind, day in (("A pause", "Mon, 15 Mar"), ("ill", "Wed, 3 Mar")):
        await ana.sends("/pause")
        await ana.taps(kind)
        await ana.taps(day)
    await world.until(datetime(2027, 3, 4, 19, 0, tzinfo=UTC))
    assert await states(world) == [("03-02", "excused", "ill"), ("03-03", "excused", "ill"), ("03-04", "open", "")]
