"""`audit verify` and `audit show`: who did what, and whether the list of it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import saying, session

if TYPE_CHECKING:
    from bot.domain.auditing import Verified
    from bot.storage.database import Database

app = typer.Typer(help="Who saw, changed, exported, erased and was denied what: numbers without words.")
Id = Annotated[int | None, typer.Option(metavar="ID", min=1, max=2**63 - 1)]


@app.command()
def verify(
    known: Annotated[str, typer.Option(metavar="HASH", help="One that this command printed earlier.")] = "",
) -> None:
    """Find a changed, missing or added entry. Note the hash elsewhere: it proves the entries up to it."""
    settings = session.settings()
    from bot.domain import auditing  # noqa: PLC0415 - start-up stays light

    async def work(db: Database) -> Verified:
        return await db.read(lambda tx: auditing.verify(tx, known))

    found = session.with_database(settings, work)
    if found.wrong:
        raise saying.Failed(*(f"audit verify: {line}" for line in found.wrong))
    typer.echo(f"{found.entries} entries, none changed, missing or added; the newest: {found.newest}")


@app.command()
def show(
    child: Id = None,
    person: Id = None,
    last: Annotated[int, typer.Option(metavar="N", min=1, max=1_000_000, help="At most so many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show the newest entries: of a child, of a person (by them or about them), or all."""
    settings = session.settings()
    from bot.domain import auditing  # noqa: PLC0415 - start-up stays light
    from bot.domain.iso import iso  # noqa: PLC0415

    async def work(db: Database) -> list[dict[str, Any]]:
        rows = await db.read(lambda tx: auditing.listed(tx, child=child, person=person, most=last))
        return [{**row, "at": iso(row["at"])} for row in rows]

    rows = session.with_database(settings, work)
    if as_json:
        saying.value(rows)
        return
    for row in rows:
        who = " ".join(str(row[name]) for name in ("actor_kind", "actor_id") if row[name] is not None)
        about = "".join(
            f", {name} {row[f'{name}_id']}" for name in ("child", "person") if row[f"{name}_id"] is not None
        )
        typer.echo(f"{row['id']:>6}  {row['at']}  {who}: {row['kind']}{about}")
