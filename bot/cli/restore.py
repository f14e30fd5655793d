"""`restore`: a backup takes the database's place, without those who were erased since."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import saying, session
from bot.config import Settings

if TYPE_CHECKING:
    from bot.domain.carrying_over import Decided
    from bot.domain.restoring import Restored
    from bot.storage.erasures import Erased


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(restore)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As `backup` wrote it.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put a database aside that holds data.")] = False,
) -> None:
    """Bring a backup back; the bot must be stopped."""
    settings = session.settings()
    database = session.sqlite_file(settings, "restore: PostgreSQL is restored with its own pg_restore, then `migrate`")
    if not settings.encryption_key and not settings.key_file().exists():
        raise saying.Failed(
            f"restore: the key of that backup is not here: set ENCRYPTION_KEY, or put it into {settings.key_file()}"
        )
    with session.only(settings, "restore"):
        _restore(settings, database, file, replace=replace)


def _restore(settings: Settings, database: Path, file: Path, *, replace: bool) -> None:
    from bot.storage import erasures, opening, rekey, restoring  # noqa: PLC0415 - start-up stays light
    from bot.storage.urls import SQLITE  # noqa: PLC0415

    key, listed_in = settings.key(), erasures.of(settings.database_url, settings.data_dir)
    fits = _key_of(file, [key, *settings.older_keys()])
    if not replace:
        restoring.refuse_if_occupied(database, key)
    listed = [*erasures.read(listed_in), *erasures.read(file.parent / listed_in.name)]
    try:
        draft = restoring.copy_beside(file, database)
        if fits != key:
            rekey.encrypt(draft, fits, key)
        url = f"{SQLITE}{draft}"
        opening.migrate(url, key, keep_old=False)
        there = database.exists() and database.stat().st_size > 0
        decided = asyncio.run(_decided(settings, url, key)) if there else None
        found = asyncio.run(_settle(settings, url, key, listed, decided))
        restoring.prove(draft, key)
        erasures.add(listed_in, listed, settings.clock().now_ms())
        was_there = restoring.put_in_place(draft, database, key)
    finally:
        restoring.clear(database)
    _say(file, found, restoring.replaced_of(database) if was_there else None, known=decided is not None)


def _key_of(file: Path, keys: list[bytes]) -> bytes:
    """The first key that opens it. Raises `NotABackup` with what the newest says."""
    from bot.storage import backup  # noqa: PLC0415 - start-up stays light

    for key in keys:
        try:
            backup.examine(file, key)
        except backup.AnotherKey:
            continue
        return key
    backup.examine(file, keys[0])
    raise AssertionError("unreachable")


async def _decided(settings: Settings, draft: str, key: bytes) -> Decided | None:
    """What the database says that is to be put aside; None where nobody can read it."""
    from bot.domain import auditing, carrying_over  # noqa: PLC0415 - start-up stays light
    from bot.storage.backup import NoCopy  # noqa: PLC0415
    from bot.storage.database import DatabaseError  # noqa: PLC0415
    from bot.storage.opening import open_database  # noqa: PLC0415

    older = await open_database(draft, key)
    try:
        since = await older.read(auditing.newest)
    finally:
        await older.close()
    try:
        db = await open_database(settings.database_url, key, beside=True)
    except (DatabaseError, NoCopy):
        return None
    try:
        return await db.read(lambda tx: carrying_over.read(tx, since))
    finally:
        await db.close()


async def _settle(settings: Settings, url: str, key: bytes, listed: list[Erased], decided: Decided | None) -> Restored:
    from bot.domain import erasing, restoring  # noqa: PLC0415 - start-up stays light
    from bot.storage.opening import open_database  # noqa: PLC0415

    clock = settings.clock()
    at = erasing.Moment(clock.machine_ms(), clock.now_ms())
    db = await open_database(url, key)
    try:
        return await db.write(lambda tx: restoring.settle(tx, listed, at, decided))
    finally:
        await db.close()


def _say(file: Path, found: Restored, aside: Path | None, *, known: bool) -> None:
    families = "1 family" if found.families == 1 else f"{found.families} families"
    typer.echo(f"restored {file}: {families}, {found.erased} erased since and left out")
    if found.withdrawn:
        typer.echo(f"taken back since, and so here too: {found.withdrawn}")
    if found.decided:
        typer.echo(f"put out, suspended, cut short or held since, and so here too: {found.decided}")
    if found.audited is None:
        typer.echo("what the audit said since does not follow that of the backup: it stands in what was there before")
    elif found.audited:
        typer.echo(f"written into the audit since, and so here too: {found.audited}")
    if not known:
        typer.echo("who was put out, suspended or held since that backup is not known here: see to it before you start")
    if aside is not None:
        typer.echo(f"what was there before is {aside}; remove it when it is not needed any more")
