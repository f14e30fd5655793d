from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from handlers import strangers
from tests.support.world import World, open_world


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def nobody_was_heard() -> None:
    """No stranger has spoken in the last hour."""
    strangers._heard.clear()
