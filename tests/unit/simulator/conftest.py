from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.simulator import Phone, Simulator
from tests.unit.simulator.client import Client


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sim(clock: Clock) -> Simulator:
    return Simulator(clock=clock, webhook_pause=0)


@pytest.fixture
async def api(sim: Simulator) -> AsyncIterator[Client]:
    async with sim.serve() as base_url, aiohttp.ClientSession() as session:
        yield Client(sim, base_url, session)


@pytest.fixture
def ana(sim: Simulator) -> Phone:
    """Someone whom the bot may write to, with nothing left in the queue."""
    phone = sim.phone("Ana")
    phone.starts()
    sim.world.updates.forget_all()
    return phone
