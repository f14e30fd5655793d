"""`rotate-key`: another key for everything that is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot import keyfile
from bot.cli import saying, session
from bot.config import Settings

if TYPE_CHECKING:
    from bot.storage.database import Tx


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rotate-key")(rotate_key)


def rotate_key() -> None:
    """Make a new key and encrypt the database with it; the bot must be stopped."""
    settings = session.settings()
    path = settings.key_file()
    if settings.encryption_key:
        raise saying.Failed(
            f"rotate-key: the key comes from ENCRYPTION_KEY and cannot be changed there; write it into {path}"
            " (mode 0600), take ENCRYPTION_KEY away, rotate, and move the new key back"
        )
    with session.only(settings, "rotate-key"):
        if not _finished(settings, path):
            _rotate(settings, path)
    typer.echo(f"the key in {path} is new; keep a copy of it elsewhere")
    typer.echo(f"the key before is in {keyfile.former(path)}: restoring older backups needs it; remove it after them")


def _finished(settings: Settings, path: Path) -> bool:
    """A rotation that was interrupted comes to its end, or has left nothing."""
    new = keyfile.coming(path)
    if not new.exists():
        return False
    if settings.key_in_use() == new:
        keyfile.promote(path)
        return True
    new.unlink()
    return False


def _rotate(settings: Settings, path: Path) -> None:
    from bot.storage import opening  # noqa: PLC0415 - start-up stays light

    old = settings.key()
    opening.migrate(settings.database_url, old)
    coming = keyfile.coming(path)
    new = keyfile.make(coming)
    try:
        _encrypt(settings, old, new)
    except BaseException:
        if settings.key_in_use() == path:
            coming.unlink()
        raise
    keyfile.promote(path)


def _encrypt(settings: Settings, old: bytes, new: bytes) -> None:
    from bot.storage import rekey, restoring, urls  # noqa: PLC0415 - start-up stays light

    now = settings.clock().now_ms()
    if not urls.is_sqlite(settings.database_url):
        asyncio.run(_write(settings.database_url, old, now, lambda tx: rekey.reseal(tx, old, new)))
        return
    database = urls.sqlite_path(settings.database_url)
    try:
        draft = rekey.in_copy(database, old, new)
        asyncio.run(_write(f"{urls.SQLITE}{draft}", new, now))
        restoring.prove(draft, new)
        rekey.swap(draft, database, old)
    finally:
        restoring.clear(database)


async def _write(url: str, key: bytes, now: int, reseal: Callable[[Tx], Awaitable[None]] | None = None) -> None:
    """On record in what comes of it, so that the entry is there if the new key is; on a server with all it seals."""
    from bot.domain import auditing  # noqa: PLC0415 - start-up stays light
    from bot.storage.opening import open_database  # noqa: PLC0415

    async def work(tx: Tx) -> None:
        await auditing.note(tx, auditing.CLINIC, auditing.What.REKEYED, now)
        if reseal is not None:
            await reseal(tx)

    db = await open_database(url, key)
    try:
        await db.write(work)
    finally:
        await db.close()
