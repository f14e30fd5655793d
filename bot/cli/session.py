"""What commands need before they work: the settings, the log, the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot import config, log
from bot.cli import saying
from bot.config import Settings

if TYPE_CHECKING:
    from bot.storage.database import Database

T = TypeVar("T")


def settings() -> Settings:
    """The settings, with the log set up by them and the clock begun. Raises `WrongSettings`."""
    log.configure("info", "text")
    found = config.load()
    log.configure(found.log_level, found.log_format, found.secrets())
    found.clock()
    return found


def sqlite_file(found: Settings, otherwise: str) -> Path:
    """The database's file; on PostgreSQL the line `otherwise` says what to do."""
    from bot.storage import urls  # noqa: PLC0415 - start-up stays light

    if not urls.is_sqlite(found.database_url):
        raise saying.Failed(otherwise)
    return urls.sqlite_path(found.database_url)


def with_database(found: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    """Open the installation's database, beside a running bot too, do `work` and close it."""
    from bot.storage import lock  # noqa: PLC0415 - start-up stays light
    from bot.storage.opening import open_database  # noqa: PLC0415

    async def session() -> T:
        db = await open_database(found.database_url, found.key(), beside=True)
        try:
            return await work(db)
        finally:
            await db.close()

    with lock.beside(found.database_url):
        return asyncio.run(session())


@contextmanager
def only(found: Settings, command: str) -> Iterator[None]:
    """With no bot and no other command at the database, nor one that starts meanwhile."""
    from bot.storage import lock  # noqa: PLC0415 - start-up stays light

    try:
        with lock.only(found.database_url):
            yield
    except lock.AlreadyRunning:
        raise saying.Failed(f"{command}: the bot is running on this database; stop it first") from None
    except lock.InUse as error:
        raise saying.Failed(f"{command}: {error}") from None
