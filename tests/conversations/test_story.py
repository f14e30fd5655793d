"""Two weeks of two families, played on phones: every fact that four digests must contain, as Dana reads them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import pytest_asyncio

from bot.domain import exporting
from bot.simulator import story
from bot.storage import counts, schema
from tests.support.story import ASKED, BEGIN, DIGESTS, FACTS, QUESTION, Morning, invite, on_27_march, reads
from tests.support.world import Person, World, open_world

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass
class Told:
    world: World
    dana: Person
    mornings: dict[int, Morning]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Told]:
    async with open_world(tmp_path_factory.mktemp("story"), start=BEGIN) as world:
        dana = await world.therapist("Dana")
        (therapist,) = await world.rows(schema.person.select().where(schema.person.c.kind == "therapist"))
        codes = await invite(world.db, therapist["id"], world.clock.now_ms())
        phones = {name: world.sim.phone(name) for name in codes}
        player = story.Player(phones, codes, world.settle)
        mornings = {}
        events = [(deed.at, deed) for deed in story.deeds()]
        for moment, deed in sorted([*events, *((at, None) for at in (*DIGESTS, ASKED))], key=lambda event: event[0]):
            await world.until(moment)
            if moment == ASKED:
                await dana.sends("/digest")
            if deed is None:
                mornings[moment.day] = await reads(dana)
            else:
                await player.plays(deed)
        world.people.update({name: Person(world, phone) for name, phone in phones.items()})
        yield Told(world, dana, mornings)


@pytest.mark.parametrize("day", list(FACTS))
async def test_the_digest_in_march(told: Told, day: int) -> None:
    FACTS[day](told.mornings[day])


async def test_a_digest_asked_for_on_a_saturday_lists_the_sharp_fall(told: Told) -> None:
    on_27_march(told.mornings[27])
    assert "Quiet: Noor (No answers since 21 March)" in told.mornings[29].caseload  # told on Saturday, and no worse


async def test_nobody_learns_of_anybody_else(told: Told) -> None:
    for name, others in (("Ana", ("Tom", "Sami", "Noor", "swing")), ("Tom", ("Ana", "Sami", "Noor", "Grandma"))):
        for other in others:
            shown = [one for one in told.world.people[name].phone.screen if not one.mine]
            assert not any(one.has(other) for one in shown), f"{name} sees {other}"


async def test_a_digest_every_working_day_and_each_once(told: Told) -> None:
    made = await told.world.rows(schema.digest.select().where(schema.digest.c.kind == "due"))
    days = [date(2027, 3, 15) + timedelta(days=n) for n in range(15)]
    assert sorted(row["local_date"] for row in made) == [day.isoformat() for day in days if day.weekday() < 5]
    assert sum(row["opened_at"] is not None for row in made) == len(DIGESTS)
    status = await told.world.db.read(
        lambda tx: counts.status(tx, told.world.clock.machine_ms(), told.world.clock.now_ms())
    )
    assert (status["digests"], status["digests_opened"]) == (len(made) + 1, len(DIGESTS) + 1)  # one was asked for


async def test_each_accepted_text_stands_once_in_the_export(told: Told) -> None:
    document = await told.world.db.read(lambda tx: exporting.export(tx, exporting.All(), told.world.clock.now_ms()))
    said = [answer["text"] for child in document["children"] for one in child["checkins"] for answer in one["answers"]]
    said += [note["text"] for child in document["children"] for note in child["notes"]]
    kept = sorted(text for text in said if text)
    assert kept == sorted(
        [
            "He asked for the red cup with words.",
            QUESTION.strip("“”"),
            "We sang in the car",
            "first time on the swing",
            "Noor said 'more juice'",
            "Two words together!",
            "No nap at kindergarten.",
            "Screamed for an hour before bed.",
            "The first-then card helped at bath.",
        ]
    )
    mika = next(child for child in document["children"] if child["name"] == "Mika")
    excused = [(one["local_date"], one["slot"]) for one in mika["checkins"] if one["state"] == "excused"]
    assert excused == [("2027-03-27", "10:00")]
    corrected = next(
        answer
        for one in mika["checkins"]
        if one["local_date"] == "2027-03-25"
        for answer in one["answers"]
        if answer["question"] == "day"
    )
    assert (corrected["value"], [one["value"] for one in corrected["revisions"]]) == ("very_hard", ["hard"])
