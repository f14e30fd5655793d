"""`hold add|release|list`: of whom nothing may be erased, because the law says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import saying, session

if TYPE_CHECKING:
    from bot.storage.database import Database

app = typer.Typer(no_args_is_help=True, help="Legal holds: nothing of that child is erased.", rich_markup_mode=None)
Child = Annotated[int, typer.Option("--child", metavar="ID", min=1, max=2**63 - 1, help="As `export` shows it.")]


@app.command()
def add(
    child: Child, reason: Annotated[str, typer.Option(metavar="TEXT", help="Who asked for it, and why; for the file.")]
) -> None:
    """Put a child under a hold: no tap, no command and no retention erases anything of it."""
    if not reason.strip():
        raise typer.BadParameter("--reason is empty")
    settings = session.settings()
    from bot.domain import holds  # noqa: PLC0415 - start-up stays light

    async def work(db: Database) -> bool:
        return await db.write(lambda tx: holds.add(tx, child, reason.strip(), settings.clock().now_ms()))

    if not session.with_database(settings, work):
        raise saying.Failed(f"hold add: there is no child {child}, or it is under a hold already")
    typer.echo(f"child {child} is under a hold")


@app.command()
def release(child: Child) -> None:
    """Take the hold away; what would have gone meanwhile goes in its time."""
    settings = session.settings()
    from bot.domain import holds  # noqa: PLC0415 - start-up stays light

    async def work(db: Database) -> bool:
        return await db.write(lambda tx: holds.end(tx, child, settings.clock().now_ms()))

    if not session.with_database(settings, work):
        raise saying.Failed(f"hold release: child {child} is under no hold")
    typer.echo(f"child {child} is under no hold any more")


@app.command(name="list")
def show(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """List the holds, those that ended too."""
    settings = session.settings()
    from bot.domain import holds  # noqa: PLC0415 - start-up stays light
    from bot.domain.iso import iso, maybe_iso  # noqa: PLC0415

    async def work(db: Database) -> list[dict[str, Any]]:
        rows = await db.read(holds.listed)
        return [
            {
                "child": row["child_id"],
                "reason": row["reason"],
                "from": iso(row["from_at"]),
                "until": maybe_iso(row["until_at"]),
            }
            for row in rows
        ]

    found = session.with_database(settings, work)
    if as_json:
        saying.value(found)
        return
    for one in found:
        until = f"until {one['until']}" if one["until"] else "still held"
        typer.echo(f"child {one['child']}  from {one['from']}  {until}  {one['reason']}")
