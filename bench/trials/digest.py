"""One digest for a whole caseload, as the job makes it: read, worked out, put into words and into the outbox."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import sqlalchemy as sa

from bench.clinic import KEY, url
from bench.trials.common import LoopWatch, given, house
from bot.domain import schedule
from bot.storage import jobs
from bot.storage.opening import open_database
from bot.storage.schema import outbox
from schedules import jobs as ticks

_MADE = sa.select(outbox.c.payload).where(outbox.c.state == "pending")


async def main() -> None:
    therapist, on = given()["therapist"], given()["local_date"]
    db = await open_database(url(Path(given()["path"])), KEY)
    now = time.time_ns() // 1_000_000
    wish = {"local_date": on, "due_at": now}
    await db.write(lambda tx: jobs.add(tx, schedule.DIGEST, therapist, "bench", wish, now))
    async with LoopWatch() as watch:
        cpu = time.process_time()
        made = await ticks.tick(db, house())
        cpu = time.process_time() - cpu
    rows = await db.read(lambda tx: tx.rows(_MADE))
    await db.close()
    print(json.dumps({"cpu": cpu, "made": made, "messages": len(rows), "blocked": watch.wall}))


if __name__ == "__main__":
    asyncio.run(main())
