"""Who may see what: suspended at one tap, until a date, on a paper; a case in other hands; a colleague who helps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import from_ms
from bot.domain import handing_over, on_call, suspending
from bot.domain.auditing import CLINIC
from bot.domain.on_call import Hours
from bot.storage import rights, schema
from schedules import due
from tests.support.families import at, evening, family
from tests.support.safety import exported, safe
from tests.support.world import Person, World


async def seat(world: World, name: str) -> dict[str, Any]:
    return next(row for row in await world.rows(schema.person.select()) if row["name"] == name)


async def opens(therapist: Person, *taps: str) -> None:
    await therapist.sends("/families")
    for tap in ("Mika", *taps):
        await therapist.taps(tap, therapist.newest)


@pytest.mark.every_language
async def test_fault_48_suspended_at_one_tap_old_buttons_and_queued_questions_are_dead(world: World) -> None:
    """What she said stays; who presses or writes is a stranger, and still gets the safety card."""
    dana, ana = await family(world)
    await world.passes(hours=1)
    await evening(world)
    question = ana.newest
    await ana.taps("Hard", question)
    await opens(dana, "Ana (parent)", "🔑 Access", "⏸ Suspend now")
    dana.sees("access suspended on")
    assert "▶️ Give access back" in dana.newest.labels
    await ana.taps("Tired", ana.newest)
    assert [row["question"] for row in await world.rows(schema.answer.select())] == ["day"]
    shown = len(ana.screen)
    await ana.sends("Is anybody there?")
    assert "Kept" not in ana.newest.text
    assert await world.rows(schema.note.select()) == []
    for command in ("/progress", "/checkin", "/settings", "/families"):
        await ana.sends(command)
        assert "Mika" not in ana.newest.text
    await ana.does("presses", "urgent:ask:0", question)
    assert "If someone is in danger" in ana.newest.text
    assert await world.rows(schema.alert.select()) == []
    heard = [one for one in ana.screen[shown:] if not one.mine]
    await world.passes(days=3)
    assert [one for one in ana.screen[shown:] if not one.mine] == heard
    await opens(dana, "⏸ Ana (parent)", "▶️ Give access back")
    await evening(world)
    ana.sees("How was Mika's day?")
    await safe(world)


async def test_a_question_that_was_queued_for_her_is_not_sent(world: World) -> None:
    _dana, ana = await family(world)
    world.clock.set(at("2027-03-02 19:30"))
    await due.tick(world.db, world.program.house)
    number = (await seat(world, "Ana"))["id"]
    assert await world.db.write(lambda tx: suspending.suspend(tx, number, world.clock.now_ms()))
    before = len(ana.screen)
    await world.settle()
    assert len(ana.screen) == before
    assert not await world.db.write(lambda tx: suspending.suspend(tx, number, world.clock.now_ms()))


@pytest.mark.every_language
async def test_access_until_a_date_on_a_paper_ends_by_itself(world: World) -> None:
    dana, ana = await family(world)
    await opens(dana, "Ana (parent)", "🔑 Access")
    dana.sees("without an end")
    dana.sees("No paper is noted.")
    await dana.taps("On what paper", dana.newest)
    await dana.sends("Court order of 1 March")
    dana.sees("It rests on: Court order of 1 March")
    await dana.taps("Until when", dana.newest)
    await dana.taps("1 month", dana.newest)
    assert "Court order" in dana.newest.text
    [right] = await world.rows(schema.access.select().where(schema.access.c.right == "care"))
    assert from_ms(right["until_at"]) == at("2027-04-02 00:00")  # all of that day
    dana.sees("access to Mika until Thu, 1 Apr 2027")
    soon = world.clock.now_ms() + 3_600_000
    await world.db.write(lambda tx: rights.put_end(tx, right["id"], soon))
    await world.passes(minutes=50)
    assert (await seat(world, "Ana"))["suspended_at"] is None
    await world.passes(minutes=20)
    assert (await seat(world, "Ana"))["suspended_at"] is not None
    dana.sees("The access of Ana (parent) to Mika has ended, as agreed.")
    before = len(ana.screen)
    await world.passes(days=2)
    assert len(ana.screen) == before
    await opens(dana, "⏸ Ana (parent)", "Until when", "Without an end")
    await evening(world)
    ana.sees("How was Mika's day?")
    assert "Court order" not in ana.transcript()


async def test_access_ends_with_the_very_day_that_a_paper_names_where_the_caregiver_lives(world: World) -> None:
    """Also where that night has another hour: in New York the clocks go back on 7 November."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika", timezone="America/New_York")
    await opens(dana, "Ana (parent)", "🔑 Access")
    for label in ("Until when", "Another day", "Nov 2027", "7 Nov"):
        await dana.taps(label, dana.newest)
    dana.sees("Ana (parent): access to Mika until Sun, 7 Nov 2027")
    [right] = await world.rows(schema.access.select().where(schema.access.c.right == "care"))
    over = datetime(2027, 11, 8, 0, 0, tzinfo=ZoneInfo("America/New_York"))
    assert from_ms(right["until_at"]) == over
    world.clock.set(over - timedelta(milliseconds=1))
    await ana.sends("She built a tower")
    ana.sees("Kept safely")
    world.clock.set(over)
    await ana.sends("And another one")
    assert [note["text"] for note in (await exported(world))[0]["notes"]] == ["She built a tower"]
    await world.tick()
    await opens(dana, "⏸ Ana (parent)")
    dana.sees("access ended on Sun, 7 Nov 2027")
    for forged in ("2027-11-07", "2027-13", "2027-02-30", "2031-01", "2027-10"):
        await dana.does("presses", f"rt:day:{right['person_id']}:{forged}", dana.newest)
        [still] = await world.rows(schema.access.select().where(schema.access.c.id == right["id"]))
        assert still["ends_at"] == right["ends_at"]


