"""The operator's own program for a file, as one that takes a backup to another place."""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

TIMEOUT = 540.0  # seconds; the next turn comes after 600
PASSED_ON = ("PATH", "HOME", "LANG", "TZ", "TMPDIR")  # of the environment: no token and no key is in these


async def run(words: Sequence[str], file: Path, seconds: float = TIMEOUT) -> str:
    """Run the command with the path as its last word; returns what went wrong, "" where nothing did.

    What it prints goes nowhere. After `seconds`, or where the program ends, it is killed with all that it started.
    """
    given = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        process = await asyncio.create_subprocess_exec(
            *words, str(file), env=given, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
        )
    except OSError as error:
        return error.strerror or type(error).__name__
    try:
        code = await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        return f"not done after {seconds:g} s"
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return f"exit {code}" if code else ""
