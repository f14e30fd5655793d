"""The bot itself, and the health of the installation: `run`, `migrate`, `check`, `status`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot import keyfile, log, runtime
from bot.cli import erase, saying, session
from bot.config import Settings

_log = log.get(__name__)

Json = Annotated[bool, typer.Option("--json", help="One JSON value on standard output.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (run, migrate, check, status):
        app.command()(command)


def run() -> int:
    """Run the bot until SIGTERM or SIGINT."""
    settings = session.settings()
    for path in _open_keys(settings):
        _log.warning("key_open_to_others", file=str(path), advice=f"chmod 600 {path}")
    with runtime.loading():
        from bot import app  # noqa: PLC0415 - start-up stays light

    return app.run(settings)


def _open_keys(settings: Settings) -> list[Path]:
    """The files with keys, of those that are ours, that somebody else may read."""
    key = settings.key_file()
    return [path for path in (key, keyfile.former(key)) if keyfile.open_to_others(path)]


def migrate() -> None:
    """Bring the database to this program's schema."""
    settings = session.settings()
    from bot.storage import opening, urls  # noqa: PLC0415 - start-up stays light

    with session.only(settings, "migrate"):
        before, after = opening.migrate(settings.database_url, settings.key())
        erased = erase.again(settings)
    typer.echo(f"schema {after}" if before == after else f"schema {before or 'empty'} -> {after}")
    if before not in (None, after) and urls.is_sqlite(settings.database_url):
        typer.echo(f"what was there before is {opening.old_of(urls.sqlite_path(settings.database_url), before)}")
    if erased:
        typer.echo(f"{erased} erased before, and erased again")


def check() -> None:
    """Check settings, key, schema and database."""
    settings = session.settings()
    from bot.storage import opening  # noqa: PLC0415 - start-up stays light

    wrong = opening.check(settings.database_url, settings.key())
    if wrong:
        raise saying.Failed(*(f"check: {one}" for one in wrong))
    typer.echo("all in order: settings, key, schema, database")
    from bot.domain import crisis  # noqa: PLC0415

    if doubt := crisis.doubt(settings.country, settings.clock().now().date()):
        typer.echo(doubt)
    if not settings.encryption_key and keyfile.coming(settings.key_file()).exists():
        typer.echo(f"a rotation was interrupted: the key is {settings.key_in_use()}; run rotate-key to finish it")
    for path in _open_keys(settings):
        typer.echo(f"others on this machine may read {path}: chmod 600 {path}")


def status(as_json: Json = False) -> None:
    """What waits, what failed, and when Telegram was last heard."""
    settings = session.settings()
    from bot.storage import counts  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database  # noqa: PLC0415

    async def work(db: Database) -> dict[str, Any]:
        clock = settings.clock()
        return await db.read(lambda tx: counts.status(tx, clock.machine_ms(), clock.now_ms()))

    found = session.with_database(settings, work)
    if as_json:
        saying.value(found)
        return
    for name, value in found.items():
        shown = " ".join(f"{k}={v}" for k, v in value.items()) or "empty" if isinstance(value, dict) else value
        typer.echo(f"{name:18} {'never' if shown is None else shown}")
