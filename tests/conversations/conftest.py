from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from handlers import strangers
from tests.support.languages import ENGLISH, LANGUAGES
from tests.support.world import World, open_world


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "every_language: held in English and in the two made-up languages")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames and metafunc.definition.get_closest_marker("every_language"):
        metafunc.parametrize("language", LANGUAGES, indirect=True)


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
