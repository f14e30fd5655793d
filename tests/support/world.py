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
from bot.domain import coming, inviting, vital_signs
from bot.domain.inviting import Plan
from bot.house import House
from bot.model import Retention
from bot.post import Post
from bot.receiving.webhook import Address, Webhook
from bot.simulator import Phone, Shown, Simulator
from bot.storage.opening import open_database
from bot.storage.people import load_account
from bot.text.catalogue import Catalogue
from tests.support import bot_api, buttons, languages
from tests.support.databases import new_file
from tests.support.logs import overheard
from tests.support.wired import WiredRequest

KEY = b"k" * 32
TOKEN = "123456:TEST-TOKEN-OF-THE-SIMULATOR"
ERASED = "homenotes.db.erased"  # the list of the erased, beside the database
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
        """The button with this label, or with it in its label; the newest message wins."""
        label = languages.DIRECTION_MARKS.sub("", label)
        for shown in reversed(self.screen):
            labels = [one.label for one in shown.all_buttons]
            found = [one for one in labels if one == label] or [one for one in labels if label in one]
            if found and (message is None or message.message_id == shown.message_id):
                button = shown.all_buttons[labels.index(found[0])]
                assert button.data is not None, f"the button {label!r} opens {button.url}"
                await self.does("presses", button.data, shown)
                return
        raise AssertionError(f"{self.phone.name} has no button {label!r}\n{self.transcript()}")

    async def taps_first(self) -> None:
        self.phone.taps_first()
        await self.world.settle()

    async def does(self, action: str, *args: Any, **kwargs: Any) -> Any:
        """Any other action of the phone: `does("sends_voice", seconds=14)`."""
        result = getattr(self.phone, action)(*args, **kwargs)
        await self.world.settle()
        return result

    @property
    def screen(self) -> list[Shown]:
        """Every message as it reads in English, whatever the language; without invisible marks."""
        return [languages.read(one, self.world.language) for one in self.phone.screen]

    def sees(self, text: str) -> Shown:
        """The newest message with this text in it or on one of its buttons."""
        for shown in reversed(self.screen):
            if shown.has(text):
                return shown
        raise AssertionError(f"{self.phone.name} does not see {text!r}\n{self.transcript()}")

    def shows(self, text: str) -> bool:
        return any(one.has(text) for one in self.screen)

    def sees_nothing_of(self, text: str) -> None:
        assert not self.shows(text), f"{self.phone.name} sees {text!r}\n{self.transcript()}"

    def transcript(self) -> str:
        return languages.as_english(self.phone.transcript(), self.world.language)

    @property
    def newest(self) -> Shown:
        assert self.screen, "an empty chat"
        return self.screen[-1]

    @property
    def asked(self) -> Shown:
        """The newest message that has buttons."""
        found = self.phone.newest_with_buttons
        assert found is not None, f"nothing to press\n{self.transcript()}"
        return languages.read(found, self.world.language)

    @property
    def buttons(self) -> list[str]:
        return self.asked.labels if self.phone.newest_with_buttons else []

    @property
    def toasts(self) -> list[str]:
        """What presses were answered with, over the chat; "" where there was nothing to say."""
        return [languages.as_english(one.text, self.world.language) for one in self.phone.answers]


