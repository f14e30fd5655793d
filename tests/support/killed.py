"""A command killed at its steps, on a fresh copy of a folder each time: `python -m tests.support.killed`.

A step is every call that changes a file (open, fsync, rename, link, unlink) and every statement of the database. The
process is forked with everything imported, so that a hundred deaths take seconds. One JSON line tells of each. With a
stride, of so many steps one is died at, another each time; behind each renaming always: few steps lie between two.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from bot import cli
from bot.cli import backup, erase, exports, keys, restore, serving  # noqa: F401 - imported before any fork
from bot.domain import exporting, exporting_csv  # noqa: F401
from bot.domain import restoring as _restoring  # noqa: F401
from bot.storage import opening, rekey  # noqa: F401

RENAMES = {"rename", "replace"}
FILES = {"open", "fsync", "rename", "replace", "link", "unlink", "ftruncate", "chmod"}
STATEMENTS = {"execute", "executemany", "commit", "rollback", "close"}
LOOKING = {"connect", "looked_into", "examine", "_examined", "_opened", "get_isolation_level", "_safe_close_cursor"}


def arm(step: int, told: int) -> None:
    """Die at that step, after saying on `told` which it was."""

    def die(now: int, what: Any, frame: FrameType) -> None:
        if now == step:
            os.write(told, f"{what.__name__} in {frame.f_code.co_name}".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    watch(die)


def watch(at: Callable[[int, Any, FrameType], None]) -> None:
    """Call it before every step."""
    passed = count(1)

    def look(frame: FrameType, event: str, what: Any) -> None:
        if event == "c_call" and _changes(frame, what):
            at(next(passed), what, frame)

    threading.setprofile(look)
    sys.setprofile(look)


def _changes(frame: FrameType, what: Any) -> bool:
    """Whether that call may change something that outlives the process."""
    name, owner = getattr(what, "__name__", ""), type(getattr(what, "__self__", None)).__module__
    of_file = name in FILES and getattr(what, "__module__", "") == "posix"
    statement = name in STATEMENTS and owner.startswith("sqlcipher3")
    return (of_file or statement) and frame.f_code.co_name not in LOOKING


def runs(folder: Path, words: list[str], step: int = 0) -> dict[str, Any]:
    """One command in a process of its own: how it ended, and what it said."""
    reading, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        said, wrong = io.StringIO(), io.StringIO()
        if step:
            arm(step, told)
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
            code = cli.main(words)
        sys.setprofile(None)
        os.write(told, json.dumps({"code": code, "out": said.getvalue(), "err": wrong.getvalue()}).encode())
        os._exit(0)
    os.close(told)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read().decode()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"killed": text}
    return {"killed": None, **json.loads(text)}


def behind_renames(template: Path, words: list[str]) -> set[int]:
    """The steps that come right after one, as a run that lives finds them."""
    folder, reading = template.with_name(f"{template.name}-lives"), template.with_name("renames")
    shutil.copytree(template, folder)
    child = os.fork()
    if child == 0:
        found: list[int] = []
        os.chdir(folder)
        watch(lambda now, what, _frame: found.append(now + 1) if what.__name__ in RENAMES else None)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            cli.main(words)
        sys.setprofile(None)
        reading.write_text(json.dumps(found))
        os._exit(0)
    os.waitpid(child, 0)
    shutil.rmtree(folder)
    return set(json.loads(reading.read_text()))


def main(template: Path, stride: int, words: list[str]) -> None:
    first, behind = random.randint(1, stride), behind_renames(template, words)
    for step in (one for one in count(1) if (one - first) % stride == 0 or one in behind):
        folder = template.with_name(f"{template.name}-{step}")
        shutil.copytree(template, folder)
        told: dict[str, Any] = {"step": step, "first": runs(folder, words, step)}
        told |= {"files": names(folder), "check": runs(folder, ["check"]), "export": runs(folder, ["export", "--all"])}
        if told["first"]["killed"] is not None:
            told |= {"again": runs(folder, words), "check_again": runs(folder, ["check"]), "files_again": names(folder)}
        sys.stdout.write(json.dumps(told) + "\n")
        shutil.rmtree(folder)
        if told["first"]["killed"] is None:
            return


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
