"""The fake Telegram and the bots, each in a process of its own, so that every run starts alike."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from bench.contestants.course import Course

ROOT = Path(__file__).parents[1]
LONGEST = 600  # seconds that one run may take
_tokens = count(100_000)


class Failed(Exception):
    """A process of the benchmark ended with an error."""


@contextmanager
def telegram() -> Iterator[str]:
    """The fake Bot API; gives its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.server"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def token() -> str:
    """A bot of its own for every run: the fake server remembers nothing of the one before."""
    return f"{next(_tokens)}:{'A' * 35}"


def ran(module: str, values: dict[str, Any]) -> dict[str, Any]:
    """Run a module with `values` as JSON; returns the JSON that it told last. Raises `Failed`."""
    done = subprocess.run(
        [sys.executable, "-m", module, json.dumps(values)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode or not done.stdout.strip():
        raise Failed(f"{module}: exit {done.returncode}\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def raced(module: str, server: str, **values: Any) -> dict[str, Any]:
    course = Course(server=server, token=token(), **values)
    return ran(module, {name: getattr(course, name) for name in course.__slots__})
