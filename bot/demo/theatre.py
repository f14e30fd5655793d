"""What the page plays with: people with phones, a calendar that jumps, and a bot whose plug can be pulled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import SimulatedClock, from_ms
from bot.demo.process import Ahead, Bot, Gone
from bot.demo.stage import Place
from bot.model import Json
from bot.simulator import Simulator
from bot.simulator.demo import Seat

MORNING = (7, 31)  # a minute after the digests
KILLED = "The bot’s process was killed (SIGKILL). Go on: type, tap, send. Telegram keeps it for 24 hours."
NOTHING_YET = Ahead(None, None)
ENDED = "The bot’s process has ended by itself. Its errors stand in the terminal. You can plug it in again."


@dataclass(slots=True)
class Play:
    """One thing at a time: while the calendar moves or the bot starts, the buttons above the phones rest."""

    sim: Simulator
    clock: SimulatedClock
    bot: Bot
    place: Place
    seats: list[Seat]
    news: str = ""
    _power: str = "off"
    _ahead: Ahead = NOTHING_YET
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    _watch: asyncio.Task[None] | None = None

    @property
    def scenes(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        return {
            "checkin": self.next_question,
            "morning": self.next_morning,
            "hour": lambda: self.until(self.clock.now() + timedelta(hours=1)),
            "unplug": self.unplug,
            "plug": self.plug,
        }

    def shown(self) -> Json:
        return {
            "now": self.clock.now().isoformat(timespec="seconds"),
            "zone": self.place.timezone,
            "power": self._power,
            "pid": self.bot.pid,
            "waiting": len(self.sim.world.updates.waiting()),
            "busy": self._busy.locked(),
            "news": self.news,
        }

    def newcomer(self, name: str) -> Seat:
        seat = Seat(self.sim.phone(name), "somebody new", self.place.timezone)
        self.seats.append(seat)
        return seat

    async def next_question(self) -> None:
        await self._after(lambda: from_ms(self._ahead.question) if self._ahead.question else None)

    async def next_morning(self) -> None:
        await self._after(lambda: next_at(self.clock.now(), ZoneInfo(self.place.timezone), *MORNING))

    async def until(self, moment: datetime) -> None:
        await self._after(lambda: moment)

    async def _after(self, moment: Callable[[], datetime | None]) -> None:
        """Go there, stopping wherever something falls due."""
        if self._busy.locked() or self._power != "on":
            return
        async with self._busy:
            before = self._counts()
            with suppress(Gone):  # the watch says so
                self._ahead = await self.bot.ask(self.clock.now())
                there = moment()
                while there is not None and (now := self.clock.now()) < there:
                    stop = from_ms(self._ahead.next) if self._ahead.next is not None else there
                    self.clock.set(max(now, min(there, stop)))
                    self.sim.happened.ring()
                    self._ahead = await self.bot.ask(self.clock.now())
                self.news = self._told(before)

    async def unplug(self) -> None:
        """SIGKILL: nothing is said to the process, nothing is saved by it."""
        self._power, self.news = "off", KILLED
        await self.bot.kill()

    async def plug(self) -> None:
        if self._busy.locked() or self._power != "off":
            return
        async with self._busy:
            waiting, began = len(self.sim.world.updates.waiting()), self.clock.monotonic()
            self._power = "starting"
            self.sim.happened.ring()
            try:
                self._ahead = await self.bot.start(self.clock.now())
            except Gone:
                if self._power == "starting":  # else the plug was pulled meanwhile
                    self._power, self.news = "off", ENDED
                return
            self._power = "on"
            left, seconds = len(self.sim.world.updates.waiting()), self.clock.monotonic() - began
            self.news = f"The bot is back after {seconds:.1f} s. {waiting} had waited for it, {left} wait now."
            self._watch = asyncio.create_task(self._watched())

    async def _watched(self) -> None:
        await self.bot.ended()
        if self._power == "on":
            self._power, self.news = "off", ENDED
        self.sim.happened.ring()

    def _counts(self) -> dict[str, int]:
        return {seat.phone.name: sum(not shown.mine for shown in seat.phone.screen) for seat in self.seats}

    def _told(self, before: dict[str, int]) -> str:
        came = {name: count - before.get(name, 0) for name, count in self._counts().items()}
        new = [f"{name} {count}" for name, count in came.items() if count > 0]
        local = self.clock.now().astimezone(ZoneInfo(self.place.timezone))
        what = f"New messages: {', '.join(new)}." if new else "Nobody got a new message."
        return f"It is {local:%A, %H:%M}. {what}"


def next_at(now: datetime, zone: ZoneInfo, hour: int, minute: int) -> datetime:
    """The next time that the clocks of a zone show this (UTC in, UTC out)."""
    local = now.astimezone(zone)
    wanted = local.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
    if wanted <= local:
        wanted = (wanted + timedelta(days=1)).replace(fold=0)
    return wanted.astimezone(now.tzinfo)
