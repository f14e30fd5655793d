"""Homenotes as `run` starts it: encrypted file, synchronous FULL, every right checked, all ticks running."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bench.clinic import KEY, url
from bench.contestants.course import Course, told
from bot import app, config, log, runtime
from bot.config import Settings


def environment(path: str, base_url: str, token: str) -> dict[str, str]:
    """The settings of an installation whose database lies at `path`."""
    return {
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_BASE_URL": base_url,
        "DATABASE_URL": url(Path(path)),
        "DATA_DIR": str(Path(path).parent),
        "ENCRYPTION_KEY": base64.b64encode(KEY).decode(),
        "MESSAGES_PER_SECOND": "0",
        "HEALTH_LISTEN": "",
        "LOG_LEVEL": "warning",
    }


def settings(course: Course, **more: str) -> Settings:
    os.environ.update(environment(course.path, course.base_url, course.token) | more)
    found = config.load()
    log.configure(found.log_level, found.log_format, found.secrets())
    return found


class Commits:
    """Counts the writing transactions of a database, those that had nothing to write too."""

    def __init__(self, db: Any) -> None:
        self.count, self._write = 0, db.write
        db.write = self.write

    async def write(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        self.count += 1
        return await self._write(work)


@asynccontextmanager
async def running(found: Settings) -> AsyncIterator[app.Homenotes]:
    """The whole program, stopped as SIGTERM stops it."""
    stop = asyncio.Event()
    async with app.started(found, stop) as program:
        assert program is not None
        runtime.settle()
        serving = asyncio.create_task(app.run_until(stop, program))
        yield program
        stop.set()
        await serving


async def race() -> None:
    course = Course.given()
    async with running(settings(course)) as program:
        await course.backlog(course.first, course.warm)
        commits = Commits(program.db)
        result = await course.backlog(course.first + course.warm, course.count)
    told({**result, "commits": commits.count})


if __name__ == "__main__":
    asyncio.run(race())
