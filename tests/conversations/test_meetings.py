"""/meeting and /meetings: a visit is a few taps, each caregiver is told alone, and nobody is woken for it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.clock import to_ms
from bot.domain import meetings
from bot.domain.exporting import All, export
from bot.model import Json
from bot.storage import schema
from tests.support.families import at
from tests.support.world import Person, World


@pytest.fixture
async def dana(world: World) -> Person:
    return await world.therapist("Dana")


@pytest.fixture
async def ana(world: World, dana: Person) -> Person:
    return await world.parent_of(dana, "Ana", "Mika", timezone="America/New_York")


async def agrees(dana: Person, *taps: str) -> None:
    await dana.sends("/meeting")
    for button in ("Plan a visit", "Mika", "Thu, 4 Mar", "15:00", "By video", *taps):
        await dana.taps(button)


@pytest.mark.every_language
async def test_first_buttons_plan_a_visit_and_say_that_one_comes(world: World, dana: Person, ana: Person) -> None:
    await dana.sends("/meeting")
    await dana.taps_first()
    await dana.taps_first()
    await dana.taps("Later days")
    for _ in range(3):
        await dana.taps_first()
    dana.sees("hears of it soon")
    await world.passes(hours=8)
    ana.sees("asks you to a visit for Mika")
    await ana.taps_first()
    ana.sees("You come. Thank you.")
    await ana.sends("/meetings")
    await ana.taps_first()
    ana.sees("You cannot come.")
    await world.passes(hours=1)
    dana.sees("cannot come: Mika")
    await dana.taps("Call it off")
    await dana.taps("Yes, call it off")
    await world.passes(hours=1)
    ana.sees("called off this visit")


async def test_a_visit_is_a_few_taps_and_the_family_hears_of_it_on_their_own_clock(
    world: World, dana: Person, ana: Person
) -> None:
    await agrees(dana)
    assert dana.sees("Thu, 4 Mar, 15:00").has("Thu, 4 Mar, 09:00")
    await world.until(at("2027-03-01 13:00"))
    ana.sees_nothing_of("asks you to a visit")  # 07:00 in New York
    await world.until(at("2027-03-01 14:00"))
    assert "Thu, 4 Mar, 09:00" in ana.sees("asks you to a visit for Mika").text
    await ana.taps("I come")
    ana.sees("You come. Thank you.")
    await dana.sends("/meeting")
    await dana.taps("Mika: Thu, 4 Mar, 15:00")
    dana.sees("comes")
    await world.until(at("2027-03-03 23:30"))
    assert "Thu, 4 Mar, 09:00" in ana.sees("Tomorrow is your visit").text
    await ana.sends("/meetings")
    assert ana.newest.has("Thu, 4 Mar, 09:00")


async def test_who_cannot_come_says_so_and_the_therapist_hears_it_once_awake(
    world: World, dana: Person, ana: Person
) -> None:
    await agrees(dana)
    await world.until(at("2027-03-02 22:00"))
    await ana.sends("/meetings")
    await ana.taps("I cannot come")
    await world.until(at("2027-03-03 06:00"))
    dana.sees_nothing_of("cannot come: Mika")
    await world.until(at("2027-03-03 09:00"))
    dana.sees("Ana (parent) cannot come: Mika, Thu, 4 Mar, 15:00")
    await dana.taps("Another time", dana.newest)
    for button in ("Fri, 5 Mar", "16:00"):
        await dana.taps(button)
    await world.until(at("2027-03-03 16:00"))
    assert "Fri, 5 Mar, 10:00" in ana.sees("has changed").text
    await world.until(at("2027-03-04 23:30"))
    ana.sees("Tomorrow is your visit")


async def test_a_no_that_is_taken_back_at_once_bothers_nobody(world: World, dana: Person, ana: Person) -> None:
    await agrees(dana)
    await world.until(at("2027-03-01 17:00"))
    for button in ("I cannot come", "I can come after all"):
        await ana.taps(button)
    await world.passes(hours=1)
    dana.sees_nothing_of("cannot come: Mika")


async def test_a_visit_that_is_called_off_is_told_to_who_knew_of_it(world: World, dana: Person, ana: Person) -> None:
    await agrees(dana)
    await world.until(at("2027-03-01 17:00"))
    old = ana.sees("asks you to a visit")
    for button in ("Call it off", "Yes, call it off"):
        await dana.taps(button)
    await world.until(at("2027-03-01 18:00"))
    ana.sees("called off this visit")
    await ana.taps("I come", old)
    assert ana.toasts[-1]
    await world.until(at("2027-03-05 12:00"))
    ana.sees_nothing_of("Tomorrow")
    await ana.sends("/meetings")
    ana.sees("No visit is planned")


async def test_two_presses_are_one_visit_and_a_quick_cancel_is_silent(world: World, dana: Person, ana: Person) -> None:
    """Fault 12: the same choice twice."""
    await agrees(dana)
    await agrees(dana)
    assert len(await world.rows(schema.meeting.select())) == 1
    for button in ("Call it off", "Yes, call it off"):
        await dana.taps(button)
    await world.until(at("2027-03-02 18:00"))
    ana.sees_nothing_of("visit")


async def test_each_caregiver_is_asked_alone_and_learns_of_nobody_else(world: World, dana: Person, ana: Person) -> None:
    """Fault 49: two caregivers, one is asked; the other sees nothing, takes along nothing, cannot answer."""
    [child] = await world.rows(sa.select(schema.child.c.id))
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
    await agrees(dana, "Ana (parent)")
    dana.sees("➕ Ask Ben (parent)")
    await world.until(at("2027-03-01 17:00"))
    ana.sees("asks you to a visit")
    await ben.sends("/meetings")
    ben.sees("No visit is planned")
    before = len(ben.toasts)
    await ben.does("presses", "meets:yes:1", ben.newest)
    assert len(ben.toasts) > before
    assert not [row for row in await world.rows(schema.attendance.select()) if row["reply_state"]]
    document: Json = await world.db.read(lambda tx: export(tx, All(), world.clock.now_ms()))
    [visit] = document["children"][0]["meetings"]
    assert (visit["starts_at"], visit["kind"], len(visit["caregivers"])) == ("2027-03-04T14:00:00Z", "video", 1)
    await dana.taps("➕ Ask Ben (parent)")
    await world.passes(hours=1)
    assert not ben.sees("asks you to a visit").has("Ana")


async def test_the_next_visit_is_found_by_its_therapist_alone(world: World, dana: Person, ana: Person) -> None:
    eva = await world.therapist("Eva")
    await agrees(dana)
    await dana.taps("Also a week later")
    await dana.taps("Place or link")
    await dana.sends("Room 3")
    people = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    [child] = await world.rows(sa.select(schema.child.c.id))
    now = world.clock.now_ms()
    found = await world.db.read(lambda tx: meetings.next_of(tx, people["Dana"], child["id"], now))
    assert found.starts_at == to_ms(at("2027-03-04 15:00"))
    later = await world.db.read(lambda tx: meetings.next_of(tx, people["Dana"], child["id"], now + 5 * 86_400_000))
    assert (later.starts_at, later.note) == (to_ms(at("2027-03-11 15:00")), "Room 3")
    assert await world.db.read(lambda tx: meetings.next_of(tx, people["Eva"], child["id"], now)) is None
    each = await world.db.read(lambda tx: meetings.next_of_each(tx, people["Dana"], now, 86_400_000 * 7))
    assert list(each) == [child["id"]]
    await eva.does("presses", "meet:one:1", eva.newest)
    eva.sees_nothing_of("Mika")
