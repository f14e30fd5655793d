"""In which order tests run: by chance (pytest-randomly), but those that take long begin first, so that none is last."""

from __future__ import annotations

import pytest

_LONG = ("tests/acceptance", "tests/browser", "tests/simulation", "tests/conversations/test_fuzzed")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))
