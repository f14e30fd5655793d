"""`backup`: a copy of the encrypted database, made while the bot runs too."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import saying, session
from bot.config import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(backup)


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; must not be there yet.")]) -> None:
    """Copy the database into FILE, encrypted with its key."""
    settings = session.settings()
    database = session.sqlite_file(settings, "backup: PostgreSQL is copied with its own pg_dump")
    from bot.storage import backup as copies  # noqa: PLC0415 - start-up stays light

    if not database.exists():
        raise saying.Failed(f"backup: there is no database yet: {database}")
    copies.make(database, settings.key(), file)
    typer.echo(f"{file}: {file.stat().st_size} bytes, whole and readable with this installation's key")
    _note(settings)


def _note(settings: Settings) -> None:
    """The copy comes first: an entry that cannot be written, on a disk that is full, must not cost it."""
    from bot.domain import auditing  # noqa: PLC0415 - start-up stays light
    from bot.storage import opening  # noqa: PLC0415
    from bot.storage.database import Database  # noqa: PLC0415
    from bot.storage.schema import HEAD  # noqa: PLC0415

    if opening.schema_version(settings.database_url, settings.key()) != HEAD:
        saying.line("the schema is not this program's: that backup does not stand in the audit", saying.DONE)
        return

    async def work(db: Database) -> None:
        now = settings.clock().now_ms()
        await db.write(lambda tx: auditing.note(tx, auditing.CLINIC, auditing.What.COPIED, now))

    session.with_database(settings, work)
