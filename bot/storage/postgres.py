"""PostgreSQL through SQLAlchemy's asyncio layer and psycopg: for a clinic that outgrew one machine.

One writer at a time, as on SQLite: what a transaction has read stays true until it commits, and no code above has to
know which engine it runs on. In this process a lock sees to it, between processes an advisory lock of the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql import Executable

from bot.storage import sealing
from bot.storage.database import (
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
from bot.storage.seal import NotOpened

READERS = 4
ALONE = sa.select(sa.func.pg_advisory_xact_lock(0x57524954))  # "WRIT": who holds it is the only one that writes

_WRITING: ContextVar[bool] = ContextVar("writing", default=False)
_READING: ContextVar[bool] = ContextVar("reading", default=False)

# SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_PASSING = {"25006", "25P03"}  # a read-only server, a transaction that stood idle; the others are OperationalError
_BROKEN = {"XX001", "XX002"}  # data corrupted, index corrupted
_AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)  # the last: no connection in the pool
_SESSION = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
_DEFAULTS = {"connect_timeout": "10", "application_name": "homenotes", "options": _SESSION}


def translate(error: sa.exc.SQLAlchemyError) -> DatabaseError:
    """The only place that knows the driver's errors. Only the class is named: messages may quote values."""
    cause = getattr(error, "orig", None) or error
    name = type(cause).__name__
    state = getattr(cause, "sqlstate", None)
    if isinstance(error, sa.exc.IntegrityError):
        return Conflict(name)
    if state in _BROKEN:
        return Damaged(name)
    lost = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
    if lost or state in _PASSING or isinstance(error, _AWAY):
        return Unavailable(f"PostgreSQL answers {state} {name}" if state else f"PostgreSQL cannot be reached ({name})")
    return DatabaseError(name)


def address(url: str) -> sa.URL:
    """The URL with what every session of ours asks for; what it says itself stands."""
    given = sa.make_url(url)
    return given.update_query_dict({**_DEFAULTS, **given.query})


class PostgresTx(Course):
    """`Tx` on one SQLAlchemy connection."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__()
        self._connection = connection
        self._cipher: sealing.Cipher = cast("Any", connection.dialect).cipher

    async def rows(self, statement: Executable, values: Values = NOTHING, /) -> list[Row]:
        if sent := sealing.sending(statement):
            return [sent[1].without(row) for row in await self._sent(*sent, dict(values))]
        result = await self._execute(statement, dict(values))
        try:
            return cast("list[Row]", list(result.mappings()))
        except NotOpened as error:
            raise self.failed(Damaged(str(error))) from error

    async def row(self, statement: Executable, values: Values = NOTHING, /) -> Row | None:
        found = await self.rows(statement, values)
        return found[0] if found else None

    async def run(self, statement: Executable, values: Values = NOTHING, /) -> int:
        if sent := sealing.sending(statement):
            return len(await self._sent(*sent, dict(values)))
        return int((await self._execute(statement, dict(values))).rowcount)

    async def run_many(self, statement: Executable, values: Iterable[Values], /) -> None:
        rows = [dict(one) for one in values]
        if not rows:
            return
        if (sent := sealing.sending(statement)) is None:
            await self._execute(statement, rows)
        else:  # rows that are added answer all at once, changed ones each alone
            for some in [rows] if isinstance(statement, sa.Insert) else rows:
                await self._sent(*sent, some)

    async def _sent(self, statement: Executable, there: sealing.Sealed, values: Any) -> list[Row]:
        """Run it, and bind what it sealed to the rows that it went to."""
        found = cast("list[Row]", list((await self._execute(statement, values)).mappings()))
        if moved := there.changed(found, self._cipher.arrive):
            await self._execute(there.write, moved)
        return found

    async def _execute(self, statement: Executable, values: Any) -> sa.CursorResult[Any]:
        if self.trouble is not None:
            self.refuse(statement)
        try:
            return cast("sa.CursorResult[Any]", await self._connection.execute(statement, values))
        except sa.exc.SQLAlchemyError as error:
            raise self.failed(translate(error)) from error


class PostgresDatabase:
    """`Database` on a pool of connections: one to write, a few to read. Words of people are sealed with `key`."""

    def __init__(self, url: str, key: bytes) -> None:
        self._engine = create_async_engine(
            address(url), pool_size=READERS + 1, max_overflow=0, pool_pre_ping=True, hide_parameters=True
        )
        cast("Any", self._engine.dialect).cipher = sealing.Cipher(key)
        self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._write_lock, self._readers = asyncio.Lock(), asyncio.Semaphore(READERS)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        self._usable(nested=_WRITING.get())
        task = asyncio.create_task(self._write(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def _write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        _WRITING.set(True)
        async with self._write_lock, _transaction(self._engine) as tx:
            await tx.run(ALONE)
            return await work(tx)

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        self._usable(nested=_READING.get())
        mark = _READING.set(True)
        try:
            async with self._readers, _transaction(self._reader) as tx:
                return await work(tx)
        finally:
            _READING.reset(mark)

    async def close(self) -> None:
        self._closed = True
        while self._under_way:
            await asyncio.wait(self._under_way)
        for _ in range(READERS):
            await self._readers.acquire()
        await self._engine.dispose()

    def _usable(self, *, nested: bool) -> None:
        if nested:
            raise NestedWrite("a transaction inside another: pass the tx on")
        if self._closed:
            raise Unavailable("it is closed")


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[PostgresTx]:
    tx = None
    try:
        async with _connection(engine) as connection, connection.begin():
            tx = PostgresTx(connection)
            yield tx
            tx.complete()
    except sa.exc.SQLAlchemyError as error:
        raise translate(error) from error
    finally:
        if tx is not None:
            tx.over()


@asynccontextmanager
async def _connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One of the pool. Whoever is cancelled while it is being made waits for it: half made, it would stay open."""
    connecting = asyncio.create_task(engine.connect().start())
    try:
        connection = await asyncio.shield(connecting)
    except asyncio.CancelledError:
        await asyncio.wait([connecting])
        if connecting.exception() is None:
            await connecting.result().close()
        raise
    try:
        yield connection
    finally:
        await asyncio.shield(asyncio.create_task(connection.close()))
