"""`demo` as a process: started, looked at, ended."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.support.process import ROOT

PATIENCE = 90.0  # seconds
# Settings of somebody's environment, each of them wrong: none of them may matter.
HOSTILE = {
    "TELEGRAM_BOT_TOKEN": "nonsense",
    "TELEGRAM_API_BASE_URL": "http://203.0.113.1/bot",
    "DATABASE_URL": "oracle://nowhere",
    "ENCRYPTION_KEY": "short",
    "DEFAULT_TIMEZONE": "Mars/Olympus",
    "SIMULATED_CLOCK": "yesterday",
    "WEBHOOK_URL": "https://203.0.113.1/hook",
    "LOG_FORMAT": "runes",
    "HEALTH_LISTEN": "203.0.113.1:1",
}
# Python reads this file at its start: from then on, nothing outside this machine can be reached.
LOOPBACK_ONLY = """
import socket
def only(name):
    real = getattr(socket.socket, name)
    def guarded(self, address, *rest):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise SystemExit(f"{name} to {address}")
        return real(self, address, *rest)
    setattr(socket.socket, name, guarded)
for name in ("connect", "connect_ex", "bind"):
    only(name)
"""


@dataclass(slots=True)
class Demo:
    process: asyncio.subprocess.Process
    address: str

    async def first(self) -> dict[str, Any]:
        """What a page hears first."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.address}/events") as stream:
            line = await stream.content.readline()
        found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
        return found

    async def ends(self, number: int = signal.SIGTERM) -> int:
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


def environment(folder: Path) -> dict[str, str]:
    """A folder to work in, with a `.env` and a loopback guard in it, and every setting wrong."""
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in HOSTILE.items()))
    (folder / "sitecustomize.py").write_text(LOOPBACK_ONLY)
    (folder / "tmp").mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | HOSTILE | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "TMPDIR": str(folder / "tmp")}


def command() -> list[str]:
    return [sys.executable, "-m", "bot", "demo"]


def address(line: str) -> str:
    """Of the page, from the first line that the demo prints."""
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    return found[0]


async def start(folder: Path, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command(),
        *words,
        env=environment(folder),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def open_demo(folder: Path) -> AsyncIterator[Demo]:
    """Ready to be visited."""
    process = await start(folder, "--port", "0")
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        yield Demo(process, address(line or (await process.communicate())[1].decode()))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
