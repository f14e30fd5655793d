"""A clinic in a test: the bot in this process, the simulator beside it, over real HTTP. Time moves when told to.

async def test_a_family(world):
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    await world.until(evening)
    await ana.taps("Good")
"""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from telegram.ext import ExtBot

import schedules
from bot.app import Homenotes, assemble
from bot.clock import ManualClock, from_ms
from bot.delivering.transport import AiohttpRequest
from bot.domain import inviting
from bot.domain.inviting import Plan
from bot.domain.tidy import Retention
from bot.house import House
from bot.receiving.webhook import Address, Webhook
from bot.simulator import Phone, Shown, Simulator
from bot.storage import upcoming
from bot.storage.opening import open_database
from bot.storage.people import load_account
from bot.text.catalogue import Catalogue
from tests.support.logs import overheard

KEY = b"k" * 32
TOKEN = "123456:TEST-TOKEN-OF-THE-SIMULATOR"
START = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)


@dataclass(slots=True)
class Person:
    """Somebody with a phone. Every action is followed by all that the bot does about it."""

    world: World
    phone: Phone

    async def sends(self, text: str) -> dict[str, Any]:
        message: dict[str, Any] = self.phone.sends(text)
        await self.world.settle()
        return message

    async def starts(self, code: str = "") -> None:
        self.phone.starts(code)
        await self.world.settle()

    async def taps(self, label: str, message: Shown | None = None) -> None:
        self.phone.taps(label, message)
        await self.world.settle()

    async def taps_first(self) -> None:
        self.phone.taps_first()
        await self.world.settle()

    async def does(self, action: str, *args: Any, **kwargs: Any) -> Any:
        """Any other action of the phone: `does("sends_voice", seconds=14)`."""
        result = getattr(self.phone, action)(*args, **kwargs)
        await self.world.settle()
        return result

    def sees(self, text: str) -> Shown:
        return self.phone.sees(text)

    def sees_nothing_of(self, text: str) -> None:
        self.phone.sees_nothing_of(text)

    @property
    def newest(self) -> Shown:
        found: Shown | None = self.phone.newest
        assert found is not None, "an empty chat"
        return found

    @property
    def buttons(self) -> list[str]:
        labels: list[str] = self.phone.buttons
        return labels


