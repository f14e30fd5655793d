"""The bot as a process of its own, which the demo starts, asks and kills."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.clock import to_ms
from bot.demo.stage import Place

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")  # nothing else of the environment reaches the bot
PATIENCE = 30.0  # seconds for one answer


class Gone(Exception):
    """The bot's process has ended."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the calendar will do next (ms): anything, and a question to a family."""

    next: int | None
    question: int | None


@dataclass(slots=True)
class Bot:
    """``settings`` are the installation's, by name. ``folder`` is where it works: no `.env` is there."""

    folder: Path
    settings: dict[str, str]
    _process: asyncio.subprocess.Process | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def pid(self) -> int | None:
        """The running process; None where there is none."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def start(self, now: datetime) -> Ahead:
        """Start it with its calendar at `now`; returns once it has taken what waited at Telegram and answered it."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        calendar = {"SIMULATED_CLOCK": f"{now:%Y-%m-%dT%H:%M:%S.%fZ}*1", "PYTHONPATH": str(ROOT)}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.demo.steered",
            cwd=self.folder,
            env=kept | self.settings | calendar,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the demo, which ends it
        )
        return await self.ask(now)

    async def ask(self, at: datetime) -> Ahead:
        """Put its calendar there; returns once everything that fell due has been sent. Raises `Gone`."""
        async with self._asking:
            process = self._process
            if process is None or process.stdin is None or process.stdout is None:
                raise Gone
            try:
                process.stdin.write(json.dumps({"at": to_ms(at)}).encode() + b"\n")
                await process.stdin.drain()
                line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
            except (ConnectionError, TimeoutError) as error:
                raise Gone from error
        if not line:
            raise Gone
        return Ahead(**json.loads(line))

    async def kill(self) -> None:
        """As the power does: SIGKILL. Nothing where it has ended already."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        await self.ended()

    async def ended(self) -> int | None:
        """Waits for its end; returns how it ended."""
        return None if self._process is None else await self._process.wait()


def settings(base: str, token: str, folder: Path, key: bytes, place: Place) -> dict[str, str]:
    """What an operator would write, for a bot that talks to the simulator at `base`."""
    return {
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_BASE_URL": base,
        "DATA_DIR": str(folder),
        "ENCRYPTION_KEY": base64.b64encode(key).decode(),
        "CLINIC_NAME": place.clinic,
        "DEFAULT_LANGUAGE": place.language,
        "DEFAULT_TIMEZONE": place.timezone,
        "COUNTRY": place.country,
        "MESSAGES_PER_SECOND": "0",
        "HEALTH_LISTEN": "",
        "LOG_LEVEL": "error",
    }
