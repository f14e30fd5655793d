"""A headless Chromium, where the machine has one, and the demo to look at."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.support.demo import Demo, address, command, environment, open_demo

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    async with async_playwright() as playwright:
        # without its sandbox, for which root and most containers have no rights; it sees pages of this machine only
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
async def demo(tmp_path: Path, browser: Browser) -> AsyncIterator[Demo]:
    async with open_demo(tmp_path) as demo:
        yield demo


@pytest.fixture(scope="session")
def address_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo for those whom it does not matter who was there before: a start costs seconds."""
    folder = tmp_path_factory.mktemp("demo")
    words = [*command(), "--port", "0"]
    with subprocess.Popen(words, env=environment(folder), cwd=folder, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield address(process.stdout.readline().decode())
        finally:
            process.terminate()
