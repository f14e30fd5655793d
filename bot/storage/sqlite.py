"""The embedded engine: SQLCipher through aiosqlite. One writer behind a lock, one reader beside it.

Statements are compiled once and run as text. WAL with ``synchronous=FULL``: a commit is on disk. What may wait (a
COMMIT that has something to write, statements marked `APART`) is done in a thread; any other statement takes some
microseconds, far less than the way to a thread and back, and runs where it is asked for.
Never open the same file with the standard ``sqlite3`` module in this process: two libraries would share no locks.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, cast

import aiosqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import Executable
from sqlcipher3 import dbapi2 as sqlcipher

from bot.storage.database import (
    APART,
    NOTHING,
    Conflict,
    Course,
    Damaged,
    DatabaseError,
    NestedWrite,
    Row,
    T,
    Tx,
    Unavailable,
    Values,
)

_DIALECT = SQLiteDialect_pysqlite(paramstyle="named")
CACHED = 512  # statements that a connection keeps prepared: more than there are in the program
_COMPILED: dict[Executable, str] = {}
_APART: set[str] = set()  # the texts of statements that may take long
_AT_ONCE = 100  # rows written between two breaths
_AGAIN = 0.01  # seconds between two tries at what another process has locked
BREATH = 0.005  # seconds of statements after which the loop gets its turn
_PLACE = re.compile(r"\(__\[POSTCOMPILE_(\w+)\]\)|:(\w+)")
_LIMIT = re.compile(r"LIMIT (:\w+)")
_WRITING: ContextVar[bool] = ContextVar("writing", default=False)
_READING: ContextVar[bool] = ContextVar("reading", default=False)

# SQLite's primary result codes, https://sqlite.org/rescode.html: a later try may find it otherwise, or not.
_PASSING = {
    sqlcipher.SQLITE_BUSY,
    sqlcipher.SQLITE_LOCKED,
    sqlcipher.SQLITE_FULL,
    sqlcipher.SQLITE_READONLY,
    sqlcipher.SQLITE_CANTOPEN,
    sqlcipher.SQLITE_IOERR,
    sqlcipher.SQLITE_PERM,
    sqlcipher.SQLITE_NOMEM,
    sqlcipher.SQLITE_PROTOCOL,
}
_BROKEN = {sqlcipher.SQLITE_CORRUPT, sqlcipher.SQLITE_NOTADB}


def translate(error: sqlcipher.Error, where: str = "") -> DatabaseError:
    """The only place that knows the driver's errors. Messages name tables and constraints, never values."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    text = f"{where}: {error}" if where else str(error)
    if isinstance(error, sqlcipher.IntegrityError):
        return Conflict(text)
    if code in _PASSING:
        return Unavailable(text)
    if code in _BROKEN:
        return Damaged(text)
    return DatabaseError(text)


def _busy(error: sqlcipher.Error) -> bool:
    return bool(getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlcipher.SQLITE_BUSY)


def connect(path: Path, key: bytes, *, busy_ms: int = 5000) -> Any:
    """A plain connection with the key and the pragmas set. Raises `Damaged` where the key does not fit.

    SQLite itself does not wait where two processes open a new file at once: a change to WAL or a recovery is refused
    without asking the busy handler (https://sqlite.org/c3ref/busy_handler.html). So it is tried again, as long.
    """
    until = time.monotonic() + busy_ms / 1000
    while True:
        try:
            return _connect(path, key, busy_ms)
        except sqlcipher.Error as error:
            if not _busy(error) or time.monotonic() >= until:
                raise translate(error, str(path)) from error
        time.sleep(_AGAIN)


def _connect(path: Path, key: bytes, busy_ms: int) -> Any:
    connection = sqlcipher.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=busy_ms / 1000, cached_statements=CACHED
    )
    try:
        connection.row_factory = sqlcipher.Row
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def compiled(statement: Executable) -> str:
    """The text, with what is fixed in it written out.

    A parameter that could change the plan (compared with what a partial index says, or a LIMIT) makes SQLite prepare
    the statement anew at each call, for ten times the cost of running it: https://sqlite.org/c3ref/prepare.html.
    """
    found = _COMPILED.get(statement)
    if found is None:
        one = cast("Any", statement).compile(dialect=_DIALECT)
        fixed = {key: _literal(value) for key, value in one.params.items() if not one.binds[key].required}
        written = _PLACE.sub(lambda match: fixed.get(match[1] or match[2], match[0]), str(one))
        found = _COMPILED[statement] = _LIMIT.sub(r"LIMIT (\1 + 0)", written)
        if APART in statement.get_execution_options():
            _APART.add(found)
    return found


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, (list, tuple)):
        return "(" + ", ".join(_literal(one) for one in value) + ")"
    return "NULL" if value is None else str(int(value))


