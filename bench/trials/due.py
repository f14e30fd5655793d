"""Thousands of check-ins fall due in the same second: one tick opens them all, and whoever else writes gets a turn."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bench.clinic import KEY, url
from bench.trials.common import LoopWatch, given, house
from bot.clock import ManualClock, from_ms
from bot.domain import templates
from bot.storage import counters
from bot.storage.database import Database
from bot.storage.opening import open_database
from bot.storage.schema import check_in, outbox
from schedules import due

EVERY = 0.05  # seconds between two who want to write something else

_OPENED = sa.select(check_in.c.state, sa.func.count().label("many")).group_by(check_in.c.state)
_QUEUED = sa.select(sa.func.count().label("many")).select_from(outbox)


async def main() -> None:
    db = await open_database(url(Path(given()["path"])), KEY)
    clock = ManualClock(from_ms(given()["due_at"]) - timedelta(seconds=1))
    at_work = replace(house(), clock=clock)
    at_work.voice("en")  # as in a program that has spoken and asked before
    templates.load()
    await due.tick(db, at_work)  # nothing is due yet: what is loaded at the first use is loaded
    clock.advance(seconds=1)
    waited: list[float] = []
    async with LoopWatch() as watch:
        over = asyncio.Event()
        others = asyncio.create_task(_others(db, waited, over))
        wall, cpu = time.perf_counter(), time.process_time()
        await due.tick(db, at_work)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        over.set()
    await others
    states = {row["state"]: row["many"] for row in await db.read(lambda tx: tx.rows(_OPENED))}
    [queued] = await db.read(lambda tx: tx.rows(_QUEUED))
    await db.close()
    times = {"wall": wall, "cpu": cpu, "blocked": watch.wall, "blocked_cpu": watch.cpu, "waited": waited}
    print(json.dumps({**times, "states": states, "queued": queued["many"]}))


async def _others(db: Database, waited: list[float], over: asyncio.Event) -> None:
    """How long each of them waits for its turn at the writer."""
    while not (over.is_set() and waited):
        began = time.perf_counter()
        await db.write(lambda tx: counters.put(tx, "bench", 1))
        waited.append(time.perf_counter() - began)
        await asyncio.sleep(EVERY)


if __name__ == "__main__":
    asyncio.run(main())
