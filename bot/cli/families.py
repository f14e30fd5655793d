"""`families import`: many at once, from a CSV. All rows or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import saying, session
from bot.wellformed import LANGUAGES

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.domain.importing import Made, Stored
    from bot.domain.importing_cells import Entry
    from bot.storage.database import Database

app = typer.Typer(no_args_is_help=True, help="Families: import.", rich_markup_mode=None)


@app.callback()
def _families() -> None:
    pass


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="UTF-8, comma or semicolon; see the README.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON value on standard output.")] = False,
) -> None:
    """Add families from a CSV, with a link for each caregiver."""
    settings = session.settings()
    from bot.cli import telegram  # noqa: PLC0415 - start-up stays light
    from bot.domain import inviting  # noqa: PLC0415

    data = file.read_bytes()

    async def work(db: Database) -> list[dict[str, Any]]:
        made = await _import(db, data, settings)
        username = await telegram.username(settings)
        return [_shown(one, inviting.link(username, one.code)) for one in made]

    made = session.with_database(settings, work)
    if as_json:
        saying.value(made)
        return
    for one in made:
        typer.echo(f"{one['child']}\t{one['caregiver']}\t{one['link'] or '/start ' + one['code']}")


async def _import(db: Database, data: bytes, settings: Settings) -> list[Made]:
    """Judged against what is stored outside the lock; judged again should that have changed meanwhile."""
    from bot.domain import importing  # noqa: PLC0415 - start-up stays light

    now = settings.clock().now_ms()
    while True:
        known = await db.read(lambda tx: importing.stored(tx, now))
        entries = _judged(data, settings, known)
        families, codes = importing.plan(entries, known)[0], importing.codes(len(entries))
        try:
            return await db.write(lambda tx: importing.store(tx, families, codes, known, now))  # noqa: B023 - awaited here
        except importing.Moved:
            continue


def _judged(data: bytes, settings: Settings, known: Stored) -> list[Entry]:
    """Every row, or a line for each cell that is wrong."""
    from rich.console import Console  # noqa: PLC0415 - start-up stays light
    from rich.progress import Progress  # noqa: PLC0415

    from bot.domain import importing, importing_cells  # noqa: PLC0415

    defaults = importing_cells.Defaults(
        settings.default_language,
        settings.default_timezone,
        LANGUAGES,
        known.therapists,
        settings.clock().now().date(),
    )
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=data.count(b"\n") + 1)
        entries, wrong = importing_cells.read(data, defaults, lambda line: bar.update(task, completed=line))
    wrong += importing.plan(entries, known)[1]
    if wrong:
        raise saying.Failed(*(str(one) for one in sorted(wrong)))
    return entries


def _shown(one: Made, link: str | None) -> dict[str, Any]:
    return {
        "line": one.line,
        "child_id": one.child_id,
        "child": one.child,
        "caregiver_id": one.caregiver_id,
        "caregiver": one.caregiver,
        "code": one.code,
        "link": link,
    }
