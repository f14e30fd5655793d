"""Crisis numbers grow old: once a month an admin of the clinic hears what is in doubt, in their hours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain import crisis
from tests.conversations.test_on_call import make_admin
from tests.support.world import Person, World, open_world

OLD, UNKNOWN, ELSEWHERE = "The crisis numbers were last checked on", "no crisis numbers", "in another country"
CHECKED = crisis.load()["DE"].checked_on


def heard(person: Person, words: str) -> int:
    return sum(words in one.text for one in person.screen)


async def an_admin(world: World) -> Person:
    dana = await world.therapist("Dana")
    await make_admin(world, "Dana")
    return dana


@pytest_asyncio.fixture
async def nowhere(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, country="XX") as opened:
        yield opened


@pytest_asyncio.fixture
async def years_on(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, start=datetime(CHECKED.year + 2, 3, 1, 8, 0, tzinfo=UTC)) as opened:
        yield opened


async def test_old_numbers_are_told_to_the_admin_alone_and_again_in_a_month(years_on: World) -> None:
    dana = await an_admin(years_on)
    eli = await years_on.therapist("Eli")
    await years_on.passes(hours=2)
    assert heard(dana, OLD) == 1
    dana.sees("Please have each one rung again.")
    await years_on.passes(days=20)
    assert heard(dana, OLD) == 1
    await years_on.passes(days=14)
    assert heard(dana, OLD) == 2
    assert heard(eli, OLD) == 0


async def test_families_for_whom_no_number_is_known_are_counted(nowhere: World) -> None:
    dana = await an_admin(nowhere)
    await nowhere.parent_of(dana, "Ana", "Mika")
    await nowhere.parent_of(dana, "Cleo", "Noor")
    await nowhere.passes(hours=2)
    assert heard(dana, "2 families see no crisis numbers.") == 1
    assert heard(dana, "Mika") <= 1, "families are counted, not named"


@pytest.mark.every_language
async def test_fresh_numbers_and_families_at_home_are_no_news(world: World) -> None:
    dana = await an_admin(world)
    await world.parent_of(dana, "Ana", "Mika")
    world.clock.set(datetime(CHECKED.year, CHECKED.month, CHECKED.day, 9, 0, tzinfo=UTC))
    await world.tick()
    assert (heard(dana, OLD), heard(dana, UNKNOWN), heard(dana, ELSEWHERE)) == (0, 0, 0)


async def test_a_family_in_another_country_is_told_of(world: World) -> None:
    dana = await an_admin(world)
    await world.parent_of(dana, "Ana", "Mika", timezone="America/New_York")
    await world.passes(hours=2)
    assert heard(dana, "One family’s clock stands in another country.") == 1


async def test_at_night_an_admin_is_left_in_peace(years_on: World) -> None:
    dana = await an_admin(years_on)
    years_on.clock.set(years_on.clock.now().replace(hour=23))
    await years_on.tick()
    assert heard(dana, OLD) == 0
    await years_on.passes(hours=12)
    assert heard(dana, OLD) == 1


@pytest.mark.every_language
async def test_where_a_clinic_has_no_admin_each_therapist_hears_it_once_a_month(years_on: World) -> None:
    dana, eli = await years_on.therapist("Dana"), await years_on.therapist("Eli")
    ana = await years_on.parent_of(dana, "Ana", "Mika")
    await years_on.passes(hours=2)
    for one in (dana, eli):
        assert heard(one, OLD) == 1
        one.sees("So each therapist gets this message.")
    assert heard(ana, OLD) == 0
    await years_on.passes(days=20)
    assert heard(eli, OLD) == 1
    await make_admin(years_on, "Dana")
    await years_on.passes(days=14)
    assert (heard(dana, OLD), heard(eli, OLD)) == (2, 1), "an admin is there now"


async def test_without_an_admin_families_who_see_no_number_are_told_of_too(nowhere: World) -> None:
    dana = await nowhere.therapist("Dana")
    await nowhere.passes(hours=2)
    assert heard(dana, UNKNOWN) == 0, "there is no family yet"
    await nowhere.passes(days=31)
    await nowhere.parent_of(dana, "Ana", "Mika")
    await nowhere.passes(days=34)
    assert heard(dana, "One family sees no crisis numbers.") == 1
