"""A clinic whose program dies and is started again, as often as fate has it, on what it left on the disk."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from telegram import User
from telegram.ext import ExtBot

from bot.app import assemble
from bot.clock import ManualClock
from bot.house import House
from bot.model import Retention
from bot.simulator import Simulator
from bot.storage.opening import open_database
from bot.storage.sqlite import SqliteDatabase
from bot.text.catalogue import Catalogue
from tests.simulation.crash import Fate, Killed, MortalRequest, buried, copied, mortal
from tests.support.world import KEY, TOKEN, World

_SENDING = sa.text("SELECT count(*) AS n FROM outbox WHERE state = 'sending' AND method NOT LIKE 'edit%'")


@dataclass(frozen=True, slots=True)
class Sent:
    """A new message that Telegram has put into a chat, as it was then."""

    chat: int
    at: datetime
    content: dict[str, Any]

    @property
    def data(self) -> list[str]:
        rows = self.content.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


@dataclass(slots=True)
class MortalWorld(World):
    """`next_fate` says when each new life ends. ``kills`` by boundary; ``in_flight``: how many rows may be doubled."""

    folder: Path = Path()
    base: str = ""
    texts: Catalogue = field(default_factory=Catalogue.load)
    next_fate: Callable[[], Fate] = Fate
    fate: Fate = field(default_factory=Fate)
    request: MortalRequest = field(default_factory=lambda: MortalRequest(Fate()))
    me: User | None = None
    lives: int = 0
    stride: int = 1  # places between two deaths
    kills: Counter[str] = field(default_factory=Counter)
    boundaries: int = 0
    in_flight: int = 0
    sent: list[Sent] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / str(self.lives) / "homenotes.db"

    async def start(self) -> None:
        """A new process on the files that are there; what it was sending goes again, then everything that waits."""
        self.fate.at_death = lambda: None
        db = cast("SqliteDatabase", await open_database(f"sqlite+aiosqlite:///{self.file}", KEY))
        [row] = await db.read(lambda tx: tx.rows(_SENDING))
        self.in_flight += row["n"]
        self.request = MortalRequest(Fate())
        bot: ExtBot[None] = ExtBot(TOKEN, base_url=self.base, request=self.request, get_updates_request=self.request)
        if self.me is None:
            await bot.initialize()
            self.me = bot.bot
        bot._bot_user = self.me  # Telegram may be out of reach just now
        await self.request.initialize()
        house = House(self.texts, self.clock, "Sunny Steps", "en", "Europe/Berlin", "DE", "homenotes_bot")
        self.program = assemble(house, db, bot, self.request, self.request, KEY, 0, Retention())
        fate = self.next_fate()
        fate.at_death = self._freeze
        self.fate = self.request.fate = fate
        await mortal(db, fate)
        await self.program.dispatcher.recover(everything=True)
        await self.settle()
        await self.tick()

    def _freeze(self) -> None:
        copied(self.file, self.folder / str(self.lives + 1))

    async def bury(self) -> None:
        """The dead: what it had under way to Telegram arrives, and nothing else of it is heard."""
        self.kills[self.fate.last] += 1
        self.boundaries += self.fate.passed
        while self.request.under_way:  # noqa: ASYNC110 - real calls over the loopback
            await asyncio.sleep(0)
        await self.program.best_effort.close()
        await self.request.shutdown()
        await buried(cast("SqliteDatabase", self.program.db))
        shutil.rmtree(self.file.parent)
        self.lives += 1

    async def through(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do it; whenever the program dies on the way, start it and do it again."""
        while True:
            try:
                if self.fate.dead:
                    await self.start()
                await work()
            except Killed:
                await self.bury()
            else:
                return

    async def settle(self) -> None:
        """Receive, handle, send, until nothing moves or Telegram wants us to wait."""
        while True:
            waiting = self.sim.pending_updates
            waits = await self.program.poller.step(0)
            await self.program.best_effort.flush()
            sent = await self.program.dispatcher.drain()
            if waits or (not sent and not waiting and not self.sim.pending_updates):
                return

    @contextmanager
    def spared(self) -> Iterator[None]:
        """No boundary is counted meanwhile."""
        self.fate.spared = True
        try:
            yield
        finally:
            self.fate.spared = False

    async def rows(self, statement: Any, **values: Any) -> list[dict[str, Any]]:
        with self.spared():
            return await World.rows(self, statement, **values)

    async def end(self) -> None:
        """The last life, closed as it should be."""
        self.boundaries += self.fate.passed
        self.fate.at = 0
        await self.program.best_effort.close()
        await self.request.shutdown()
        await self.program.db.close()


@asynccontextmanager
async def mortal_world(folder: Path, start: datetime) -> AsyncIterator[MortalWorld]:
    """Spared until `next_fate` is set and the program has been started once more."""
    clock = ManualClock(start)
    sim = Simulator(token=TOKEN, username="homenotes_bot", clock=clock.now)
    async with sim.serve() as base:
        world = MortalWorld(sim, cast("Any", None), clock, folder=folder, base=base)
        _record(world)
        await world.start()
        try:
            yield world
        finally:
            await world.end()


def _record(world: MortalWorld) -> None:
    telegram = world.sim.world
    put = telegram.add_message

    def recorded(chat: Any, sender: Any, content: Any) -> Any:
        message = put(chat, sender, content)
        if sender is telegram.bot:
            world.sent.append(Sent(chat.id, world.clock.now(), dict(message)))
        return message

    telegram.add_message = recorded  # type: ignore[method-assign]
