"""A clinic put straight into the tables of a new database, for tests of what is read from them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.sql import Executable

from bot.clock import to_ms
from bot.model import Media
from bot.storage import schema
from bot.storage.database import Database, Tx
from bot.storage.ids import new_id
from bot.storage.opening import open_database
from tests.support.databases import new_file

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
EARLY = 1_000_000_000_000  # long before anything that a test tells
KEY = bytes(range(32))


@asynccontextmanager
async def empty_database(folder: Path) -> AsyncIterator[Database]:
    db = await open_database(new_file(folder, KEY), KEY)
    try:
        yield db
    finally:
        await db.close()


def local(zone: str, text: str) -> int:
    """`2027-03-19 07:30` on the clock of a zone, in milliseconds."""
    return to_ms(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


@dataclass(frozen=True)
class Someone:
    id: int
    account: int
    zone: str
    child: int = 0


Answer = str | list[str] | int | Media | None  # words are (text,), a choice is its key


@cache
def _insert(table: sa.Table, names: tuple[str, ...]) -> sa.Insert:
    """The same each time, so that it is compiled once."""
    return table.insert().values({name: sa.bindparam(name) for name in names})


@dataclass
class Clinic:
    """Rows are written at once, each in a transaction of its own, but for those of a crowd."""

    db: Database
    _ids: int = field(default=0)
    _crowd: list[tuple[Executable, dict[str, Any]]] | None = field(default=None)

    def _next(self) -> int:
        self._ids += 1
        return self._ids

    async def put(self, table: sa.Table, **values: Any) -> int:
        """Insert one row; an `id` is given where it has none."""
        if "id" in table.c and "id" not in values:
            values["id"] = self._next()
        await self.run(_insert(table, tuple(values)), values)
        return int(values.get("id", 0))

    async def run(self, statement: Executable, values: dict[str, Any] | None = None) -> None:
        if self._crowd is None:
            await self.db.write(lambda tx: tx.run(statement, values or {}))
        else:
            self._crowd.append((statement, values or {}))

    @asynccontextmanager
    async def crowd(self) -> AsyncIterator[None]:
        """What is put meanwhile is written in one transaction at its end: hundreds of rows are there in a moment."""
        rows = self._crowd = []
        yield
        self._crowd = None

        async def write(tx: Tx) -> None:
            for statement, values in rows:
                await tx.run(statement, values)

        await self.db.write(write)

    async def therapist(self, name: str = "Dana", zone: str = BERLIN) -> Someone:
        return await self._person("therapist", name, zone)

    async def _person(self, kind: str, name: str, zone: str, role: str = "", child: int = 0) -> Someone:
        account = 1000 + self._next()
        await self.put(schema.account, id=account, created_at=EARLY)
        person = await self.put(
            schema.person,
            kind=kind,
            account_id=account,
            name=name,
            role=role,
            language="en",
            timezone=zone,
            joined_at=EARLY,
            created_at=EARLY,
        )
        return Someone(person, account, zone, child)

    async def child(self, name: str, *therapists: Someone, birth_month: str = "2022-05") -> int:
        child = await self.put(schema.child, name=name, birth_month=birth_month, created_at=EARLY)
        for one in therapists:
            await self.grant(one, child, "treat")
        return child

    async def caregiver(self, child: int, name: str, role: str = "mother", zone: str = BERLIN) -> Someone:
        person = await self._person("caregiver", name, zone, role, child)
        await self.grant(person, child, "care")
        return person

    async def also_cares(self, who: Someone, child: int, name: str) -> Someone:
        """Another seat of that account, as a parent."""
        seat = await self.put(
            schema.person,
            kind="caregiver",
            account_id=who.account,
            name=name,
            language="en",
            timezone="UTC",
            created_at=EARLY,
        )
        parent = Someone(seat, who.account, "UTC", child)
        await self.grant(parent, child, "care")
        return parent

    async def grant(self, who: Someone, child: int, right: str, until: int | None = None) -> None:
        await self.put(schema.access, person_id=who.id, child_id=child, right=right, from_at=EARLY, until_at=until)

    async def check_in(
        self,
        who: Someone,
        day: str,
        state: str = "done",
        /,
        *,
        at: str = "",
        template: str = "pulse",
        late: bool = False,
        slot: str = "19:30",
        reason: str = "",
        **answers: Any,
    ) -> int:
        """`at` is the local time of the answers, `HH:MM` or a whole date and time. Words are a tuple of one text."""
        due = local(who.zone, f"{day} {slot}")
        said = local(who.zone, at if " " in at else f"{day} {at or '19:40'}")
        check_in = await self.put(
            schema.check_in,
            id=new_id(),
            child_id=who.child,
            person_id=who.id,
            template=template,
            template_version=1,
            local_date=day,
            slot=slot,
            due_at=due,
            sent_at=due,
            closes_at=due + 4 * 3_600_000,
            late_until=due + 48 * 3_600_000,
            state=state,
            state_reason=reason,
            asked_at=due,
            finished_at=said if answers else None,
            created_at=due,
        )
        for question, value in answers.items():
            await self.answer(check_in, who, question, value, said, late=late)
        return check_in

    async def answer(
        self, check_in: int, who: Someone, question: str, value: Any, at: int, *, late: bool = False
    ) -> int:
        return await self.put(
            schema.answer,
            check_in_id=check_in,
            person_id=who.id,
            question=question,
            answered_at=at,
            late=int(late),
            **_kept(value),
        )

    async def note(
        self, who: Someone, at: str, text: str | None, kind: str = "note", media: Media | None = None
    ) -> int:
        return await self.put(
            schema.note,
            child_id=who.child,
            person_id=who.id,
            kind=kind,
            recorded_at=local(who.zone, at),
            text=text,
            **(_kept(media) if media else {}),
        )

    async def goal(self, child: int, what: str, *agreed: Someone) -> tuple[int, int]:
        """One that those caregivers agreed to; (goal, its version)."""
        goal = await self.put(schema.goal, child_id=child, created_at=EARLY)
        version = await self.put(
            schema.goal_version, goal_id=goal, number=1, what=what, proposed_at=EARLY, created_at=EARLY
        )
        for who in agreed:
            of = {"goal_id": goal, "goal_version_id": version, "recorded_at": EARLY}
            await self.put(schema.goal_word, child_id=child, person_id=who.id, kind="agree", **of)
        return goal, version

    async def revision(self, **values: Any) -> int:
        return await self.put(schema.revision, **values)


def _kept(value: Any) -> dict[str, Any]:
    """The columns of an answer: words as (text,), media, nothing at all for Skip, else a choice."""
    if value is None:
        return {"skipped": 1}
    if isinstance(value, tuple):
        return {"text": value[0]}
    if isinstance(value, Media):
        return {"media_kind": value.kind, "media_file_id": value.file_id, "media_seconds": value.seconds}
    return {"value": json.dumps(value)}


def days(first: str, count: int) -> list[str]:
    start = datetime.fromisoformat(first).date()
    return [(start + timedelta(days=n)).isoformat() for n in range(count)]
