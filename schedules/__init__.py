"""What time does: a handful of ticks without a memory of their own. The tables say what is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from bot.domain.keeping import Keeping
from bot.house import House
from bot.model import Retention
from bot.storage.database import Database
from schedules import (
    alarms,
    backup,
    briefs,
    called_off,
    closing,
    crisis_numbers,
    due,
    goals,
    heartbeat,
    jobs,
    links,
    meetings,
    messages,
    notices,
    nudging,
    planning,
    practising,
    reviewing,
    rights,
    tidy,
    travel,
)


class Program(Protocol):
    """What the ticks need of the program."""

    @property
    def house(self) -> House: ...

    @property
    def db(self) -> Database: ...

    @property
    def retention(self) -> Retention: ...

    @property
    def keeping(self) -> Keeping | None:
        """The daily backup; None where none is made."""

    def heard_ms(self) -> int:
        """The machine's time at which Telegram was last heard from; 0: not yet, or more is waiting there."""


Tick = tuple[str, float, Callable[[], Awaitable[object]]]
AT_ONCE = {"mail": 8}  # turns of a tick that may run beside each other, else one: what hangs must not hold up the next


def ticks(program: Program) -> list[Tick]:
    """(name, calendar seconds between two turns, what is done)."""
    db, house = program.db, program.house
    return [
        ("due", 1, partial(due.tick, db, house)),
        ("alarms", 5, partial(alarms.tick, db, house)),
        ("mail", 2, partial(jobs.mail, db, house)),
        ("briefs", 60, partial(briefs.tick, db, house)),
        ("jobs", 2, partial(jobs.tick, db, house)),
        ("messages", 3, partial(messages.tick, db, house)),
        ("nudging", 10, partial(nudging.tick, db, house)),
        ("links", 30, partial(links.tick, db, house)),
        ("travel", 30, partial(travel.tick, db, house)),
        ("meetings", 30, partial(meetings.tick, db, house)),
        ("planning", 30, partial(planning.tick, db, house)),
        ("goals", 30, partial(goals.tick, db, house)),
        ("practising", 20, partial(practising.tick, db, house)),
        ("reviewing", 3600, partial(reviewing.tick, db, house)),
        ("crisis numbers", 3600, partial(crisis_numbers.tick, db, house)),
        ("rights", 30, partial(rights.tick, db, house)),
        ("notices", 30, partial(notices.tick, db, house)),
        ("called off", 10, partial(called_off.tick, db, house)),
        ("closing", 30, partial(closing.tick, db, house)),
        ("tidy", 3600, partial(tidy.tick, db, house, program.retention)),
        ("heartbeat", 5, lambda: heartbeat.tick(db, house, program.heard_ms())),
        ("backup", 600, partial(backup.tick, db, program.keeping, house)),
        ("outages", 300, partial(heartbeat.tell, db, house)),
    ]
