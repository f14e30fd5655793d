from __future__ import annotations

import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from handlers import strangers
from tests.support.languages import ENGLISH, MADE_UP
from tests.support.world import World, open_world


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "every_language: held in English and in one of the two made-up languages")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames and metafunc.definition.get_closest_marker("every_language"):
        # by the test's name, the same in every process: half of the tests are held in each
        made_up = MADE_UP[zlib.crc32(metafunc.definition.name.encode()) % len(MADE_UP)]
        metafunc.parametrize("language", (ENGLISH, made_up), indirect=True)


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", ENGLISH))


@pytest_asyncio.fixture
async def world(tmp_path: Path, language: str) -> AsyncIterator[World]:
    async with open_world(tmp_path, language=language) as opened:
        yield opened


@pytest.fixture(autouse=True)
def nobody_was_heard() -> None:
    """No stranger has spoken in the last hour."""
    strangers._heard.clear()
