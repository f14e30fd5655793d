"""The real program in a process split off from one that has loaded it already: a start costs no imports.

It runs `bot.cli.main` as `python -m bot` does, with its own environment, folder and output files. A forkserver makes
the processes, so that nothing of the test process (threads, loops, files) is in them.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import bot.app
import bot.storage.opening  # noqa: F401
from bot import cli
from bot.cli import serving  # noqa: F401

_HERE = "tests.support.forked"
_MAKING = multiprocessing.get_context("forkserver")
_MAKING.set_forkserver_preload([_HERE])


@dataclass(frozen=True, slots=True)
class Forked:
    """What tests use of `asyncio.subprocess.Process`."""

    _process: ForkServerProcess

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    async def wait(self) -> int:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        code = self._process.exitcode
        assert code is not None
        return code


def start(words: Sequence[str], environment: Mapping[str, str], folder: Path, out: Path, err: Path) -> Forked:
    """`python -m bot words…`; what it writes goes to the end of two files."""
    process = _MAKING.Process(target=_run, args=(list(words), dict(environment), str(folder), str(out), str(err)))
    process.start()
    return Forked(process)


def module(name: str, given: str, out: Path, err: Path, most: float) -> int | None:
    """`python -m name given` in this folder, for at most so many seconds; returns its exit code."""
    process = _MAKING.Process(target=_module, args=(name, given, str(out), str(err)))
    process.start()
    process.join(most)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode


def _module(name: str, given: str, out: str, err: str) -> None:
    """In the new process."""
    _write_to(out, err)
    sys.argv = [name, given]
    runpy.run_module(name, run_name="__main__", alter_sys=True)


def _run(words: list[str], environment: dict[str, str], folder: str, out: str, err: str) -> None:
    """In the new process."""
    os.environ.clear()
    os.environ.update({"PTB_TIMEDELTA": "1", **environment})  # as the package sets it where it is loaded
    os.chdir(folder)
    _write_to(out, err)
    sys.argv = ["bot", *words]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(cli.main(words))


def _write_to(out: str, err: str) -> None:
    for path, number in ((out, 1), (err, 2)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdout, sys.stderr = (open(number, "w", buffering=1, closefd=False) for number in (1, 2))  # noqa: SIM115
