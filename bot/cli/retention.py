"""`retention`: what would go in time, and letting it go now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import saying, session

if TYPE_CHECKING:
    from bot.domain.retention import Line
    from bot.storage.database import Database, Tx

_SAYS = {
    "handled": "known updates (numbers without words)",
    "outbox": "messages that were sent (without their words)",
    "jobs": "wishes that were carried out (as RETENTION_OUTBOX_DAYS)",
    "dead": "updates that could not be handled (sealed)",
    "moments": "moments of plans that have passed",
    "flags": "flags that play no part any more",
    "drafts": "messages of therapists that were not sent",
    "notices": "notices to therapists that were shown",
    "voice": "voice notes and sound files",
    "photos": "photos, films and files",
    "care": "children whose care has ended, with everything of them",
}

_SET = frozenset({"handled", "outbox", "dead", "voice", "photos", "care"})  # each by a setting of its own


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(retention)


def retention(
    run: Annotated[bool, typer.Option("--run", help="Let it go now; `run` does it every hour.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say what would go today, kind by kind, and which children wait for a human; nothing goes without --run."""
    settings = session.settings()
    from bot.domain import retention as domain  # noqa: PLC0415 - start-up stays light
    from bot.domain.erasing import Moment  # noqa: PLC0415
    from bot.storage import erasures  # noqa: PLC0415

    keep, clock = settings.retention(), settings.clock()
    listed = erasures.of(settings.database_url, settings.data_dir)
    at = Moment(clock.machine_ms(), clock.now_ms())

    async def gone(tx: Tx) -> list[Line]:
        lines = await domain.plan(tx, keep, at)
        await domain.apply(tx, keep, listed, at)
        return lines

    async def work(db: Database) -> list[Line]:
        return await (db.write(gone) if run else db.read(lambda tx: domain.plan(tx, keep, at)))

    lines = session.with_database(settings, work)
    if as_json:
        counted = {"run": run, "kinds": {one.kind: {"days": one.days, "count": one.count} for one in lines}}
        saying.value(counted | {"waiting": [child for one in lines for child in one.waiting]})
        return
    for one in lines:
        kept = f"kept {one.days} days" if one.days else "kept until erased"
        setting = f"RETENTION_{one.kind.upper()}_DAYS: " if one.kind in _SET else ""
        typer.echo(f"{one.count:>8}  {_SAYS[one.kind]}; {setting}{kept}")
        for child in one.waiting:
            typer.echo(f"          child {child} waits for you: a safety record or a hold; see `erase` and `hold`")
    typer.echo("gone" if run else "nothing was changed; --run lets it go now", err=True)
