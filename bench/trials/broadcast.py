"""A prompt for thousands of chats at Telegram's pace, while a few people write and want their answer now."""

from __future__ import annotations

import asyncio
import json
import time

from bench.contestants import ours
from bench.contestants.course import Course
from bench.trials.common import given


async def main() -> None:
    values = given()
    writers, prompts, due_at, every = (values.pop(name) for name in ("writers", "prompts", "due_at", "every"))
    limits = {name: values.pop(name) for name in ("limit", "delay")}
    course = Course(**values)
    settings = ours.settings(course, MESSAGES_PER_SECOND="29.5")
    async with ours.running(settings) as program:
        await program.receiver.caught_up.wait()
        await course.control("limits", **limits)
        await course.control("expect", calls=prompts + writers)
        await asyncio.sleep(max(0.0, due_at / 1000 - time.time()) + 2)
        await course.control("drip", first=prompts, count=writers, every=every)
        report = await course.control("wait")
    print(json.dumps(report))


if __name__ == "__main__":
    asyncio.run(main())
