"""`erase`: a child and everything of it, or what one caregiver gave, for good."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.cli import saying, session
from bot.config import Settings

_MOST = 2**63 - 1


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(erase)


def erase(
    child: Annotated[int | None, typer.Option(metavar="ID", min=1, max=_MOST, help="As `export` shows it.")] = None,
    person: Annotated[int | None, typer.Option(metavar="ID", min=1, max=_MOST, help="One caregiver alone.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="It cannot be undone.")] = False,
) -> int:
    """Erase a child with everything that was said of them, and caregivers who are here for nobody else; or one
    caregiver's seat with what they gave.
    """
    if (child is None) == (person is None):
        raise typer.BadParameter("give one of --child ID, --person ID")
    named = f"caregiver {person}" if child is None else f"child {child}"
    if not yes:
        return saying.line(f"erase: {named} would be gone for good; add --yes", saying.WRONG_WORDS)
    settings = session.settings()
    from bot.domain import erasing  # noqa: PLC0415 - start-up stays light
    from bot.storage import erasures  # noqa: PLC0415
    from bot.storage.database import Database  # noqa: PLC0415

    listed = erasures.of(settings.database_url, settings.data_dir)
    clock = settings.clock()
    at = erasing.Moment(clock.machine_ms(), clock.now_ms())

    async def work(db: Database) -> int | None:
        if child is not None:
            return await db.write(lambda tx: erasing.child(tx, child, listed, at))
        return 1 if await db.write(lambda tx: erasing.person(tx, person or 0, listed, at)) else None

    gone = session.with_database(settings, work)
    if gone is None:
        raise saying.Failed(f"erase: there is no {named}")
    others = f", and {gone} {'caregiver' if gone == 1 else 'caregivers'}" if person is None else ""
    typer.echo(f"{named} erased{others}")
    return saying.DONE


def again(settings: Settings) -> int:
    """Obey the list of the erased, should an older copy of the data have come back. Returns how many went."""
    from bot.domain import erasing, restoring  # noqa: PLC0415 - start-up stays light
    from bot.storage import erasures  # noqa: PLC0415
    from bot.storage.opening import open_database  # noqa: PLC0415

    listed = erasures.read(erasures.of(settings.database_url, settings.data_dir))
    if not listed:
        return 0
    clock = settings.clock()
    at = erasing.Moment(clock.machine_ms(), clock.now_ms())

    async def work() -> int:
        db = await open_database(settings.database_url, settings.key())
        try:
            erased, _withdrawn = await db.write(lambda tx: restoring.obey(tx, listed, at))
            return erased
        finally:
            await db.close()

    return asyncio.run(work())
