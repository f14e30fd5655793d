"""`export`: what is kept, as JSON, CSV or FHIR, to standard output or into a file that only its owner reads."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.cli import session

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.domain.exporting import Scope
    from bot.storage.database import Tx

    Pieces = Callable[[Tx, Scope, int], AsyncIterator[str]]


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"
    FHIR = "fhir"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    everything: Annotated[bool, typer.Option("--all", help="Every child.")] = False,
    therapist: Annotated[int | None, typer.Option(metavar="ID", help="A therapist's children.")] = None,
    child: Annotated[int | None, typer.Option(metavar="ID", help="One child.")] = None,
    person: Annotated[int | None, typer.Option(metavar="ID", help="One caregiver's own entries.")] = None,
    research: Annotated[
        bool, typer.Option("--research", help="Those who agreed to it, without names and words.")
    ] = False,
    format: Annotated[Format, typer.Option(help="json, csv or fhir (R4B).")] = Format.JSON,  # noqa: A002 - the option's name
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """Write out what is kept of families."""
    if [everything, therapist is not None, child is not None, person is not None, research].count(True) != 1:
        raise typer.BadParameter("give one of --all, --therapist ID, --child ID, --person ID, --research")
    if research and format is not Format.JSON:
        raise typer.BadParameter("--research is written as json alone")
    settings = session.settings()
    from bot.domain import auditing  # noqa: PLC0415 - start-up stays light
    from bot.domain.auditing import What  # noqa: PLC0415
    from bot.storage.database import Database  # noqa: PLC0415

    pieces = _for_research() if research else _pieces(format, settings)
    scope = _scope(therapist, child, person)
    whose = therapist if person is None else person
    now = settings.clock().now_ms()

    with _opened(output) as file:

        async def work(db: Database) -> None:
            async def noted() -> None:
                by = auditing.CLINIC
                await db.write(lambda tx: auditing.note(tx, by, What.EXPORTED, now, child=child, person=whose))

            async def copy(tx: Tx) -> None:
                first = True
                async for piece in pieces(tx, scope, now):
                    if first:  # what is being handed out is on record before the first word of it
                        await noted()
                    first = False
                    file.write(piece)

            await db.read(copy)

        session.with_database(settings, work)


def _for_research() -> Pieces:
    from bot.domain import exporting_research  # noqa: PLC0415 - start-up stays light

    return exporting_research.as_json


def _pieces(wanted: Format, settings: Settings) -> Pieces:
    from bot.domain import exporting, exporting_csv, exporting_fhir  # noqa: PLC0415 - start-up stays light
    from bot.text.catalogue import Catalogue  # noqa: PLC0415
    from bot.text.screens import forms  # noqa: PLC0415

    match wanted:
        case Format.JSON:
            return exporting.as_json
        case Format.CSV:
            return exporting_csv.as_csv
        case Format.FHIR:
            installation = settings.telegram_bot_token.partition(":")[0]  # the bot's number, no secret
            words = partial(forms.words, Catalogue.load().voice(settings.default_language))
            return partial(exporting_fhir.as_fhir, of=installation, words=words)


def _scope(therapist: int | None, child: int | None, person: int | None) -> Scope:
    from bot.domain import exporting  # noqa: PLC0415 - start-up stays light

    if therapist is not None:
        return exporting.Therapist(therapist)
    if person is not None:
        return exporting.Caregiver(person)
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
