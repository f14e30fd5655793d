"""`export`: what is kept, as JSON or CSV, to standard output or into a file that only its owner reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.cli import session

if TYPE_CHECKING:
    from bot.domain.exporting import Scope


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    everything: Annotated[bool, typer.Option("--all", help="Every child.")] = False,
    therapist: Annotated[int | None, typer.Option(metavar="ID", help="A therapist's children.")] = None,
    child: Annotated[int | None, typer.Option(metavar="ID", help="One child.")] = None,
    format: Annotated[Format, typer.Option(help="json or csv.")] = Format.JSON,  # noqa: A002 - the option's name
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """Write out what is kept of families."""
    if [everything, therapist is not None, child is not None].count(True) != 1:
        raise typer.BadParameter("give one of --all, --therapist ID, --child ID")
    settings = session.settings()
    from bot.domain import exporting, exporting_csv  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database, Tx  # noqa: PLC0415

    pieces = exporting.as_json if format is Format.JSON else exporting_csv.as_csv
    scope = _scope(therapist, child)
    now = settings.clock().now_ms()

    with _opened(output) as file:

        async def copy(tx: Tx) -> None:
            async for piece in pieces(tx, scope, now):
                file.write(piece)

        async def work(db: Database) -> None:
            await db.read(copy)

        session.with_database(settings, work)


def _scope(therapist: int | None, child: int | None) -> Scope:
    from bot.domain import exporting  # noqa: PLC0415 - start-up stays light

    if therapist is not None:
        return exporting.Therapist(therapist)
    return exporting.All() if child is None else exporting.Child(child)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    """UTF-8 everywhere. A file appears complete or not at all, with mode 0600."""
    if path is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        sys.stdout.flush()
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", -1, "utf-8", newline=""
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
