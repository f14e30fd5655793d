"""What people see after the bot was away: open questions come again, and nothing is pretended."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.inviting import Plan
from bot.storage import schema
from tests.support.world import Person, World

ASKED = datetime(2027, 3, 2, 16, 0, tzinfo=UTC)  # 17:00 in Berlin
AGAIN = "Your taps may be lost"
LOST = "What you sent may be lost"


async def asked(world: World) -> tuple[Person, Person]:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika", plan=Plan(time="17:00"))
    await world.until(ASKED)
    ana.sees("How was Mika's day?")
    await world.settle()
    return dana, ana


async def away(world: World, **span: float) -> None:
    """The machine goes on, nobody polls; then the bot is back."""
    world.clock.advance(**span)
    await world.receive()
    await world.settle()
    for _ in range(5):  # a tick opens a day at a time
        await world.tick()


async def states(world: World) -> list[tuple[str, str, str]]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.due_at))
    return [(row["local_date"][5:], row["state"], row["state_reason"]) for row in rows]


@pytest.mark.every_language
async def test_fault_17_after_three_minutes_away_an_open_question_comes_once_more(world: World) -> None:
    """Its old message gives up its buttons, the new one makes no sound, and answers go into the same check-in."""
    _dana, ana = await asked(world)
    await away(world, minutes=3)
    ana.sees("This check-in moved")
    assert AGAIN in ana.newest.text
    assert ana.newest.silent
    await ana.taps("OK")
    await ana.taps("Skip")
    await away(world, minutes=3)
    assert await states(world) == [("03-02", "done", "")]
    assert sum(AGAIN in one.text for one in ana.phone.screen) == 0


@pytest.mark.every_language
async def test_a_pause_of_a_minute_is_nothing_to_speak_of(world: World) -> None:
    _dana, ana = await asked(world)
    await away(world, seconds=60)
    ana.sees_nothing_of(AGAIN)


async def test_fault_18_what_was_sent_in_23_hours_of_downtime_is_all_there(world: World) -> None:
    """Every note once, acknowledged once; the question that was asked before has ended, and waits for a late answer."""
    _dana, ana = await asked(world)
    for number in range(150):
        ana.phone.sends(f"note {number}")
    await away(world, hours=23)
    kept = [row["text"] for row in await world.rows(schema.note.select())]
    assert sorted(kept) == sorted(f"note {number}" for number in range(150))
    assert sum("Kept" in one.text for one in ana.phone.screen) == 150
    ana.sees("Answer for Tue, 2 Mar")
    ana.sees_nothing_of(LOST)


async def test_fault_19_after_three_days_people_are_told_that_messages_may_be_lost(world: World) -> None:
    """Each once, in waking hours; days that nobody was asked about are missed by us, with the reason, not by them."""
    dana, ana = await asked(world)
    await away(world, days=3)
    for person in (dana, ana):
        assert sum(LOST in one.text for one in person.phone.screen) == 1
    assert await states(world) == [
        ("03-02", "expired", "no_answer"),
        ("03-03", "missed", "outage"),
        ("03-04", "missed", "outage"),
        ("03-05", "open", ""),
    ]
    await world.passes(hours=3)
    assert sum(LOST in one.text for one in ana.phone.screen) == 1


@pytest.mark.every_language
async def test_nobody_is_woken_to_hear_it(world: World) -> None:
    _dana, ana = await asked(world)
    await away(world, days=2, hours=8)  # it is one in the morning
    ana.sees_nothing_of(LOST)
    await world.until(datetime(2027, 3, 5, 6, 35, tzinfo=UTC))
    await world.tick()
    ana.sees(LOST)
