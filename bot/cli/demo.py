"""`demo`: the real bot on a Telegram of its own, to play with."""

from __future__ import annotations

from typing import Annotated

import typer

PORT = 8800


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served; 0 takes any.")] = PORT,
    story: Annotated[bool, typer.Option("--story", help="Tell two weeks of two families in the terminal.")] = False,
) -> int:
    """Play with the real bot on a Telegram of its own: no token, no account."""
    if story:
        from bot.demo import telling  # noqa: PLC0415 - start-up stays light

        return telling.run(typer.echo)
    from bot.demo import serving  # noqa: PLC0415

    return serving.run(port, typer.echo)
