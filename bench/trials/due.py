"""Thousands of check-ins fall due in the same second: one tick opens them all."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import sqlalchemy as sa

from bench.clinic import KEY, url
from bench.trials.common import LoopWatch, given, house
from bot.storage.opening import open_database
from bot.storage.schema import check_in, outbox
from schedules import due

_OPENED = sa.select(check_in.c.state, sa.func.count().label("many")).group_by(check_in.c.state)
_QUEUED = sa.select(sa.func.count().label("many")).select_from(outbox)


async def main() -> None:
    db = await open_database(url(Path(given()["path"])), KEY)
    at_work = house()
    at_work.voice("en")  # as in a program that has spoken before
    await due.tick(db, at_work)  # nothing is due yet: what is loaded at the first use is loaded
    await asyncio.sleep(max(0.0, given()["due_at"] / 1000 - time.time()))
    async with LoopWatch() as watch:
        wall, cpu = time.perf_counter(), time.process_time()
        await due.tick(db, at_work)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    states = {row["state"]: row["many"] for row in await db.read(lambda tx: tx.rows(_OPENED))}
    [queued] = await db.read(lambda tx: tx.rows(_QUEUED))
    await db.close()
    print(
        json.dumps(
            {
                "wall": wall,
                "cpu": cpu,
                "blocked": watch.wall,
                "blocked_cpu": watch.cpu,
                "states": states,
                "queued": queued["many"],
            }
        )
    )


if __name__ == "__main__":
    asyncio.run(main())
