"""Which functions each test goes through: a pytest plugin for `make mutants`, so that a mutant meets those tests alone.

`REACHED` names the folder in which each process writes {"path:function": [test, …]}, of modules that tests guard.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

_reached: dict[str, set[str]] = defaultdict(set)
_failed: set[str] = set()  # these tell nothing of a mutant
_HERE = f"{Path.cwd()}/"
_GUARDED = (f"{_HERE}bot/domain/", f"{_HERE}bot/storage/", f"{_HERE}bot/delivering/")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    def called(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(_GUARDED):
            _reached[f"{code.co_filename.removeprefix(_HERE)}:{code.co_name}"].add(item.nodeid)

    sys.setprofile(called)
    try:
        return (yield)
    finally:
        sys.setprofile(None)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        _failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    found = {key: sorted(tests - _failed) for key, tests in _reached.items()}
    (Path(os.environ["REACHED"]) / f"{os.getpid()}.json").write_text(json.dumps(found), "utf-8")
