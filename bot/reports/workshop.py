"""The process that draws: begun at the first wish, ended with the program, when idle, and after any failure.

It is asked over a pipe for one drawing after another. A crash or a time-out costs only the drawing that was asked for;
whoever wanted it has a job row, which comes back.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import struct
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
WITHIN = 60.0  # seconds for one drawing, the start of the process included
ENDS_WITHIN = 2.0
# What a process needs to run, and no secret of ours.
_ENVIRONMENT = (
    "PATH",
    "HOME",
    "LANG",
    "TZ",
    "TMPDIR",
    "MPLCONFIGDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "SYSTEMROOT",
)
ASKED = struct.Struct("!Q")  # how long the pickled wish is
MADE = struct.Struct("!?Q")  # whether it was made, and how long the bytes (or the error's name) are


class NotMade(Exception):
    """A drawing that failed, died or took too long; its text names the drawing and the kind of error, no values."""


class Workshop:
    """One drawing at a time; each has ``within`` seconds."""

    def __init__(self, within: float = WITHIN) -> None:
        self._within = within
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return None if self._process is None or self._process.returncode is not None else self._process.pid

    async def make(self, drawing: str, values: object) -> bytes:
        """What ``bot/reports/<drawing>.py`` draws of these values (picklable, plain). Raises ``NotMade``."""
        async with self._turn:
            in_step = False
            try:
                async with asyncio.timeout(self._within):
                    made, content = await self._ask(pickle.dumps((drawing, values)))
                in_step = True
            except (OSError, EOFError, TimeoutError) as error:
                raise NotMade(f"{drawing}: {type(error).__name__}") from None
            finally:
                if not in_step:  # also where the wish was cancelled: what comes next must not read its answer
                    await self._end()
        if not made:
            raise NotMade(f"{drawing}: {content.decode()}")
        return content

    async def _ask(self, wish: bytes) -> tuple[bool, bytes]:
        process = await self._running()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - pipes
        process.stdin.write(ASKED.pack(len(wish)) + wish)
        await process.stdin.drain()
        made, length = MADE.unpack(await process.stdout.readexactly(MADE.size))
        return made, await process.stdout.readexactly(length)

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            known = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
            # What goes wrong there may quote what is drawn: nothing of it reaches the log.
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", __package__),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env={**known, "PYTHONPATH": str(ROOT)},
                start_new_session=True,  # Ctrl-C is for us; we end it
            )
        return self._process

    async def close(self) -> None:
        """With the program. Whatever is being drawn is given up."""
        await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDS_WITHIN):
                await process.wait()