@dataclass(slots=True)
class World:
    sim: Simulator
    program: Homenotes
    clock: ManualClock
    people: dict[str, Person] = field(default_factory=dict)
    logs: io.StringIO = field(default_factory=io.StringIO)  # all that the program logged

    @property
    def db(self) -> Any:
        return self.program.db

    def person(self, name: str, **about: Any) -> Person:
        """Somebody with a phone, whom the clinic need not know."""
        return Person(self, self.sim.phone(name, **about))

    async def settle(self) -> None:
        """Receive, handle, send, until nothing moves."""
        while True:
            waiting = self.sim.pending_updates
            await self.receive()
            await self.program.best_effort.flush()
            if not await self.program.dispatcher.drain() and not waiting and not self.sim.pending_updates:
                return

    async def receive(self) -> None:
        """One poll; or until the webhook has taken all that waits."""
        if self.program.webhook is None:
            await self.program.poller.step(0)
            return
        while self.sim.pending_updates:
            await self.sim.world.updates.wait()

    async def tick(self) -> None:
        """Everything that time does, once."""
        for _name, _seconds, tick in schedules.ticks(self.program):
            await tick()
        await self.settle()

    async def until(self, moment: datetime) -> None:
        """Let time pass, stopping wherever something falls due."""
        while self.clock.now() < moment:
            following = await self.db.read(lambda tx: upcoming.next_moment(tx, self.clock.now_ms()))
            self.clock.set(moment if following is None else min(moment, from_ms(following)))
            await self.tick()

    async def passes(self, **span: float) -> None:
        await self.until(self.clock.now() + timedelta(**span))

    async def therapist(self, name: str, *, language: str = "en", timezone: str = "Europe/Berlin") -> Person:
        """A therapist who has joined."""
        now = self.clock.now_ms()
        _id, code = await self.db.write(lambda tx: inviting.add_therapist(tx, name, language, timezone, now))
        return await self._joins(name, code, {})

    async def parent_of(
        self,
        therapist: Person,
        name: str,
        child: str,
        *,
        role: str = "parent",
        language: str = "en",
        timezone: str = "Europe/Berlin",
        plan: Plan | None = None,
        phone: Phone | None = None,
        child_id: int | None = None,
    ) -> Person:
        """A caregiver who has joined by the buttons and chosen to try nothing out."""
        now, plan = self.clock.now_ms(), plan or Plan()

        async def invite(tx: Any) -> str:
            account = await load_account(tx, therapist.phone.user_id)
            assert account is not None
            assert account.therapist is not None
            at = child_id
            if at is None:
                family = await inviting.invite_family(tx, account.therapist.id, child, language, timezone, now)
                await tx.run(sa.text("DELETE FROM person WHERE id = :id"), {"id": family.person})
                at = family.child
            made = await inviting.invite_caregiver(tx, at, name, role, language, timezone, now, plan)
            return made.code

        return await self._joins(name, await self.db.write(invite), {"phone": phone})

    async def _joins(self, name: str, code: str, about: dict[str, Any]) -> Person:
        person = Person(self, about.get("phone") or self.sim.phone(name))
        await person.starts(code)
        for _ in range(4):
            account = await self.db.read(lambda tx: load_account(tx, person.phone.user_id))
            if account is not None and any(one.name == name for one in account.people):
                break
            await person.taps_first()
        else:
            raise AssertionError(f"{name} has not joined:\n{person.phone.transcript()}")
        self.people[name] = person
        return person

    async def rows(self, statement: Any, **values: Any) -> list[dict[str, Any]]:
        """What is stored, for what no phone shows."""
        found = await self.db.read(lambda tx: tx.rows(statement, values))
        return [dict(row) for row in found]


def local_address() -> Address:
    """A webhook on this machine, at a port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    return Address(f"http://{listen}/updates", listen, "webhook-secret_1")


@asynccontextmanager
async def posted_to(webhook: Webhook) -> AsyncIterator[None]:
    """Served, and known to Telegram."""
    stop = asyncio.Event()
    serving = asyncio.create_task(webhook.run(stop))
    try:
        await asyncio.wait_for(webhook.caught_up.wait(), 10)
        yield
    finally:
        stop.set()
        await serving


@asynccontextmanager
async def open_world(
    folder: Path,
    *,
    start: datetime = START,
    country: str = "DE",
    pseudo: bool = False,
    url: str = "",
    webhook: bool = False,
) -> AsyncIterator[World]:
    """A clinic in that folder, on SQLite unless a database URL is given; polling, unless it is to have a webhook."""
    clock = ManualClock(start)
    async with AsyncExitStack() as stack:
        logs = stack.enter_context(overheard())
        sim = Simulator(token=TOKEN, username="homenotes_bot", clock=clock.now)
        base = await stack.enter_async_context(sim.serve())
        db = await open_database(url or f"sqlite+aiosqlite:///{folder}/homenotes.db", KEY)
        stack.push_async_callback(db.close)
        request = AiohttpRequest()
        stack.push_async_callback(request.shutdown)
        bot: ExtBot[None] = ExtBot(TOKEN, base_url=base, request=request, get_updates_request=request)
        await bot.initialize()
        texts = Catalogue.load(pseudo=pseudo)
        house = House(texts, clock, "Sunny Steps", "en", "Europe/Berlin", country, "homenotes_bot")
        address = local_address() if webhook else None
        program = assemble(house, db, bot, request, request, KEY, 0, Retention(), address)
        stack.push_async_callback(program.best_effort.close)
        if program.webhook is not None:
            await stack.enter_async_context(posted_to(program.webhook))
        yield World(sim, program, clock, logs=logs)
