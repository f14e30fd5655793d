"""One poller for one database. The lock dies with its process, however that dies."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot import log
from bot.storage.database import DatabaseError
from bot.storage.urls import is_sqlite, sqlite_path

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_log = log.get(__name__)

_TAKE = sa.select(sa.func.pg_try_advisory_lock(0x484F4D45))  # "HOME"
_EVERY = 2.0  # seconds between two looks whether the server still knows of us

Keep = Callable[[asyncio.Event], Coroutine[Any, Any, None]]


class AlreadyRunning(RuntimeError):
    """Another process works with this database."""


class InUse(RuntimeError):
    """Another command works with this database."""


_TAKEN = "another process already polls for this database"


@asynccontextmanager
async def poller_lock(url: str) -> AsyncIterator[Keep]:
    """Hold the database for this process. Raises `AlreadyRunning` at once where another one does.

    What is yielded has to run beside the program: it takes the lock again where the server let go of it, and raises
    `AlreadyRunning` where another process was faster.
    """
    if is_sqlite(url):
        with _file(sqlite_path(url)):
            yield nothing_to_keep
        return
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - only where PostgreSQL is used

    from bot.storage.postgres import address  # noqa: PLC0415

    engine = create_async_engine(address(url), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    held = _Held(engine)
    try:
        await held.take()
        yield held.keep
    finally:
        await held.let_go()
        await engine.dispose()


@contextmanager
def beside(url: str) -> Iterator[None]:
    """For a command that works with the data, beside a bot and other commands. Raises `InUse` where one needs all."""
    with _commands(url, fcntl.LOCK_SH, "a restore or a rotation of the key is under way; try again when it is done"):
        yield


@contextmanager
def only(url: str) -> Iterator[None]:
    """For what puts another file in the database's place: no bot, no other command.

    Raises `AlreadyRunning`, `InUse`.
    """
    with (
        alone(url),
        _commands(url, fcntl.LOCK_EX, "another command works with the database; try again when it is done"),
    ):
        yield


@contextmanager
def _commands(url: str, how: int, otherwise: str) -> Iterator[None]:
    """A server sees to its clients by itself, and nothing takes its place."""
    if not is_sqlite(url):
        yield
        return
    handle = _opened(sqlite_path(url), "commands")
    try:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(otherwise) from error
        yield
    finally:
        os.close(handle)


def running(url: str) -> bool:
    """Whether a bot runs on this database now. Who is not to be disturbed by one that starts asks for `alone`."""
    try:
        with alone(url):
            return False
    except AlreadyRunning:
        return True


@contextmanager
def alone(url: str) -> Iterator[None]:
    """For what must not have a bot beside it, nor one that starts meanwhile. Raises `AlreadyRunning`."""
    if is_sqlite(url):
        with _file(sqlite_path(url)):
            yield
        return
    from bot.storage.postgres import address, translate  # noqa: PLC0415

    engine = sa.create_engine(address(url), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    try:
        try:
            connection = engine.connect()
        except sa.exc.SQLAlchemyError as error:
            raise translate(error) from error
        with connection:
            if not connection.execute(_TAKE).scalar_one():
                raise AlreadyRunning(_TAKEN)
            yield
    finally:
        engine.dispose()


@contextmanager
def _file(database: Path) -> Iterator[None]:
    handle = _opened(database, "lock")
    try:
        _flock(handle)
        yield
    finally:
        os.close(handle)


def _opened(database: Path, kind: str) -> int:
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.open(f"{database}.{kind}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _flock(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AlreadyRunning(_TAKEN) from error


async def nothing_to_keep(stop: asyncio.Event) -> None:
    """The system holds a file's lock as long as the process lives."""
    await stop.wait()


class _Held:
    """An advisory lock of PostgreSQL: it belongs to a connection, and goes with it when the server restarts."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None

    async def take(self) -> None:
        from bot.storage.postgres import translate  # noqa: PLC0415

        try:
            self._connection = await self._engine.connect()
            taken = (await self._connection.execute(_TAKE)).scalar_one()
        except sa.exc.SQLAlchemyError as error:
            raise translate(error) from error
        if not taken:
            raise AlreadyRunning(_TAKEN)

    async def let_go(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def keep(self, stop: asyncio.Event) -> None:
        while not await _set_within(stop, _EVERY):
            await self.look()

    async def look(self) -> None:
        """Does the server still know of us? If not, take the lock anew. Raises `AlreadyRunning`."""
        if await self._known():
            return
        try:
            await self.let_go()
            await self.take()
        except (DatabaseError, sa.exc.SQLAlchemyError) as error:
            _log.warning("database_lock_lost", error=type(error).__name__)
        else:
            _log.info("database_lock_taken_again")

    async def _known(self) -> bool:
        if self._connection is None:
            return False
        try:
            await self._connection.execute(sa.select(1))
        except sa.exc.SQLAlchemyError:
            return False
        return True


async def _set_within(stop: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return False
    return True