async def test_a_suspended_therapist_sees_nothing_and_is_not_on_call(world: World) -> None:
    dana, ana = await family(world)
    number, now = (await seat(world, "Dana"))["id"], world.clock.now_ms()
    assert await world.db.write(lambda tx: on_call.put(tx, CLINIC, number, Hours("0123456", "00:00", "00:00"), now))
    await dana.sends("/families")
    old = dana.newest
    assert await world.db.write(lambda tx: suspending.suspend(tx, number, now))
    await dana.taps("Mika", old)
    assert dana.toasts[-1]
    await dana.sends("/digest")
    assert "Mika" not in dana.newest.text
    before = len(dana.screen)
    await ana.sends("/help")
    await ana.taps("🆘 Urgent help", ana.newest)
    assert "Nobody is on call here now." in ana.newest.text
    await world.passes(days=2)
    assert len(dana.screen) == before
    assert await world.db.write(lambda tx: suspending.resume(tx, number, now))
    await dana.sends("/families")
    assert "🏷 Mika" in dana.newest.labels or any("Mika" in one for one in dana.newest.labels)
    await safe(world)


@pytest.mark.every_language
async def test_a_case_is_handed_over_with_its_visits_and_the_family_hears_who_reads(world: World) -> None:
    dana, ana = await family(world)
    eva = await world.therapist("Eva")
    await ana.sends("She said two words.")
    await opens(dana, "👥 Who treats", "Hand over")
    await dana.taps("Eva", dana.newest)
    dana.sees("You will not see the family any more.")
    await dana.taps("Hand over now", dana.newest)
    dana.sees("✓ Mika is with Eva now.")
    await world.passes(hours=2)
    eva.sees("The family of Mika is with you now.")
    await eva.taps("Open", eva.newest)
    eva.sees("Ana (parent): joined on")
    ana.sees("Eva reads what you share about Mika now.")
    await dana.sends("/families")
    dana.sees("No family is with you yet.")
    await dana.does("presses", "fam:child:1", dana.newest)
    assert not dana.newest.has("Ana")
    await eva.sends("/digest")
    await eva.taps_first()
    eva.sees("She said two words.")
    await safe(world)


async def test_who_helps_sees_all_and_gives_nobody_access(world: World) -> None:
    dana, ana = await family(world)
    eva = await world.therapist("Eva")
    await ana.sends("She said two words.")
    await opens(dana, "👥 Who treats", "➕ A colleague helps")
    await dana.taps("Eva", dana.newest)
    dana.sees("Eva, who helps")
    eva.sees("You help with the family of Mika now.")
    await eva.taps("Open", eva.newest)
    assert not {"👥 Who treats", "➕ Caregiver"} & set(eva.newest.labels)
    ana_seat = (await seat(world, "Ana"))["id"]
    shown = eva.newest
    for data in (f"rt:off:{ana_seat}", f"seat:out:{ana_seat}", "case:team:1", "case:give:1:1:yes", "fam:add:1:other"):
        await eva.does("presses", data, shown)
    assert (await seat(world, "Ana"))["suspended_at"] is None
    assert (await seat(world, "Ana"))["removed_at"] is None
    await opens(dana, "👥 Who treats", "✖️ No more: Eva")
    await eva.sends("/families")
    eva.sees("No family is with you yet.")


async def test_fault_47_the_end_of_employment_leaves_no_family_alone_and_nothing_queued(world: World) -> None:
    """Each family is read on by whoever took over; nothing goes out to the one who left."""
    dana, ana = await family(world)
    eva = await world.therapist("Eva")
    numbers = {name: (await seat(world, name))["id"] for name in ("Dana", "Eva")}
    await ana.sends("Shall we stop the cards?")
    now = world.clock.now_ms()
    handed = await world.db.write(lambda tx: handing_over.leave(tx, numbers["Dana"], numbers["Eva"], now))
    assert handed is not None
    assert [one.child_name for one in handed] == ["Mika"]
    assert await world.db.read(lambda tx: handing_over.alone(tx, now)) == 0
    before = len(dana.screen)
    await world.passes(days=2)
    assert len(dana.screen) == before
    await eva.sends("/digest")
    await eva.taps_first()
    eva.sees("Shall we stop the cards?")
    await safe(world)
