"""What every bot goes through: some updates to get warm, then a backlog that is timed until the last is answered."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass
from typing import Any

import aiohttp


@dataclass(frozen=True, slots=True)
class Course:
    """`kind` of updates (notes, taps), `count` of them timed after `warm`, numbered from `first`."""

    server: str
    token: str
    kind: str
    first: int
    warm: int
    count: int
    families: int
    path: str = ""  # of the database, for the bot that has one

    @classmethod
    def given(cls) -> Course:
        return cls(**json.loads(sys.argv[1]))

    @property
    def base_url(self) -> str:
        return f"{self.server}/bot"

    async def control(self, what: str, **values: Any) -> dict[str, Any]:
        timeout = aiohttp.ClientTimeout(total=600)
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.post(f"{self.server}/control/{what}", json={"token": self.token, **values}) as answer,
        ):
            found: dict[str, Any] = await answer.json()
            return found

    async def backlog(self, first: int, count: int) -> dict[str, Any]:
        """Hand out `count` updates; returns once all were answered, with the server's report, wall and CPU seconds."""
        wall, cpu = time.perf_counter(), time.process_time()
        await self.control("load", kind=self.kind, first=first, count=count, families=self.families)
        report = await self.control("wait")
        return {
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            **_checked(report, count, self.kind),
        }

    async def run(self) -> dict[str, Any]:
        await self.backlog(self.first, self.warm)
        return await self.backlog(self.first + self.warm, self.count)


def _checked(report: dict[str, Any], count: int, kind: str) -> dict[str, Any]:
    """Each update answered, and each once: by one message to its chat, a press by its query's answer too."""
    right = report["chats"] == count and report["most_to_one"] == 1
    if kind == "taps":
        right = right and report["queries"] == count and report["most_of_one"] == 1
    if not right:
        raise RuntimeError(f"not every update was answered once: {report}")
    return {"calls": report["calls"]}


def told(result: dict[str, Any]) -> None:
    """The last line on standard output. Leaves at once: how a library says good-bye is not measured."""
    print(json.dumps(result), flush=True)
    os._exit(0)


def main(bot: Any) -> None:
    """`bot(course)` is an async context manager: the bot is receiving inside it."""

    async def race() -> None:
        course = Course.given()
        async with bot(course):
            told(await course.run())

    asyncio.run(race())
