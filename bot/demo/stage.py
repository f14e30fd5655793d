"""The bot and its Telegram in one process, over real HTTP. Nothing moves, time included, until it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from telegram.ext import ExtBot

import schedules
from bot.app import Homenotes, assemble
from bot.clock import Clock, from_ms
from bot.delivering.transport import AiohttpRequest
from bot.domain import coming, vital_signs
from bot.house import House
from bot.model import Retention
from bot.simulator import Simulator
from bot.storage.database import Database
from bot.storage.opening import open_database
from bot.text.catalogue import Catalogue


class Movable(Clock, Protocol):
    """A calendar that can be put forward."""

    def set(self, moment: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A made-up clinic: its name, language, IANA zone and country."""

    clinic: str = "Sunny Steps"
    language: str = "en"
    timezone: str = "Europe/Berlin"
    country: str = "DE"


@dataclass(slots=True)
class Stage:
    sim: Simulator
    program: Homenotes
    clock: Movable

    @property
    def db(self) -> Database:
        return self.program.db

    async def settle(self) -> None:
        """Receive, handle, send, until nothing moves."""
        while True:
            waiting = self.sim.pending_updates
            if waiting:
                await self.program.poller.step(0)
                await self.program.best_effort.flush()
            if not await self.program.dispatcher.drain() and not waiting and not self.sim.pending_updates:
                return

    async def tick(self) -> None:
        """Everything that time does, once."""
        for _name, _seconds, tick in schedules.ticks(self.program):
            await tick()
        await self.settle()

    async def until(self, moment: datetime) -> None:
        """Let time pass, stopping wherever something falls due."""
        while self.clock.now() < moment:
            following = await self.db.read(lambda tx: coming.next_moment(tx, self.program.house))
            self.clock.set(moment if following is None else min(moment, from_ms(following)))
            await self.db.write(lambda tx: vital_signs.polled(tx, self.clock.machine_ms()))  # it was there all along
            await self.tick()

    async def passes(self, **span: float) -> None:
        await self.until(self.clock.now() + timedelta(**span))


@asynccontextmanager
async def open_stage(
    sim: Simulator, base: str, clock: Movable, url: str, key: bytes, place: Place, catalogue: Catalogue | None = None
) -> AsyncIterator[Stage]:
    """The program on the database at `url`, talking to `sim` at the address `base`."""
    async with AsyncExitStack() as stack:
        db = await open_database(url, key)
        stack.push_async_callback(db.close)
        request = AiohttpRequest()
        stack.push_async_callback(request.shutdown)
        bot: ExtBot[None] = ExtBot(sim.token, base_url=base, request=request, get_updates_request=request)
        await bot.initialize()
        texts = catalogue or Catalogue.load()
        house = House(texts, clock, place.clinic, place.language, place.timezone, place.country, bot.username)
        stack.push_async_callback(house.workshop.close)
        program = assemble(house, db, bot, request, request, key, 0, Retention())
        stack.push_async_callback(program.best_effort.close)
        yield Stage(sim, program, clock)
