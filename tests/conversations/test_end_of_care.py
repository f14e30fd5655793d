"""Care is over: one tap and a sure one end every right, question, plan and link; from then its time runs."""

from __future__ import annotations

import pytest

from bot.domain import handing_over, on_call
from bot.domain.auditing import CLINIC
from bot.domain.on_call import Hours
from bot.model import Retention
from bot.storage import schema
from tests.conversations.test_meetings import agrees
from tests.conversations.test_retention import goes, would_go
from tests.conversations.test_rights import opens, seat
from tests.support.families import at, evening, family
from tests.support.safety import safe
from tests.support.world import Person, World

CARE = Retention(care=30)


async def over(world: World) -> tuple[Person, Person]:
    dana, ana = await family(world)
    await evening(world)
    await ana.taps("Hard", ana.newest)
    await ends(dana)
    return dana, ana


async def ends(dana: Person) -> None:
    await opens(dana, "👥 Who treats", "🏁 Care is over")
    dana.sees("Is the care of Mika over?")
    await dana.taps("Yes, it is over", dana.newest)
    dana.sees("✓ The care of Mika is over.")


@pytest.mark.every_language
async def test_when_care_is_over_nobody_is_asked_or_reads_and_the_family_hears_one_line(world: World) -> None:
    dana, ana = await over(world)
    await world.until(at("2027-03-03 12:00"))
    ana.sees("The care of Mika here is over. Thank you for all you told.")
    before = len(ana.screen)
    await world.passes(days=8)
    assert len(ana.screen) == before
    await dana.sends("/families")
    dana.sees("No family is with you yet.")
    await ana.sends("One more thing.")
    assert "Kept" not in ana.newest.text
    assert await world.rows(schema.check_in.select().where(schema.check_in.c.state == "open")) == []
    kinds = [(row["actor_kind"], row["kind"]) for row in await world.rows(schema.audit.select())]
    assert kinds.count(("therapist", "right ended")) == 2
    assert kinds.count(("therapist", "care over")) == 1
    assert await world.db.read(lambda tx: handing_over.alone(tx, world.clock.now_ms())) == 0
    await safe(world)


async def test_its_time_runs_from_then_and_not_before(world: World) -> None:
    await over(world)
    world.clock.advance(days=29)
    assert (await would_go(world, CARE))["care"].count == 0
    world.clock.advance(days=2)
    assert (await would_go(world, CARE))["care"].count == 1
    await goes(world, CARE)
    assert await world.rows(schema.child.select()) == []


async def test_nothing_ends_without_the_second_tap_and_only_for_whose_case_it_is(world: World) -> None:
    dana, _ana = await family(world)
    eva = await world.therapist("Eva")
    await opens(dana, "👥 Who treats", "🏁 Care is over")
    assert "Mika" in dana.newest.labels[0]
    asked = dana.newest
    now, ids = world.clock.now_ms(), {name: (await seat(world, name))["id"] for name in ("Dana", "Eva")}
    assert await world.db.write(lambda tx: handing_over.add_co(tx, ids["Dana"], 1, ids["Eva"], now))
    await eva.sends("/families")
    for data in ("over:ask:1", "over:yes:1", f"over:undo:1:{now}"):
        await eva.does("presses", data, eva.newest)
        assert eva.toasts[-1]
    assert await world.rows(schema.access.select().where(schema.access.c.until_at.is_not(None))) == []
    await dana.taps("Yes, it is over", asked)
    await eva.sends("/families")
    eva.sees("No family is with you yet.")


@pytest.mark.every_language
async def test_taken_back_within_a_week_it_goes_on_as_it_was(world: World) -> None:
    """An end that was agreed stays; who had heard that it is over hears that it goes on."""
    dana, ana = await family(world)
    await opens(dana, "Ana (parent)", "🔑 Access")
    await dana.taps("Until when", dana.newest)
    await dana.taps("3 months", dana.newest)
    agreed = (await world.rows(schema.access.select().where(schema.access.c.right == "care")))[0]["until_at"]
    await world.until(at("2027-03-02 11:00"))
    await ends(dana)
    done = dana.newest
    await world.passes(days=2)
    ana.sees("The care of Mika here is over.")
    await dana.taps("Take this back", done)
    dana.sees("The care of Mika goes on, as it was.")
    [right] = await world.rows(schema.access.select().where(schema.access.c.right == "care"))
    assert right["until_at"] == agreed
    await evening(world)
    ana.sees("The care of Mika goes on. Questions come again.")
    ana.sees("How was Mika's day?")
    await dana.sends("/digest")
    await dana.taps_first()
    dana.sees("Mika")
    await safe(world)


async def test_visits_to_come_are_off_and_stand_again_and_only_who_was_asked_hears_it(world: World) -> None:
    dana, ana = await family(world)
    ben = await world.parent_of(dana, "Ben", "Mika", child_id=1)
    await agrees(dana, "Ana (parent)")
    await world.until(at("2027-03-01 18:00"))
    ana.sees("asks you to a visit for Mika")
    await ends(dana)
    done = dana.newest
    await world.until(at("2027-03-02 12:00"))
    assert ana.sees("The care of Mika here is over.").has("A visit that was planned is off.")
    assert not ben.sees("The care of Mika here is over.").has("visit")
    await dana.sends("/meeting")
    assert "Mika" not in str(dana.newest.labels)
    await dana.taps("Take this back", done)
    await world.until(at("2027-03-02 19:00"))
    assert ana.sees("The care of Mika goes on.").has("The visit that was planned stands again.")
    assert not ben.sees("The care of Mika goes on.").has("visit")
    await world.until(at("2027-03-03 23:30"))
    ana.sees("Tomorrow is your visit")


async def test_taken_back_at_once_the_family_hears_nothing_of_it(world: World) -> None:
    dana, ana = await family(world)
    await world.until(at("2027-03-02 22:30"))
    await ends(dana)
    await dana.taps("Take this back", dana.newest)
    before = len(ana.screen)
    await world.until(at("2027-03-03 12:00"))
    assert len(ana.screen) == before


async def test_after_a_week_it_is_not_taken_back(world: World) -> None:
    dana, _ana = await over(world)
    done = dana.newest
    await world.passes(days=8)
    await dana.taps("Take this back", done)
    assert dana.toasts[-1]
    assert (await seat(world, "Ana"))["removed_at"] is not None


async def test_an_alarm_of_an_old_button_still_gets_the_card_when_care_is_over(world: World) -> None:
    dana, ana = await family(world)
    number, now = (await seat(world, "Dana"))["id"], world.clock.now_ms()
    assert await world.db.write(lambda tx: on_call.put(tx, CLINIC, number, Hours("0123456", "00:00", "00:00"), now))
    await evening(world)
    question = ana.newest
    await ends(dana)
    await ana.does("presses", "urgent:ask:0", question)
    assert "If someone is in danger" in ana.newest.text
