from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.simulator import Simulator
from tests.support.process import Installation

TOKEN = "123456:A-PROCESS-OF-ITS-OWN-IN-A-TEST"
KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="  # 32 times "k"


@pytest_asyncio.fixture
async def sim() -> Simulator:
    return Simulator(token=TOKEN, username="homenotes_bot")


@pytest_asyncio.fixture
async def home(sim: Simulator, tmp_path: Path) -> AsyncIterator[Installation]:
    """The program's settings, with a Telegram to talk to; what still runs at the end is killed."""
    async with sim.serve() as base:
        found = Installation(tmp_path, base, TOKEN, {"ENCRYPTION_KEY": KEY})
        yield found
        if found.process is not None and found.process.returncode is None:
            await found.kill()
