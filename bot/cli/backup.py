"""`backup`: a copy of the encrypted database, made while the bot runs too."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import saying, session


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
