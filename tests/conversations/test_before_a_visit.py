"""Before a visit: the therapist's brief in their hours, once; and what a caregiver may want to raise."""

from __future__ import annotations

import pytest

from bot.domain import briefs, meetings
from bot.domain.waking import Hours
from bot.storage import schema
from tests.support.clinic import BERLIN as BERLIN_NAME
from tests.support.clinic import local
from tests.support.families import at, evening, family
from tests.support.world import Person, World

HOUR = 3_600_000


async def agrees(world: World, when: str) -> int:
    """Dana meets Mika's family at that hour in Berlin."""
    rows = await world.rows(schema.person.select().where(schema.person.c.kind == "therapist"))
    moment = local(BERLIN_NAME, when)
    made: int = await world.db.write(
        lambda tx: meetings.agree(tx, rows[0]["id"], 1, moment, meetings.Kind.PERSON, None, world.clock.now_ms())
    )
    return made


@pytest.mark.parametrize(
    ("visit", "comes"),
    [
        ("2027-03-04 15:00", "2027-03-04 13:00"),  # a Thursday
        ("2027-03-04 08:00", "2027-03-04 07:30"),  # as soon as the quiet hours end
        ("2027-03-04 07:35", "2027-03-03 21:00"),  # too late then: the evening before
        ("2027-03-08 07:00", "2027-03-05 21:00"),  # a Monday: not at the weekend
    ],
)
def test_a_brief_comes_in_the_therapists_hours(visit: str, comes: str) -> None:
    hours = Hours(BERLIN_NAME, "21:30", "07:30", "56")
    assert briefs.comes_at(local(BERLIN_NAME, visit), hours, 2 * HOUR) == local(BERLIN_NAME, comes)


def briefs_of(person: Person) -> list[str]:
    return [one.text for one in person.screen if one.text.startswith("Mika · Visit")]


async def heard(world: World) -> tuple[Person, Person]:
    dana, ana = await family(world)
    await evening(world)
    await ana.taps("Good")
    await ana.taps("Skip")
    await ana.sends("Should we stop the cards?")
    await ana.taps("A question")
    return dana, ana


async def test_the_brief_is_one_family_at_once_and_comes_once(world: World) -> None:
    dana, _ana = await heard(world)
    await agrees(world, "2027-03-04 15:00")
    await world.until(at("2027-03-04 12:59"))
    assert not briefs_of(dana)
    await world.until(at("2027-03-04 14:30"))
    assert dana.newest.date == at("2027-03-04 13:00").timestamp()
    shown = dana.newest.text
    assert shown.startswith("Mika · Visit Thu, 4 Mar, 15:00 · ")
    assert "Question, 2 days old. Ana: “Should we stop the cards?”" in shown
    assert dana.newest.labels[0] == "✓ Done"
    await world.until(at("2027-03-04 14:45"))
    assert len(briefs_of(dana)) == 1
    kinds = [one["kind"] for one in await world.rows(schema.digest.select()) if one["kind"] == "visit"]
    assert kinds == ["visit"]
    seen = schema.audit.select().where(schema.audit.c.kind == "family seen")
    assert [row["child_id"] for row in await world.rows(seen)] == [1], "it shows words without a tap"


@pytest.mark.every_language
async def test_a_parent_sees_their_own_items_first_and_the_same_figures(world: World) -> None:
    dana, ana = await heard(world)
    await agrees(world, "2027-03-04 15:00")
    await ana.sends("/prepare")
    lines = ana.newest.text.splitlines()
    assert lines[0].startswith("For your visit with Dana: Mika, ")
    assert lines[2] == "❓ You asked: “Should we stop the cards?”"
    await world.until(at("2027-03-03 08:00"))
    await ana.sends("/prepare")
    assert "Your last 7 days: 1 of 1 answered · You said Good" in ana.newest.text
    await dana.sends("/digest")
    await dana.taps_first()
    assert "Ana: 1 of 1 answered · median Good, n = 1" in dana.newest.text


async def test_it_comes_before_the_visit_only_to_who_wants_it(world: World) -> None:
    dana, ana = await heard(world)
    tom = await world.parent_of(dana, "Tom", "Mika", child_id=1)
    await agrees(world, "2027-03-04 15:00")
    await ana.sends("/prepare")
    await ana.taps("before each visit")
    assert ana.toasts[-1] == "✓ It comes before each visit."
    await world.until(at("2027-03-04 13:01"))
    assert "You asked: “Should we stop the cards?”" in ana.newest.text
    tom.sees_nothing_of("For your visit")
    tom.sees_nothing_of("cards")
    await ana.taps("Not before each visit")
    assert ana.newest.has("before each visit")
    [shown] = [row["message_id"] for row in await world.rows(schema.brief.select()) if row["message_id"]]
    assert shown in [row["message_id"] for row in await world.rows(schema.copy.select())]
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    assert shown not in [row["message_id"] for row in await world.rows(schema.copy.select())]
    assert not await world.rows(schema.mirror.select())
    assert [row["message_id"] for row in await world.rows(schema.brief.select())] == [None]  # the therapist's


async def test_another_parent_prepares_with_their_own_words_alone(world: World) -> None:
    dana, _ana = await heard(world)
    tom = await world.parent_of(dana, "Tom", "Mika", child_id=1)
    await tom.sends("/prepare")
    assert "Is there something you want to talk about?" in tom.newest.text
    tom.sees_nothing_of("cards")
    tom.phone.presses("mirror:on:99", tom.newest)
    await world.settle()
    assert tom.phone.answers[-1].show_alert


async def test_what_was_practised_is_in_it(world: World) -> None:
    _dana, ana = await family(world, step="pictures at bath")
    await ana.sends("/practice")
    await ana.taps_first()
    await world.until(at("2027-03-02 09:00"))
    await ana.sends("/prepare")
    assert "🏠 pictures at bath: 1 of 7 planned days." in ana.newest.text