class Connection(aiosqlite.Connection):
    """One thread may use it at a time: what is in the thread is waited for before anything is run here."""

    _breathed = 0.0
    _changed = 0  # rows, before the transaction

    async def execute(self, text: str, values: Any = ()) -> Any:  # type: ignore[override]  # a cursor without its thread
        if text in _APART:
            return await self._waiting(super().execute(text, values))
        cursor = self._conn.execute(text, values)
        await self._breathe()
        return cursor

    async def execute_fetchall(self, text: str, values: Any = ()) -> Any:  # type: ignore[override]
        if text in _APART:
            return await self._waiting(super().execute_fetchall(text, dict(values)))
        found = self._conn.execute(text, values).fetchall()
        await self._breathe()
        return found

    async def executemany(self, text: str, values: Iterable[Any]) -> Any:  # type: ignore[override]
        rows = list(values)
        for start in range(0, len(rows), _AT_ONCE):
            self._conn.executemany(text, rows[start : start + _AT_ONCE])
            await self._breathe()

    async def begin_write(self, patience: float) -> None:
        """IMMEDIATE: two selects of a writer would differ without. Seconds of `patience` while another process writes.

        SQLite itself would hold up the loop meanwhile.
        """
        until = time.perf_counter() + patience
        while True:
            try:
                self._conn.execute("BEGIN IMMEDIATE")
            except sqlcipher.Error as error:
                if not _busy(error) or time.perf_counter() >= until:
                    raise
            else:
                self._changed = self._conn.total_changes
                return
            await asyncio.sleep(_AGAIN)

    async def commit(self) -> None:
        if self._conn.total_changes == self._changed:  # nothing to write
            self._conn.commit()
        else:
            await self._waiting(super().commit())

    async def rollback(self) -> None:
        self._conn.rollback()  # in WAL it only forgets

    async def _waiting(self, work: Coroutine[Any, Any, T]) -> T:
        """To its end, whoever cancels: nobody else may use the connection meanwhile."""
        task = asyncio.create_task(work)
        try:
            return await asyncio.shield(task)
        finally:
            while not task.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([task])
            self._breathed = time.perf_counter()

    async def _breathe(self) -> None:
        if time.perf_counter() - self._breathed >= BREATH:
            await asyncio.sleep(0)
            self._breathed = time.perf_counter()


class SqliteTx(Course):
    """`Tx` on one aiosqlite connection."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    async def rows(self, statement: Executable, values: Values = NOTHING, /) -> list[Row]:
        if self.trouble is not None:
            self.refuse(statement)
        text = compiled(statement)
        try:
            return cast("list[Row]", await self._connection.execute_fetchall(text, dict(values)))
        except sqlcipher.Error as error:
            raise self.failed(translate(error)) from error

    async def row(self, statement: Executable, values: Values = NOTHING, /) -> Row | None:
        found = await self.rows(statement, values)
        return found[0] if found else None

    async def run(self, statement: Executable, values: Values = NOTHING, /) -> int:
        if self.trouble is not None:
            self.refuse(statement)
        text = compiled(statement)
        try:
            cursor = await self._connection.execute(text, dict(values))
        except sqlcipher.Error as error:
            raise self.failed(translate(error)) from error
        return int(cursor.rowcount)

    async def run_many(self, statement: Executable, values: Iterable[Values], /) -> None:
        if self.trouble is not None:
            self.refuse(statement)
        text = compiled(statement)
        try:
            await self._connection.executemany(text, values)
        except sqlcipher.Error as error:
            raise self.failed(translate(error)) from error


class SqliteDatabase:
    """`Database` on one file."""

    def __init__(self, writer: Connection, reader: Connection, patience: float) -> None:
        self._writer, self._reader, self._patience = writer, reader, patience
        self._write_lock, self._read_lock = asyncio.Lock(), asyncio.Lock()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._closed = False

    @classmethod
    async def open(cls, path: Path, key: bytes, *, busy_ms: int = 5000) -> SqliteDatabase:
        """Raises `Damaged` for a wrong key or a torn file, `Unavailable` where it cannot be opened."""
        opened: list[Connection] = []
        try:
            for _ in range(2):
                connection = Connection(lambda: connect(path, key, busy_ms=busy_ms), iter_chunk_size=64)
                connection._thread.daemon = True  # noqa: SLF001 - a forgotten thread must not hold the process at exit
                await connection
                opened.append(connection)
            await opened[0].execute("PRAGMA busy_timeout = 0")
            await opened[1].execute("PRAGMA query_only = ON")
        except BaseException:
            for connection in opened:
                await connection.close()
            raise
        writer, reader = opened
        return cls(writer, reader, busy_ms / 1000)

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        self._usable(nested=_WRITING.get())
        task = asyncio.create_task(self._write(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def _write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        _WRITING.set(True)
        async with self._write_lock, _undone(self._writer) as tx:
            await self._writer.begin_write(self._patience)
            done = await work(tx)
            tx.complete()
            await self._writer.commit()
            return done

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        self._usable(nested=_READING.get())
        mark = _READING.set(True)
        try:
            async with self._read_lock, _undone(self._reader) as tx:
                await self._reader.execute("BEGIN")
                found = await work(tx)
                tx.complete()
                await self._reader.commit()
                return found
        finally:
            _READING.reset(mark)

    async def close(self) -> None:
        self._closed = True
        while self._under_way:
            await asyncio.wait(self._under_way)
        async with self._read_lock:
            await self._reader.close()
        await self._writer.close()

    def _usable(self, *, nested: bool) -> None:
        if nested:
            raise NestedWrite("a transaction inside another: pass the tx on")
        if self._closed:
            raise Unavailable("it is closed")


@asynccontextmanager
async def _undone(connection: Connection) -> AsyncIterator[SqliteTx]:
    """Whatever happens, a cancellation at any await too, the connection is free of a transaction afterwards."""
    tx = SqliteTx(connection)
    try:
        yield tx
    except BaseException as error:
        await connection.rollback()
        if isinstance(error, sqlcipher.Error):
            raise translate(error) from error
        raise
    finally:
        tx.over()