@dataclass(slots=True)
class World:
    sim: Simulator
    program: Homenotes
    clock: ManualClock
    people: dict[str, Person] = field(default_factory=dict)
    logs: io.StringIO = field(default_factory=io.StringIO)  # all that the program logged
    language: str = languages.ENGLISH  # of everybody who is not given another
    odd_updates: bool = False  # the test hands over updates that Telegram would not send: they are not judged

    @property
    def db(self) -> Any:
        return self.program.db

    def person(self, name: str, **about: Any) -> Person:
        """Somebody with a phone, whom the clinic need not know."""
        return Person(self, self.sim.phone(name, **{"language_code": self.language, **about}))

    async def settle(self) -> None:
        """Receive, handle, send, until nothing moves. Where no update waits, none is asked for: `receive` does."""
        while True:
            if self.sim.pending_updates:
                await self.receive()
                await self.program.best_effort.flush()
            if not await self.program.dispatcher.drain() and not self.sim.pending_updates:
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
            following = await self.db.read(lambda tx: coming.next_moment(tx, self.program.house))
            self.clock.set(moment if following is None else min(moment, from_ms(following)))
            await self.db.write(lambda tx: vital_signs.polled(tx, self.clock.machine_ms()))  # it was there all along
            await self.tick()

    async def passes(self, **span: float) -> None:
        await self.until(self.clock.now() + timedelta(**span))

    async def therapist(self, name: str, *, language: str = "", timezone: str = "Europe/Berlin") -> Person:
        """A therapist who has joined."""
        now, language = self.clock.now_ms(), language or self.language
        _id, code = await self.db.write(lambda tx: inviting.add_therapist(tx, name, language, timezone, now))
        return await self._joins(name, code, {})

    async def parent_of(
        self,
        therapist: Person,
        name: str,
        child: str,
        *,
        role: str = "parent",
        language: str = "",
        timezone: str = "Europe/Berlin",
        plan: Plan | None = None,
        phone: Phone | None = None,
        child_id: int | None = None,
    ) -> Person:
        """A caregiver who has joined by the buttons and chosen to try nothing out."""
        now, plan, language = self.clock.now_ms(), plan or Plan(), language or self.language

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
        person = Person(self, about["phone"]) if about.get("phone") else self.person(name)
        before = await self._seats(person)
        await person.starts(code)
        for _ in range(4):
            if await self._seats(person) > before:
                break
            await person.taps_first()
        else:
            raise AssertionError(f"{name} has not joined:\n{person.phone.transcript()}\n{self.logs.getvalue()}")
        self.people[name] = person
        return person

    async def _seats(self, person: Person) -> int:
        account = await self.db.read(lambda tx: load_account(tx, person.phone.user_id))
        return len(account.people) if account else 0

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
    language: str = languages.ENGLISH,
    pseudo: bool = False,
    url: str = "",
    webhook: bool = False,
    wired: bool = False,
    post: Post | None = None,
) -> AsyncIterator[World]:
    """A clinic in that folder, on SQLite unless a database URL is given; polling, unless it is to have a webhook.

    `wired`: without HTTP between. It speaks that language alone, or with `pseudo` English and the made-up ones. At its
    end every call of ours, and every answer and update of the simulator, is held against the description of the Bot
    API; and every button leads somewhere.
    """
    clock = ManualClock(start)
    async with AsyncExitStack() as stack:
        logs = stack.enter_context(overheard())
        sim = Simulator(token=TOKEN, username="homenotes_bot", clock=clock.now)
        base = await stack.enter_async_context(sim.serve())
        db = await open_database(url or new_file(folder, KEY), KEY)
        stack.push_async_callback(db.close)
        request: AiohttpRequest | WiredRequest = WiredRequest(sim) if wired else AiohttpRequest()
        stack.push_async_callback(request.shutdown)
        bot: ExtBot[None] = ExtBot(TOKEN, base_url=base, request=request, get_updates_request=request)
        await bot.initialize()
        texts = Catalogue.load(pseudo=True) if pseudo else languages.catalogue(language)
        where = (language, "Europe/Berlin", country, "homenotes_bot", folder / ERASED)
        house = House(texts, clock, "Sunny Steps", *where, post=post)
        stack.push_async_callback(house.workshop.close)
        address = local_address() if webhook else None
        program = assemble(house, db, bot, request, request, KEY, 0, Retention(), address)
        stack.push_async_callback(program.best_effort.close)
        if program.webhook is not None:
            await stack.enter_async_context(posted_to(program.webhook))
        world = World(sim, program, clock, logs=logs, language=language)
        yield world
        wrong = bot_api.complaints(sim.calls, updates=not world.odd_updates)
        assert not wrong, "\n".join(wrong)
        assert not (dead := buttons.dead(program.application, sim.calls)), f"no handler takes these buttons: {dead}"
