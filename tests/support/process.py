"""The real program as a process: started, asked, killed. `forked` says why a start is quick."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.support import forked
from tests.support.forked import Forked

ROOT = Path(__file__).parents[2]
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z \[")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _text(file: Path) -> str:
    return file.read_text()


def drained(terminal: int) -> str:
    """All that was written to the other side of a pseudo-terminal, until it was closed."""
    shown = b""
    try:
        while piece := os.read(terminal, 65536):
            shown += piece
    except OSError:  # the other side is closed
        pass
    finally:
        os.close(terminal)
    return shown.decode(errors="replace")


@dataclass(slots=True)
class Installation:
    """A data folder and the settings that go with it."""

    folder: Path
    base_url: str
    token: str
    settings: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | Forked | None = None
    log: Path | None = None

    def environment(self, **more: str) -> dict[str, str]:
        inherited = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        return inherited | {
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": self.token,
            "TELEGRAM_API_BASE_URL": self.base_url,
            "DATA_DIR": str(self.folder),
            "MESSAGES_PER_SECOND": "0",
            "HEALTH_LISTEN": "",
            "DEFAULT_TIMEZONE": "Europe/Berlin",
            **self.settings,
            **more,
        }

    def words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "bot", *words]

    async def start(self, *, from_scratch: bool = False, **more: str) -> None:
        """`run`, with its log beside the data; `from_scratch` as an operator starts it, which takes its time."""
        self.log = self.folder / "run.log"
        if not from_scratch:
            self.process = forked.start(["run"], self.environment(**more), self.folder, self.log, self.log)
            return
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.words("run"),
                env=self.environment(**more),
                cwd=self.folder,
                stderr=log,
                stdout=log,
            )

    async def kill(self) -> None:
        """As the power does."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self, within: float = 15, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; returns the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return await self.ends(within)

    async def ends(self, within: float = 15) -> int:
        """Wait for its end; returns the exit code."""
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), within)

    async def command(self, *words: str, **more: str) -> tuple[int, str, str]:
        """Another command beside it: exit code, standard output, standard error."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            code = await forked.start(words, self.environment(**more), self.folder, out, err).wait()
            return code, _text(out), _text(err)

    async def ask(self, *words: str) -> Any:
        """A command that answers in JSON."""
        code, out, err = await self.command(*words)
        assert code == 0, err
        return json.loads(out)

    async def get(self, port: int, path: str) -> tuple[int, str]:
        """A page that it serves on this machine: status and text."""
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, await answer.text()

    async def until_logged(self, words: str, within: float = 15) -> None:
        """Until the log says so."""
        async with asyncio.timeout(within):
            while words not in self.logged():  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.05)

    def complaints(self) -> list[str]:
        """What it wrote beside its log."""
        return [line for line in self.logged().splitlines() if not LOG_LINE.match(line)]

    def logged(self) -> str:
        return self.log.read_text() if self.log and self.log.exists() else ""
