"""`replay-dead`: what could not be handled is handled again, once the fault is mended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import saying, session
from bot.config import Settings

if TYPE_CHECKING:
    from bot.app import Homenotes
    from bot.storage.database import Database


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("replay-dead")(replay_dead)


def replay_dead(
    wanted: Annotated[
        int | None,
        typer.Option("--id", metavar="N", min=0, max=2**63 - 1, help="One: its number here, or its update_id."),
    ] = None,
) -> None:
    """Handle again what could not be handled, oldest first."""
    settings = session.settings()

    async def work(db: Database) -> tuple[int, list[str]]:
        from bot.domain import replaying  # noqa: PLC0415 - start-up stays light

        ids = await db.read(lambda tx: replaying.waiting(tx, wanted))
        if not ids:
            if wanted is not None:
                raise saying.Failed(f"replay-dead: there is no dead update {wanted}")
            return 0, []
        return await _replay(settings, db, ids)

    worked, failed = session.with_database(settings, work)
    typer.echo(f"replayed {worked} of {worked + len(failed)}")
    if failed:
        raise saying.Failed(*failed)


async def _replay(settings: Settings, db: Database, ids: list[int]) -> tuple[int, list[str]]:
    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 - start-up stays light

    from bot import app  # noqa: PLC0415

    try:
        async with app.beside(settings, db) as program:
            return await _all(settings, program, ids)
    except InvalidToken:
        raise saying.Failed("Telegram refuses TELEGRAM_BOT_TOKEN (401)") from None
    except TelegramError as error:
        raise saying.Failed(
            f"replay-dead: Telegram does not tell the bot's name ({type(error).__name__}); try again later"
        ) from None


async def _all(settings: Settings, program: Homenotes, ids: list[int]) -> tuple[int, list[str]]:
    """How many worked, and a line for each that failed again."""
    from bot.domain import replaying  # noqa: PLC0415 - start-up stays light
    from bot.receiving.dispatch import where  # noqa: PLC0415
    from bot.storage.database import Unavailable  # noqa: PLC0415
    from bot.storage.seal import Seal  # noqa: PLC0415

    seals = [Seal(key) for key in (settings.key(), *settings.older_keys())]
    again, now = program.dispatch.again, program.house.clock.now_ms
    worked, failed = 0, []
    for dead in ids:
        try:
            one = partial(replaying.one, dead=dead, seals=seals, again=again, now=now())
            worked += await program.db.write(one)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it costs only its own update
            failed.append(f"replay-dead: update {dead} stays: {type(error).__name__} at {where(error)}")
    return worked, failed
