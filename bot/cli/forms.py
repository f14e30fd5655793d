"""`templates check|import|export`: a clinic's own check-ins as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import saying, session

if TYPE_CHECKING:
    from bot.domain.templates import Template
    from bot.storage.database import Database

app = typer.Typer(no_args_is_help=True, help="Check-in templates: check, import, export.", rich_markup_mode=None)
Files = Annotated[list[Path], typer.Argument(metavar="FILE.yaml…", help="Templates, one a file.")]


@app.command()
def check(files: Files) -> None:
    """Say what is wrong with files; nothing is stored."""
    for template in _read(files):
        typer.echo(f"{template.key}: {len(template.questions)} questions")


@app.command(name="import")
def import_(files: Files) -> None:
    """Use files as the clinic's own templates, or as the next version of what has their key. All or none."""
    found = _read(files)
    settings = session.settings()
    from bot.domain import forms  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Tx  # noqa: PLC0415
    from bot.text.catalogue import Catalogue  # noqa: PLC0415
    from bot.text.screens.wording import Wording  # noqa: PLC0415

    voice = Catalogue.load().voice(settings.default_language)

    async def take(tx: Tx) -> list[str]:
        now = settings.clock().now_ms()
        lines = []
        for one in found:
            words = Wording(voice, one)
            version = await forms.take(tx, one, words.own_title() or words.title(), now)
            lines.append(f"{one.key}: version {version}")
        return lines

    async def work(db: Database) -> list[str]:
        return await db.write(take)

    for line in session.with_database(settings, work):
        typer.echo(line)


@app.command()
def export(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Of the library, or of the clinic's own.")],
) -> None:
    """Write a template as a file to standard output."""
    from bot.domain import forms, templates  # noqa: PLC0415 - start-up stays light

    if key in templates.load():
        typer.echo(forms.written(templates.load()[key]), nl=False)
        return
    settings = session.settings()

    async def work(db: Database) -> Template | None:
        try:
            return await db.read(lambda tx: forms.newest(tx, key))
        except KeyError:
            return None

    found = session.with_database(settings, work)
    if found is None:
        raise saying.Failed(f"templates export: there is no template {key}")
    typer.echo(forms.written(found), nl=False)


def _read(files: list[Path]) -> list[Template]:
    """Every file, or a line for each that is wrong."""
    from bot.domain import forms  # noqa: PLC0415 - start-up stays light
    from bot.domain.templates import BrokenLibrary  # noqa: PLC0415

    found, wrong = [], []
    for file in files:
        try:
            found.append(forms.read(file.read_text(encoding="utf-8"), file.name))
        except (BrokenLibrary, UnicodeDecodeError) as error:
            wrong.append(str(error).replace("\n", " "))
    if wrong:
        raise saying.Failed(*wrong)
    return found
