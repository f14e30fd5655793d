"""A clinic in which nothing is due: what a round of the ticks costs, and how much memory the running program holds."""

from __future__ import annotations

import asyncio
import json
import os
import time

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
            wall, cpu = time.perf_counter(), time.process_time()
            for _ in range(rounds):
                await work()
            spent[name] = [(time.perf_counter() - wall) / rounds, (time.process_time() - cpu) / rounds]
        found = {"ticks": spent, "resident": resident_mb(os.getpid())}
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(main())
