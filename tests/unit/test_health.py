"""The address for monitors."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.clock import ManualClock
from bot.receiving.health import FRESH, serve_health

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize(("age", "status", "word"), [(0, 200, "ok"), (FRESH, 200, "ok"), (FRESH + 1, 503, "stale")])
async def test_health_follows_the_last_poll(age: int, status: int, word: str) -> None:
    clock = ManualClock(NOW)
    runner = await serve_health("127.0.0.1:0", lambda: clock.machine_ms() - age, clock)
    assert runner is not None
    try:
        port = runner.addresses[0][1]
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/health") as answer:
            assert (answer.status, await answer.json()) == (status, {"status": word})
    finally:
        await runner.cleanup()


async def test_busy_port_stops_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert await serve_health(f"127.0.0.1:{taken.getsockname()[1]}", lambda: 0, ManualClock(NOW)) is None


async def test_empty_is_off() -> None:
    assert await serve_health("", lambda: 0, ManualClock(NOW)) is None
