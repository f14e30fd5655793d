"""Fault 35: a country has changed its clocks since the next moments were planned."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import settle_zones
from bot.storage import schema
from tests.support.families import at
from tests.support.world import Person, World

HOUR = 3_600_000
PULSES = sa.select(schema.schedule.c.id).where(schema.schedule.c.template == "pulse")


@pytest.fixture
async def ana(world: World) -> Person:
    return await world.parent_of(await world.therapist("Dana"), "Ana", "Mika")


async def waiting(world: World) -> dict[str, Any]:
    wanted = schema.due.select().where(schema.due.c.opened == 0, schema.due.c.schedule_id.in_(PULSES))
    [row] = await world.rows(wanted)
    return row


async def stored_by_older_data(world: World, **values: Any) -> None:
    change = schema.due.update().where(schema.due.c.opened == 0, schema.due.c.schedule_id.in_(PULSES))
    await world.db.write(lambda tx: tx.run(change.values(**values), {}))


async def dates(world: World) -> list[str]:
    rows = await world.rows(schema.check_in.select().order_by(schema.check_in.c.due_at))
    return [row["local_date"][5:] for row in rows]


@pytest.mark.parametrize("hours", [-1, 1])
async def test_fault_35_the_hour_stays_and_the_instant_moves(world: World, ana: Person, hours: int) -> None:
    """The question comes at the hour that was chosen, once, whatever the older data made of it."""
    right = await waiting(world)
    await stored_by_older_data(world, due_at=right["due_at"] + hours * HOUR)
    await settle_zones(world.program)
    assert await waiting(world) == right
    await world.until(at("2027-03-05 12:00"))
    assert await dates(world) == ["03-02", "03-03", "03-04"]


async def test_fault_35_what_is_over_by_the_new_clocks_is_asked_at_once_and_once(world: World, ana: Person) -> None:
    """One question at once, and none beside it."""
    right = await waiting(world)
    await stored_by_older_data(world, due_at=right["due_at"] + 2 * HOUR)
    world.clock.advance(seconds=(right["due_at"] - world.clock.now_ms()) / 1000 + 1800)
    await settle_zones(world.program)
    await world.passes(minutes=1)
    ana.sees("How was Mika")
    await world.until(at("2027-03-04 12:00"))
    assert await dates(world) == ["03-02", "03-03"]


async def test_fault_35_a_date_that_is_gone_gives_way_to_the_next(world: World, ana: Person) -> None:
    """As when Samoa left out the 30th of December."""
    zone = schema.person.update().where(schema.person.c.name == "Ana").values(timezone="Pacific/Apia")
    await world.db.write(lambda tx: tx.run(zone, {}))
    await stored_by_older_data(world, local_date="2011-12-30")
    await settle_zones(world.program)
    assert (await waiting(world))["local_date"] == "2027-03-02"
    await settle_zones(world.program)
    assert "zone_data_changed" in world.logs.getvalue()
