"""The whole story with the real process over HTTP, killed after every turn: the digests hold the same facts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.clock import from_ms, to_ms
from bot.domain import inviting
from bot.simulator import Simulator, story
from bot.storage import upcoming
from bot.storage.database import Database, Tx
from bot.storage.opening import open_database
from bot.storage.schema import check_in, due, job, outbox
from tests.support.process import Installation
from tests.support.story import BEGIN, DIGESTS, FACTS, Morning, invite, reads
from tests.support.world import Person

TOKEN = "123456:THE-STORY-AND-THE-REAL-PROCESS"
KEY = b"k" * 32
TOGETHER = timedelta(minutes=20)  # what happens within this span happens between two kills
SHORTLY = timedelta(minutes=1)
_MOVING = sa.select(sa.func.count().label("n")).where(outbox.c.state.in_(["pending", "sending", "unknown"]))
_BEHIND = [
    sa.select(sa.func.count().label("n")).where(due.c.opened == 0, due.c.due_at <= sa.bindparam("now")),
    sa.select(sa.func.count().label("n")).where(
        check_in.c.state == "open", check_in.c.closes_at <= sa.bindparam("now")
    ),
    sa.select(sa.func.count().label("n")).where(job.c.state == "waiting"),
]


@dataclass
class Clinic:
    """A process that can be gone at any time, and phones that do not notice."""

    home: Installation
    sim: Simulator
    db: Database
    people: dict[str, Person] = field(default_factory=dict)
    kills: int = 0
    language: str = "en"

    async def wakes(self, moment: datetime) -> None:
        """The process starts; everything that time owes by then is done."""
        self.sim.calls.clear()
        await self.home.start(SIMULATED_CLOCK=f"{moment.isoformat()}*50")
        await self._until(self._asks)
        await self._until(self._caught_up(to_ms(moment)))
        await self.settle()

    async def dies(self) -> None:
        await self.home.kill()
        self.kills += 1

    async def settle(self) -> None:
        """Everything that was done on a phone is committed and answered."""
        await self._until(self._still)

    async def _asks(self) -> bool:
        return any(call.method == "getUpdates" for call in self.sim.calls)

    async def _still(self) -> bool:
        return not self.sim.pending_updates and not await self._count(_MOVING)

    def _caught_up(self, now: int) -> Callable[[], object]:
        async def caught_up() -> bool:
            return not any([await self._count(statement, now=now) for statement in _BEHIND])

        return caught_up

    async def _until(self, condition: Callable[[], object], seconds: float = 30) -> None:
        end = asyncio.get_running_loop().time() + seconds
        while not await condition():  # type: ignore[misc]
            assert self.home.process is not None
            assert self.home.process.returncode is None, self.home.logged()
            assert asyncio.get_running_loop().time() < end, self.home.logged()
            await asyncio.sleep(0.005)

    async def _count(self, statement: sa.Select[tuple[int]], **values: int) -> int:
        async def read(tx: Tx) -> int:
            row = await tx.row(statement, values)
            assert row is not None
            return int(row["n"])

        return await self.db.read(read)


@pytest.mark.timeout(300)
async def test_the_story_is_the_same_when_the_power_fails_after_every_turn(tmp_path: Path) -> None:
    sim = Simulator(token=TOKEN, username="homenotes_bot")
    db = await open_database(f"sqlite+aiosqlite:///{tmp_path}/homenotes.db", KEY)
    async with sim.serve() as base:
        home = Installation(tmp_path, base, TOKEN, {"ENCRYPTION_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="})
        clinic = Clinic(home, sim, db)
        mornings = await _plays(clinic)
        await clinic.wakes(DIGESTS[-1])
        assert await home.stop() == 0, home.logged()
        assert (await home.command("check"))[0] == 0
    await db.close()
    print(f"\n{clinic.kills} kills; digests read on {sorted(mornings)} March")  # noqa: T201 - says what it counted
    for day, morning in mornings.items():
        FACTS[day](morning)
    assert sorted(mornings) == sorted(FACTS)


async def _plays(clinic: Clinic) -> dict[int, Morning]:
    now = to_ms(BEGIN)
    therapist, code = await clinic.db.write(lambda tx: inviting.add_therapist(tx, "Dana", "en", "Europe/Berlin", now))
    codes = await invite(clinic.db, therapist, now) | {"Dana": code}
    phones = {name: clinic.sim.phone(name) for name in codes}
    dana = Person(clinic, phones["Dana"])  # type: ignore[arg-type]
    player = story.Player(phones, codes, clinic.settle)
    waiting = sorted(
        [(deed.at, deed) for deed in story.deeds()] + [(at, None) for at in DIGESTS], key=lambda one: one[0]
    )
    await clinic.wakes(BEGIN)
    await player._join(phones["Dana"])
    await clinic.dies()
    mornings, moment = {}, BEGIN
    while waiting or moment < DIGESTS[-1]:
        moment = await _next(clinic, moment, waiting[0][0] if waiting else DIGESTS[-1])
        await clinic.wakes(moment)
        until = min(moment + TOGETHER, await _next(clinic, moment, DIGESTS[-1]) - SHORTLY)
        while waiting and (waiting[0][0] <= until or waiting[0][0] == moment):
            at, deed = waiting.pop(0)
            if deed is None:
                mornings[at.astimezone(BEGIN.tzinfo).day] = await reads(dana)
            else:
                await player.plays(deed)
        await clinic.dies()
    return mornings


async def _next(clinic: Clinic, after: datetime, at: datetime) -> datetime:
    """The next moment at which somebody does something or is asked; what ends in between ends late."""
    found = await clinic.db.read(lambda tx: upcoming.next_question(tx, to_ms(after)))
    return at if found is None else min(at, from_ms(found))
