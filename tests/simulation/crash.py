"""The program dropped in mid-step: at any statement, commit or call, with the files as they are at that instant.

What the process would have done next does not happen: no rollback, no settling, no further call. What was under way to
Telegram arrives, as it does when a process dies. The next one opens a copy of the files that was made at the instant.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram.request import RequestData

from bot.delivering.transport import AiohttpRequest
from bot.storage.sqlite import SqliteDatabase


class Killed(BaseException):
    """Not an Exception: nothing in the program may catch it and go on."""


@dataclass(slots=True)
class Fate:
    """Counts the boundaries that the program passes; ends it at `at` (1: the first) or the next `place`."""

    at: int = 0
    place: str = ""
    spared: bool = False
    passed: int = 0
    dead: bool = False
    last: str = ""
    at_death: Callable[[], None] = lambda: None

    def step(self, boundary: str) -> None:
        if self.dead:
            raise Killed
        if self.spared:
            return
        self.passed += 1
        if self.passed == self.at or boundary == self.place:
            self.dead, self.last = True, boundary
            self.at_death()
            raise Killed(boundary)


class MortalConnection:
    """An aiosqlite connection in front of which the program may die.

    `reads`: only a dead program is kept from it. What it leaves there is what it left before.
    """

    def __init__(self, inner: Any, fate: Fate, *, reads: bool = False) -> None:
        self.inner, self.fate, self.reads = inner, fate, reads

    def step(self, boundary: str) -> None:
        if self.fate.dead or not self.reads:
            self.fate.step(boundary)

    async def execute(self, text: str, values: Any = ()) -> Any:
        self.step(_verb(text))
        return await self.inner.execute(text, values)

    async def execute_fetchall(self, text: str, values: Any = ()) -> Any:
        self.step(_verb(text))
        return await self.inner.execute_fetchall(text, values)

    async def executemany(self, text: str, values: Iterable[Any]) -> Any:
        self.step(_verb(text))
        return await self.inner.executemany(text, values)

    async def begin_write(self, patience: float) -> None:
        self.step("begin")
        await self.inner.begin_write(patience)

    async def commit(self) -> None:
        self.step("before commit")
        await self.inner.commit()
        self.step("after commit")

    async def rollback(self) -> None:
        if self.fate.dead:
            raise Killed
        await self.inner.rollback()

    async def close(self) -> None:
        await self.inner.close()


def _verb(text: str) -> str:
    return text.split(maxsplit=1)[0].lower()


async def mortal(db: SqliteDatabase, fate: Fate) -> None:
    """From now on the program may die at each statement. It is the program that dies here, not the power: what has
    been written is in the files, and nobody need wait for the disk.
    """
    await db._writer.execute("PRAGMA synchronous = OFF")
    db._writer = MortalConnection(db._writer, fate)  # type: ignore[assignment]
    db._reader = MortalConnection(db._reader, fate, reads=True)  # type: ignore[assignment]


async def buried(db: SqliteDatabase) -> None:
    """The dead program's connections, let go of; its files are nobody's any more."""
    for connection in (db._reader, db._writer):
        await (connection.inner if isinstance(connection, MortalConnection) else connection).close()


def copied(database: Path, folder: Path) -> Path:
    """The database and its log as they stand on the disk, in another folder."""
    folder.mkdir(parents=True)
    for suffix in ("", "-wal"):
        source = database.with_name(database.name + suffix)
        if source.exists():
            shutil.copyfile(source, folder / source.name)
    return folder / database.name


class MortalRequest(AiohttpRequest):
    """The way to Telegram, before and after which the program may die."""

    def __init__(self, fate: Fate) -> None:
        super().__init__()
        self.fate = fate
        self.under_way = 0

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *rest: Any, **more: Any
    ) -> tuple[int, bytes]:
        called = url.rpartition("/")[2]
        self.fate.step(f"before {called}")
        self.under_way += 1
        try:
            answer = await super().do_request(url, method, request_data, *rest, **more)
        finally:
            self.under_way -= 1
        self.fate.step(f"after {called}")
        return answer
