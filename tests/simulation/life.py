"""What people and Telegram do in a simulated life, by chance but the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.inviting import Plan
from bot.simulator import Phone, faults
from bot.simulator.faults import Rule
from tests.simulation.mortal import MortalWorld
from tests.support.world import Person

ZONES = ("Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
PATIENCE = timedelta(hours=12)
NEVER = datetime.max.replace(tzinfo=UTC)
STEPS = (1, 2, 5, 20, 45, 90, 240)  # minutes
LOSSY = ("sendMessage", "setMessageReaction", "editMessageText", "answerCallbackQuery", "getUpdates")
SHOWING = ("sendMessage", "sendPhoto", "sendVoice")
_UNSETTLED = sa.text("SELECT count(*) AS n FROM outbox WHERE state IN ('pending', 'sending') AND chat_id = :chat")
_REPEATED = sa.text("SELECT count(*) AS n FROM outbox WHERE state IN ('pending', 'sending') AND repeats > 0")


@dataclass(slots=True)
class Parent:
    person: Person
    zone: str
    said: dict[int, list[str]] = field(default_factory=dict)  # by Telegram message: each wording, oldest first
    files: list[str] = field(default_factory=list)
    albums: list[list[str]] = field(default_factory=list)
    away: str = ""  # "blocked" or "stopped"
    hides: int = 0  # how often they said yes to it

    @property
    def phone(self) -> Phone:
        return self.person.phone


@dataclass(slots=True)
class Life:
    world: MortalWorld
    rng: random.Random
    days: int
    parents: list[Parent] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    happened: int = 0
    heard: datetime = NEVER

    async def begins(self, families: int, hour: str = "") -> None:
        """Everybody joins and agrees to voice and pictures; asked at that local hour, by default at any."""
        world = self.world
        dana = await world.therapist("Dana")
        for number in range(families):
            zone = ZONES[number % len(ZONES)]
            plan = Plan(time=hour or f"{self.rng.randint(7, 20):02d}:{self.rng.choice((30, 45))}")
            person = await world.parent_of(dana, f"Parent {number}", f"Child {number}", timezone=zone, plan=plan)
            parent = Parent(person, zone)
            for kind in ("voice", "photo"):
                message = await person.does(f"sends_{kind}")
                parent.files.append(_file(message))
                await person.taps("Yes, keep it")
            self.parents.append(parent)

    async def step(self) -> None:
        """Something goes wrong or right at Telegram, some people do something, and time passes."""
        await self._weather()
        for parent in self.rng.sample(self.parents, self.rng.randint(1, len(self.parents))):
            for _ in range(self.rng.randint(1, 3)):
                await self._acts(parent)
        if self.rng.random() < 0.1:
            self.world.sim.phone("Stranger").starts("wrong")
        await self.world.through(self.world.settle)  # a press lives for seconds only
        await self.world.through(lambda: self.world.passes(minutes=self.rng.choice(STEPS)))

    async def ends(self) -> None:
        """Good weather, everybody back, and time for all that waits."""
        self.world.sim.faults.clear()
        await self.world.through(lambda: self.world.passes(hours=2))
        for parent in self.parents:
            await self._returns(parent)
        await self.world.through(lambda: self.world.passes(days=3))

    async def _acts(self, parent: Parent) -> None:
        self.happened += 1
        if parent.away:
            if self.rng.random() < 0.3:
                await self._returns(parent)
            return
        phone, dice = parent.phone, self.rng.random()
        if dice < 0.35:
            text = self._words(parent)
            parent.said[phone.sends(text)["message_id"]] = [text]
        elif dice < 0.45 and parent.said:
            message = self.rng.choice(list(parent.said)[-5:])
            parent.said[message].append(self._words(parent))
            phone.edits(message, parent.said[message][-1])
        elif dice < 0.5:
            parent.files.append(_file(self.rng.choice((phone.sends_voice, phone.sends_photo))()))
        elif dice < 0.53:
            parent.albums.append([_file(one) for one in phone.sends_album(3)])
        elif dice < 0.55:
            phone.sends_sticker()
        elif dice < 0.58:
            await self._leaves(parent)
        elif dice < 0.63:
            self._hides(parent)
        else:
            self._taps(phone)

    def _taps(self, phone: Phone) -> None:
        """A button of a check-in or a note, mostly the first of the newest; now and then twice, or an old one."""
        shown = [one for one in phone.screen if any((b.data or "").startswith(("c:", "n:")) for b in one.all_buttons)]
        if shown:
            message = shown[-1] if self.rng.random() < 0.8 else self.rng.choice(shown)
            buttons = [one for one in message.all_buttons if (one.data or "").startswith(("c:", "n:"))]
            button = buttons[0] if self.rng.random() < 0.7 else self.rng.choice(buttons)
            for _ in range(self.rng.choice((1, 1, 1, 2))):
                phone.presses(button.data or "", message)

    def _hides(self, parent: Parent) -> None:
        """Asks for it; or says yes, mostly, to what was asked."""
        asked = [one for one in parent.phone.screen if any(b.data == "hide:yes" for b in one.all_buttons)]
        if not asked:
            parent.phone.sends("/hide")
            return
        yes = self.rng.random() < 0.8
        parent.hides += yes
        parent.phone.presses("hide:yes" if yes else "hide:no", asked[-1])

    async def _leaves(self, parent: Parent) -> None:
        """Only who has had every answer: what is given up for somebody who blocked us cannot be counted."""
        if self.world.sim.pending_updates or await self._count(_UNSETTLED, chat=parent.phone.user_id):
            return
        parent.away = self.rng.choice(("blocked", "stopped"))
        if parent.away == "blocked":
            parent.phone.blocks()
        else:
            parent.phone.sends("/stop")

    async def _returns(self, parent: Parent) -> None:
        if parent.away == "blocked":
            parent.phone.unblocks()
        if parent.away:
            parent.phone.starts()
        parent.away = ""

    def _words(self, parent: Parent) -> str:
        return f"{parent.phone.name} said number {self.happened}, {sum(map(len, parent.said.values()))}"

    async def _weather(self) -> None:
        """Faults of Telegram. An answer is lost only while no message has used up its one repetition; and nobody is
        kept from us for as long as Telegram keeps what they said.
        """
        if not self.world.sim.pending_updates:
            self.heard = self.world.clock.now()
        too_long = self.world.clock.now() - self.heard > PATIENCE
        if not too_long and self.rng.random() < 0.6:
            return
        self.world.sim.faults.clear()
        if too_long:
            return
        rng, lossy = self.rng, not await self._count(_REPEATED)
        method = rng.choice(LOSSY)
        choices: list[tuple[faults.Fault, str | None, int | None]] = [
            (faults.TooMany(rng.choice((1, 35, 3600))), method, rng.randint(1, 3)),
            (faults.TooMany(2, html=True), method, 1),
            (faults.Status(502, body="<html>Bad Gateway</html>"), method, rng.randint(1, 3)),
            (faults.Refused(), "getUpdates", rng.randint(1, 3)),
        ]
        if lossy:
            choices += [
                (faults.DropAfter(), method, rng.randint(1, 3)),
                (faults.CutShort(), method, rng.randint(1, 3)),
                (faults.DropBefore(), method, 1),
                (faults.DropBefore(), None, None),
                (faults.Status(500, "restart"), None, None),
            ]
        fault, wanted, times = rng.choice(choices)
        self.rules.append(self.world.sim.faults.add(fault, wanted, times=times))

    def lost_answers(self) -> int:
        """How many messages may stand twice because their answer was lost."""
        lost = (faults.DropAfter, faults.CutShort)
        return sum(rule.used for rule in self.rules if isinstance(rule.fault, lost) and rule.method in SHOWING)

    async def _count(self, statement: Any, **values: Any) -> int:
        found = 0

        async def look() -> None:
            nonlocal found
            [row] = await self.world.rows(statement, **values)
            found = row["n"]

        await self.world.through(look)
        return found


def _file(message: dict[str, Any]) -> str:
    if "photo" in message:
        return str(message["photo"][-1]["file_id"])
    return str(message["voice"]["file_id"])
