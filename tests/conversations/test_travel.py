"""A journey: another clock until a date, then that of home, and no day asked twice or left out."""

from __future__ import annotations

import pytest

from bot.storage import schema
from tests.support.families import at
from tests.support.world import Person, World


@pytest.fixture
async def ana(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


async def goes(ana: Person, city: str, until: str) -> None:
    await ana.sends("/settings")
    await ana.taps("On a journey")
    await ana.sends(city)
    await ana.taps(city)
    day = next(button for button in ana.newest.all_buttons if until in (button.data or ""))
    await ana.does("presses", day.data, ana.newest)


async def asked(world: World) -> list[tuple[str, int]]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.due_at))
    return [(row["local_date"][5:], row["due_at"]) for row in rows]


async def zone(world: World) -> str:
    [row] = await world.rows(schema.person.select().where(schema.person.c.name == "Ana"))
    return str(row["timezone"])


@pytest.mark.every_language
async def test_a_journey_is_chosen_by_taps_and_a_word_and_seen_in_the_settings(world: World, ana: Person) -> None:
    home = await zone(world)
    await goes(ana, "Tokyo", "2027-03-05")
    assert await zone(world) == "Asia/Tokyo"
    shown = ana.sees("Clock of Tokyo until")
    assert f"Then the clock of {home.rpartition('/')[2]} again" in shown.text
    await ana.taps("Back at home")
    assert await zone(world) == home
    ana.sees("On a journey")


async def test_the_clock_of_home_comes_back_by_itself_and_each_date_is_asked_once(world: World, ana: Person) -> None:
    """Fault 34: east over some time zones and back, twice."""
    home = await zone(world)
    for city, until in (("Tokyo", "2027-03-05"), ("Honolulu", "2027-03-10")):
        await goes(ana, city, until)
        if city == "Honolulu":
            await ana.sends("/checkin")
        await world.until(at("2027-03-06 12:00") if city == "Tokyo" else at("2027-03-12 12:00"))
        assert await zone(world) == home
    over = [one for one in ana.screen if one.has("Your journey is over.")]
    assert len(over) == len(("Tokyo", "Honolulu"))
    assert all("The next question comes" in one.text and one.silent for one in over)
    await world.until(at("2027-03-15 12:00"))
    dates = [day for day, _ in await asked(world)]
    assert dates == [f"03-{day:02}" for day in range(2, 15)]
    marked = await world.rows(schema.check_in.select().where(schema.check_in.c.unusual == 1))
    assert {row["local_date"][5:] for row in marked} == {f"03-{day:02}" for day in (*range(2, 6), *range(6, 11))}


async def test_a_longer_journey_keeps_the_home_and_another_home_ends_it(world: World, ana: Person) -> None:
    home = await zone(world)
    await goes(ana, "Tokyo", "2027-03-05")
    await ana.does("presses", "away:to:2027-03-09:America/Lima", ana.newest)
    ana.sees("Clock of Lima until Tue, 9 Mar")
    assert home.rpartition("/")[2] in ana.newest.text
    await ana.taps("Clock")
    await ana.sends("lisb")
    await ana.taps("Lisbon")
    await world.until(at("2027-03-12 12:00"))
    assert await zone(world) == "Europe/Lisbon"


async def test_a_day_that_is_over_or_too_far_is_not_taken(world: World, ana: Person) -> None:
    home = await zone(world)
    await ana.sends("/settings")
    for forged in ("2027-02-01:Asia/Tokyo", "2029-02-01:Asia/Tokyo", "2027-02-31:Asia/Tokyo", "2027-03-09:Mars/Base"):
        await ana.does("presses", f"away:to:{forged}", ana.newest)
    assert await zone(world) == home
