"""The command line, `python -m bot …`. Commands import what is heavy when they run, not when they are listed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cli import (
    audit,
    backup,
    demo,
    erase,
    exports,
    families,
    forms,
    holds,
    keys,
    oncall,
    replay,
    restore,
    retention,
    saying,
    serving,
    therapists,
)

app = typer.Typer(
    name="homenotes",
    help="Homenotes: notes from home, to the therapist.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(therapists.app, name="therapist")
app.add_typer(oncall.app, name="oncall")
app.add_typer(families.app, name="families")
app.add_typer(forms.app, name="templates")
app.add_typer(audit.app, name="audit")
app.add_typer(holds.app, name="hold")
serving.register(app)
demo.register(app)
exports.register(app)
backup.register(app)
erase.register(app)
restore.register(app)
retention.register(app)
keys.register(app)
replay.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - one command needs it

        typer.echo(f"homenotes {version('homenotes')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main(words: list[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 failed, 2 wrong words, 78 wrong settings."""
    try:
        return int(app(words if words is not None else sys.argv[1:], prog_name="homenotes", standalone_mode=False) or 0)
    except Exception as error:  # noqa: BLE001 - the one place where every error becomes a line
        return saying.failure(error)
    except KeyboardInterrupt:
        return saying.line("stopped", 1)
