"""What the trials share: a house, how much memory a process holds, how long the event loop is held up."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from bot.clock import SystemClock
from bot.house import House
from bot.text.catalogue import Catalogue

NAP = 0.001  # seconds


def given() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sys.argv[1])
    return found


def house() -> House:
    return House(Catalogue.load(), SystemClock(), "our clinic", "en", "UTC", "")


def resident_mb(process: int) -> float:
    """The memory that a process holds right now, as the system counts it."""
    status = Path(f"/proc/{process}/status")
    if status.exists():
        line = next(one for one in status.read_text("ascii").splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=True)
    return int(told.stdout) / 1024


@dataclass(slots=True)
class LoopWatch:
    """The longest time for which nothing else got its turn: by the clock, and by this thread's own work alone."""

    wall: float = 0.0
    cpu: float = 0.0
    _task: asyncio.Task[None] | None = field(default=None)

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        await asyncio.sleep(0.01)
        self.wall = self.cpu = 0.0
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()

    async def _watch(self) -> None:
        while True:
            wall, cpu = time.perf_counter(), time.thread_time()
            await asyncio.sleep(NAP)
            self.wall = max(self.wall, time.perf_counter() - wall - NAP)
            self.cpu = max(self.cpu, time.thread_time() - cpu)
