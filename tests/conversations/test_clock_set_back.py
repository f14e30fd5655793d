"""The calendar stands earlier than what is stored: a clock that was put right, or a simulated one begun anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import schema
from tests.support.world import World


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=1), timedelta(days=2000)])
async def test_fault_36_nobody_loses_a_right_by_a_clock_that_goes_back(back: timedelta, world: World) -> None:
    """A note is kept, the therapist still sees the family, and the day goes on."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    world.clock.moment -= back
    await ana.sends("Written before she joined, says the clock")
    ana.sees("Kept")
    [note] = await world.rows(schema.note.select())
    assert note["text"] == "Written before she joined, says the clock"
    await dana.sends("/families")
    dana.sees("Mika")
    await ana.sends("/checkin")
    await ana.taps("Good")
    assert len(await world.rows(schema.answer.select())) == 1
    await world.passes(days=1)
    assert await world.rows(schema.dead_update.select()) == []
