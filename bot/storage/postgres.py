"""PostgreSQL through SQLAlchemy's asyncio layer and psycopg: for a clinic that outgrew one machine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.sql import Executable

from bot.storage.database import NOTHING, Conflict, DatabaseError, NestedWrite, Row, T, Tx, Unavailable, Values

_WRITING: ContextVar[bool] = ContextVar("writing", default=False)


def translate(error: sa.exc.DBAPIError) -> DatabaseError:
    """The only place that knows the driver's errors. Only the class is named: messages may quote values."""
    name = type(error.orig).__name__
    if isinstance(error, sa.exc.IntegrityError):
        return Conflict(name)
    if isinstance(error, (sa.exc.OperationalError, sa.exc.InterfaceError)) or error.connection_invalidated:
        return Unavailable(name)
    return DatabaseError(name)


class PostgresTx:
    """`Tx` on one SQLAlchemy connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rows(self, statement: Executable, values: Values = NOTHING, /) -> list[Row]:
        result = await self._execute(statement, dict(values))
        return cast("list[Row]", list(result.mappings()))

    async def row(self, statement: Executable, values: Values = NOTHING, /) -> Row | None:
        found = await self.rows(statement, values)
        return found[0] if found else None

    async def run(self, statement: Executable, values: Values = NOTHING, /) -> int:
        return int((await self._execute(statement, dict(values))).rowcount)

    async def run_many(self, statement: Executable, values: Iterable[Values], /) -> None:
        rows = [dict(one) for one in values]
        if rows:
            await self._execute(statement, rows)

    async def _execute(self, statement: Executable, values: Any) -> sa.CursorResult[Any]:
        try:
            return cast("sa.CursorResult[Any]", await self._connection.execute(statement, values))
        except sa.exc.DBAPIError as error:
            raise translate(error) from error


class PostgresDatabase:
    """`Database` on a pool of connections."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url, pool_size=4, max_overflow=4, pool_pre_ping=True)
        self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._under_way: set[asyncio.Task[Any]] = set()

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        if _WRITING.get():
            raise NestedWrite("a write inside a write: pass the tx on")
        task = asyncio.create_task(self._write(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def _write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        _WRITING.set(True)
        try:
            async with self._engine.begin() as connection:
                return await work(PostgresTx(connection))
        except sa.exc.DBAPIError as error:
            raise translate(error) from error

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        try:
            async with self._reader.connect() as connection, connection.begin():
                return await work(PostgresTx(connection))
        except sa.exc.DBAPIError as error:
            raise translate(error) from error

    async def close(self) -> None:
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._engine.dispose()
