"""Starting processes and watching the clock: the program to its first getUpdates, the library to its end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bench import processes
from bench.contestants.ours import environment
from bench.trials.common import resident_mb

LONGEST = 60.0
IMPORT = "import telegram.ext"
BARE = """
from telegram.ext import Application
from bench.trials.common import resident_mb
import os
Application.builder().token("1:a").build()
print(resident_mb(os.getpid()))
"""


@dataclass(frozen=True, slots=True)
class Start:
    """`seconds` to the first getUpdates, megabytes held then, and what the trial told at its end."""

    seconds: float
    resident: float
    told: dict[str, Any]


def program(server: str, path: Path) -> Start:
    token = processes.token()
    given = {**_plain(), **environment(str(path), f"{server}/bot", token)}
    began = time.time()
    words = [sys.executable, "-m", "bench.trials.start"]
    with subprocess.Popen(words, cwd=processes.ROOT, env=given, stdout=subprocess.PIPE, text=True) as process:
        try:
            polled = asyncio.run(_first_poll(server, token))
            resident = resident_mb(process.pid)
            process.send_signal(signal.SIGTERM)
            told, _ = process.communicate(timeout=LONGEST)
        finally:
            process.kill()
    return Start(polled - began, resident, json.loads(told))


async def _first_poll(server: str, token: str) -> float:
    """The moment at which the fake Telegram was asked for updates."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(LONGEST):
        while True:
            async with http.post(f"{server}/control/report", json={"token": token}) as answer:
                found = await answer.json()
            if found["first_poll"]:
                return float(found["first_poll"])
            await asyncio.sleep(0.02)


def importing() -> float:
    """Seconds that a process takes to import the library and end."""
    began = time.time()
    subprocess.run([sys.executable, "-c", IMPORT], cwd=processes.ROOT, env=_plain(), check=True)
    return time.time() - began


def bare() -> float:
    """Megabytes of an application of the library that does nothing."""
    done = subprocess.run(
        [sys.executable, "-c", BARE], cwd=processes.ROOT, env=_plain(), check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _plain() -> dict[str, str]:
    return {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
