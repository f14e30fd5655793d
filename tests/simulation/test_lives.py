"""Whole lives of a clinic: people by chance, Telegram on bad days, and a program that dies again and again."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.simulation import promises
from tests.simulation.crash import Fate
from tests.simulation.life import Life
from tests.simulation.mortal import mortal_world

BEGIN = datetime(2027, 3, 26, 9, 0, tzinfo=UTC)  # Berlin's clocks go forward on the 28th
FAMILIES = 5
MEAN_LIFE = 400  # boundaries between two deaths


def by_chance(rng: random.Random) -> Callable[[], Fate]:
    return lambda: Fate(at=1 + int(rng.expovariate(1 / MEAN_LIFE)))


@pytest.mark.timeout(3600)
async def test_fault_1_a_life_with_crashes_and_bad_days_keeps_every_promise(
    seed: int, days: int, tmp_path: Path
) -> None:
    """Everything accepted stands once in the export and was acknowledged; nothing was asked twice, late or at night."""
    rng = random.Random(seed)
    async with mortal_world(tmp_path, BEGIN + timedelta(hours=rng.randrange(24 * 300))) as world:
        life = Life(world, rng, days)
        await life.begins(FAMILIES)
        world.next_fate = by_chance(rng)
        world.fate.at = world.fate.passed + 50
        world.fate.at_death = world._freeze
        over = world.clock.now() + timedelta(days=days)
        while world.clock.now() < over:
            await life.step()
        world.next_fate = Fate
        world.fate.at = 0
        await life.ends()
        found = await promises.kept(life)
        faults = sum(rule.used for rule in life.rules)
        print(  # noqa: T201 - the simulation says what it counted
            f"\nseed {seed}: {days} days, {FAMILIES} families, {len(world.sim.calls)} calls, {faults} faults, "
            f"{sum(world.kills.values())} kills at {len(world.kills)} kinds of places; {found}"
        )
