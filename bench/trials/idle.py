"""A clinic in which nothing is due: what a round of the ticks costs, and how much memory the running program holds."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import time
from collections.abc import Awaitable, Callable

from bench.contestants import ours
from bench.contestants.course import Course
from bench.trials.common import given, resident_mb
from schedules import ticks

OFTEN = {"due", "jobs", "nudging", "planning", "closing", "heartbeat", "outages"}


async def main() -> None:
    rounds = given().pop("rounds")
    course = Course(**{name: value for name, value in given().items() if name != "rounds"})
    async with ours.running(ours.settings(course)) as program:
        await program.receiver.caught_up.wait()
        works = {name: work for name, _, work in ticks(program) if name in OFTEN}
        for work in works.values():
            await work()
        spent = {}
        for name, work in works.items():
            each = [await _timed(work) for _ in range(rounds)]
            spent[name] = [statistics.median(one) for one in zip(*each, strict=True)]  # a digest may fall due meanwhile
        found = {"ticks": spent, "resident": resident_mb(os.getpid())}
    print(json.dumps(found))


async def _timed(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    await work()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    asyncio.run(main())
