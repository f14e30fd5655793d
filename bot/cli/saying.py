"""What commands say: results on standard output, everything else on standard error, an error in one line."""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import typer

DONE, FAILED, WRONG_WORDS, WRONG_SETTINGS = 0, 1, 2, 78
HOUSE = Path(__file__).parents[1]

# By name, so that saying an error loads nothing. The first that fits: the error's own class, then its parents.
HINTS = {
    "bot.storage.database.Damaged": "the database cannot be read (wrong ENCRYPTION_KEY, or a damaged file)",
    "bot.storage.opening.NewerSchema": "",
    "bot.storage.opening.OlderSchema": "",
    "bot.storage.database.Unavailable": "the database is not available",
    "bot.storage.database.DatabaseError": "the database refused",
    "bot.receiving.polling.TokenRefused": "Telegram refuses TELEGRAM_BOT_TOKEN (401)",
    "bot.delivering.dispatcher.Unauthorized": "Telegram refuses TELEGRAM_BOT_TOKEN (401)",
}


class Failed(Exception):
    """A command could not do it; ``lines`` say why."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))


def value(result: Any) -> None:
    """One JSON value on standard output."""
    typer.echo(json.dumps(result, ensure_ascii=False))


def line(text: str, code: int) -> int:
    typer.echo(text, err=True)
    return code


def failure(error: Exception) -> int:
    """Say an error; returns the exit code."""
    kind = f"{type(error).__module__}.{type(error).__name__}"
    if kind in {"bot.config.WrongSettings", "bot.keyfile.KeyLost"}:
        return line(str(error), WRONG_SETTINGS)
    if isinstance(error, ModuleNotFoundError) and (error.name or "").startswith("psycopg"):
        return line("DATABASE_URL: PostgreSQL needs the extra: homenotes[postgresql]", WRONG_SETTINGS)
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left must not fail again at exit
        return FAILED
    shown = getattr(error, "show", None)
    if shown is not None:  # typer's own: wrong words, with the usage
        shown()
        return int(getattr(error, "exit_code", WRONG_WORDS))
    if type(error).__name__ == "Abort":
        return line("stopped", FAILED)
    return line(_words(error), FAILED)


def _words(error: Exception) -> str:
    hint = next((HINTS[k] for c in type(error).__mro__ if (k := f"{c.__module__}.{c.__name__}") in HINTS), "")
    if isinstance(error, Failed):
        return str(error)
    if hint:
        return " ".join(f"{hint}: {error}".split()).removesuffix(":")
    if type(error).__module__.startswith("bot."):
        return " ".join((str(error) or (type(error).__doc__ or "").partition("\n")[0] or type(error).__name__).split())
    if isinstance(error, OSError):
        return f"{error.filename or 'system'}: {error.strerror or type(error).__name__}"
    return f"unexpected {type(error).__name__} at {_where(error)}; LOG_LEVEL=debug shows more"


def _where(error: Exception) -> str:
    """The last place in the house that the error passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if HOUSE in Path(f.filename).parents] or frames[-1:]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "start"
