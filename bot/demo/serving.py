"""`demo`: the page, the simulator and the bot, until somebody ends it. Nothing stays."""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import web

from bot import log
from bot.clock import SimulatedClock
from bot.demo import process, sample, tale
from bot.demo.process import Bot
from bot.demo.stage import open_stage
from bot.demo.theatre import Play
from bot.simulator import Simulator
from bot.simulator.demo import application

HOST = "127.0.0.1"
SHUTDOWN_SECONDS = 0.05  # open streams are cut off, not waited for


class PortInUse(Exception):
    """Something else listens there."""


def run(port: int, say: Callable[[str], None]) -> int:
    """Returns once SIGTERM or SIGINT has come. `say` gets lines for the person at the terminal. Raises `PortInUse`."""
    log.configure("error", "text")
    with _listening(port) as listening:
        return asyncio.run(_until_ended(listening, say))


def _listening(port: int) -> socket.socket:
    """Taken before anything else is done, so that a port in use is known at once."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise PortInUse(f"demo: port {port}: {error.strerror}; choose another with --port N") from error


async def _until_ended(listening: socket.socket, say: Callable[[str], None]) -> int:
    playing = asyncio.create_task(_play(listening, say))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, playing.cancel)
    try:
        await playing
    except asyncio.CancelledError:
        return 0
    return 0


async def _play(listening: socket.socket, say: Callable[[str], None]) -> None:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="homenotes-demo-")))
        key = secrets.token_bytes(32)
        clock = SimulatedClock(tale.BEGINS, 0.0)
        sim = Simulator(token=f"123456:{secrets.token_urlsafe(26)}", clock=clock.now)
        base = await stack.enter_async_context(sim.serve())
        url = f"sqlite+aiosqlite:///{folder}/homenotes.db"
        async with open_stage(sim, base, clock, url, key, tale.HERE) as stage:
            seats = await sample.set_up(stage)
        opens, clock.rate = clock.now(), 1.0
        clock.set(opens)  # from here on it ticks
        bot = Bot(folder, process.settings(base, sim.token, folder, key, tale.HERE))
        stack.push_async_callback(bot.kill)
        play = Play(sim, clock, bot, tale.HERE, seats)
        await play.plug()
        play.news = ""
        await _serve(stack, application(sim.world, sim.happened, play), listening)
        say(f"Homenotes demo: http://{HOST}:{listening.getsockname()[1]}")
        say("All of it is made up, and gone when it ends. Ctrl-C ends it.")
        await asyncio.Event().wait()


async def _serve(stack: AsyncExitStack, page: web.Application, listening: socket.socket) -> None:
    runner = web.AppRunner(page, handler_cancellation=True, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.SockSite(runner, listening).start()
