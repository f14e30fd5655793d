"""The bot's process in the demo: what `run` runs, and a calendar that is put forward by lines on standard input.

A line says where the calendar is to stand, `{"at": ms}`. The answer comes once everything that fell due there has been
sent: `{"next": ms or null, "question": ms or null}`. The end of the input ends the process.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import schedules
from bot import config, log
from bot.app import Homenotes, run_until, started
from bot.clock import SimulatedClock, from_ms
from bot.config import Settings
from bot.domain import coming
from bot.storage import jobs, outbox, upcoming
from bot.storage.database import Tx

PATIENCE = 5.0  # seconds for what is to be sent; what is held longer goes when its time comes
LONGEST_JOB = 20.0
LOOK_AGAIN = 0.02
NO_JUMP = timedelta(seconds=1)
ANY_TIME = 2**62  # ms: whenever its turn is


async def serve(settings: Settings, clock: SimulatedClock) -> None:
    stop = asyncio.Event()
    async with started(settings, stop) as program:
        if program is None:
            return
        steering = asyncio.create_task(_steer(program, clock, stop))
        await run_until(stop, program)
        await steering


async def _steer(program: Homenotes, clock: SimulatedClock, stop: asyncio.Event) -> None:
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    try:
        await program.receiver.caught_up.wait()
        while line := await lines.readline():
            there = from_ms(json.loads(line)["at"])
            if there - clock.now() > NO_JUMP:
                await _made(program)
            clock.set(there)
            for _name, _seconds, tick in schedules.ticks(program):
                await tick()
            await _quiet(program)
            print(json.dumps(await program.db.read(lambda tx: _ahead(tx, program))), flush=True)  # noqa: T201 - the answer
    finally:
        stop.set()


async def _made(program: Homenotes) -> None:
    """Until no job waits. One that a killed process had begun waits some seconds of the machine's time, in which a
    calendar that runs as ours does moves as little; a jump must not make it late.
    """
    await _while(program, lambda tx: jobs.waiting(tx, ANY_TIME), LONGEST_JOB)


async def _quiet(program: Homenotes) -> None:
    """Until nothing is left that may be sent now."""
    await _while(program, lambda tx: _busy(tx, program), PATIENCE)


async def _while(program: Homenotes, something: Callable[[Tx], Awaitable[bool]], seconds: float) -> None:
    until = program.house.clock.monotonic() + seconds
    while program.house.clock.monotonic() < until and await program.db.read(something):
        program.dispatcher.wake()
        await asyncio.sleep(LOOK_AGAIN)


async def _busy(tx: Tx, program: Homenotes) -> bool:
    held = await outbox.next_hold(tx)
    may_go = held is not None and held <= program.house.clock.machine_ms()
    return may_go or bool((await outbox.counts(tx)).get("sending"))


async def _ahead(tx: Tx, program: Homenotes) -> dict[str, Any]:
    following, now = await coming.next_moment(tx, program.house), program.house.clock.now_ms()
    return {"next": following, "question": await upcoming.next_question(tx, now)}


def main() -> None:
    settings = config.load()
    log.configure(settings.log_level, settings.log_format, settings.secrets())
    clock = settings.clock()
    assert isinstance(clock, SimulatedClock)  # noqa: S101 - the demo starts this with SIMULATED_CLOCK
    asyncio.run(serve(settings, clock))


if __name__ == "__main__":
    main()
