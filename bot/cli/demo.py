"""`demo`: the real bot on a Telegram of its own, to play with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PORT = 8800


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served; 0 takes any.")] = PORT,
    story: Annotated[bool, typer.Option("--story", help="Tell two weeks of two families in the terminal.")] = False,
    weeks: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write what six weeks of three families come to.")
    ] = None,
) -> int:
    """Play with the real bot on a Telegram of its own: no token, no account."""
    if weeks is not None:
        from bot.demo import weeks as six  # noqa: PLC0415 - start-up stays light

        return six.run(weeks, typer.echo)
    if story:
        from bot.demo import telling  # noqa: PLC0415 - start-up stays light

        return telling.run(typer.echo)
    from bot.demo import serving  # noqa: PLC0415

    return serving.run(port, typer.echo)
