"""Families as tests need them: joined, with a home step, with a question on the phone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.storage import schema
from tests.support.world import Person, World

BERLIN = ZoneInfo("Europe/Berlin")
STEP = "pictures at bath time"
_STEP = sa.text(
    "INSERT INTO home_step (child_id, text, from_date, created_at)"
    " SELECT id, :step, '2027-01-01', created_at FROM child"
)


def code_of(text: str) -> str:
    """Of an invitation that has a link in it."""
    found = re.search(r"start=([A-Za-z0-9_-]+)", text)
    assert found, text
    return found[1]


async def family(world: World, *, step: str = "") -> tuple[Person, Person]:
    """Dana, the therapist, and Ana, who cares for Mika; the home step is of all children."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    if step:
        await give(world, step)
    return dana, ana


async def give(world: World, step: str) -> None:
    """A home step for every day, of every child; nobody is told of it."""
    await world.db.write(lambda tx: tx.run(_STEP, {"step": step}))


async def evening(world: World) -> None:
    """Until the next planned questions are on the phones: 19:30 in Berlin, from the day after joining on."""
    local = world.clock.now().astimezone(BERLIN)
    first = local.replace(hour=19, minute=30, second=0, microsecond=0)
    await world.until(first if first > local and await _asked_before(world) else first + timedelta(days=1))


async def _asked_before(world: World) -> bool:
    return bool(await world.rows(schema.check_in.select()))


def at(text: str) -> datetime:
    """`2027-03-02 19:30` on a clock in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)
