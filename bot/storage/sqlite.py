"""The embedded engine: SQLCipher through aiosqlite. One writer behind a lock, one reader beside it.

Statements are compiled once and run as text: one thread hop each. WAL with ``synchronous=FULL``: a commit is on disk.
Never open the same file with the standard ``sqlite3`` module in this process: two libraries would share no locks.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, cast

import aiosqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import Executable
from sqlcipher3 import dbapi2 as sqlcipher

from bot.storage.database import NOTHING, Conflict, Damaged, DatabaseError, NestedWrite, Row, T, Tx, Unavailable, Values

_DIALECT = SQLiteDialect_pysqlite(paramstyle="named")
_COMPILED: dict[Executable, tuple[str, dict[str, Any]]] = {}
_LIST = re.compile(r"\(__\[POSTCOMPILE_(\w+)\]\)")
_WRITING: ContextVar[bool] = ContextVar("writing", default=False)

_PASSING = ("locked", "busy", "full", "readonly", "read-only", "unable to open", "disk i/o")
_BROKEN = ("malformed", "not a database", "corrupt", "hmac", "encrypted")


def translate(error: sqlcipher.Error) -> DatabaseError:
    """The only place that knows the driver's errors. Messages name tables and constraints, never values."""
    text = str(error).lower()
    if isinstance(error, sqlcipher.IntegrityError):
        return Conflict(str(error))
    if any(word in text for word in _PASSING):
        return Unavailable(str(error))
    if any(word in text for word in _BROKEN):
        return Damaged(str(error))
    return DatabaseError(str(error))


def connect(path: Path, key: bytes, *, busy_ms: int = 5000) -> Any:
    """A plain connection with the key and the pragmas set. Raises `Damaged` where the key does not fit."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, timeout=busy_ms / 1000)
    try:
        connection.row_factory = sqlcipher.Row
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlcipher.Error as error:
        connection.close()
        raise translate(error) from error
    return connection


def compiled(statement: Executable) -> tuple[str, dict[str, Any]]:
    """The text and the values that are fixed in it; what is to be given at the call is in neither."""
    found = _COMPILED.get(statement)
    if found is None:
        one = cast("Any", statement).compile(dialect=_DIALECT)
        fixed = {key: value for key, value in one.params.items() if not one.binds[key].required}
        found = _COMPILED[statement] = (_LIST.sub(lambda match: _listed(match[1], fixed), str(one)), fixed)
    return found


def _listed(name: str, fixed: dict[str, Any]) -> str:
    """SQLAlchemy leaves the values of a fixed IN list for later; we write a parameter for each."""
    values = fixed.pop(name)
    fixed |= {f"{name}_{number}": value for number, value in enumerate(values)}
    return "(" + ", ".join(f":{name}_{number}" for number in range(len(values))) + ")"


class SqliteTx:
    """`Tx` on one aiosqlite connection."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def rows(self, statement: Executable, values: Values = NOTHING, /) -> list[Row]:
        text, fixed = compiled(statement)
        try:
            return cast("list[Row]", await self._connection.execute_fetchall(text, {**fixed, **values}))
        except sqlcipher.Error as error:
            raise translate(error) from error

    async def row(self, statement: Executable, values: Values = NOTHING, /) -> Row | None:
        found = await self.rows(statement, values)
        return found[0] if found else None

    async def run(self, statement: Executable, values: Values = NOTHING, /) -> int:
        text, fixed = compiled(statement)
        try:
            cursor = await self._connection.execute(text, {**fixed, **values})
        except sqlcipher.Error as error:
            raise translate(error) from error
        return cursor.rowcount

    async def run_many(self, statement: Executable, values: Iterable[Values], /) -> None:
        text, fixed = compiled(statement)
        try:
            await self._connection.executemany(text, [{**fixed, **one} for one in values])
        except sqlcipher.Error as error:
            raise translate(error) from error


class SqliteDatabase:
    """`Database` on one file."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer, self._reader = writer, reader
        self._write_lock, self._read_lock = asyncio.Lock(), asyncio.Lock()
        self._under_way: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, path: Path, key: bytes, *, busy_ms: int = 5000) -> SqliteDatabase:
        """Raises `Damaged` for a wrong key or a torn file, `Unavailable` where it cannot be opened."""
        opened = []
        for _ in range(2):
            connection = aiosqlite.Connection(lambda: connect(path, key, busy_ms=busy_ms), iter_chunk_size=64)
            connection._thread.daemon = True  # noqa: SLF001 - a forgotten thread must not hold the process at exit
            opened.append(await connection)
        return cls(*opened)

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        if _WRITING.get():
            raise NestedWrite("a write inside a write: pass the tx on")
        task = asyncio.create_task(self._write(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def _write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        _WRITING.set(True)
        async with self._write_lock, _transaction(self._writer, "BEGIN IMMEDIATE"):
            return await work(SqliteTx(self._writer))

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        async with self._read_lock, _transaction(self._reader, "BEGIN"):
            return await work(SqliteTx(self._reader))

    async def close(self) -> None:
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._reader.close()
        await self._writer.close()


@asynccontextmanager
async def _transaction(connection: aiosqlite.Connection, begin: str) -> AsyncIterator[None]:
    try:
        await connection.execute(begin)
        try:
            yield
        except BaseException:
            await connection.rollback()
            raise
        try:
            await connection.commit()
        except sqlcipher.Error:
            await connection.rollback()
            raise
    except sqlcipher.Error as error:
        raise translate(error) from error
