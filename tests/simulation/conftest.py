"""`--seeds N --days D`: how many lives of a clinic, and how long each; `--every-boundary`: die at each place."""

from __future__ import annotations

import pytest

SEEDS, DAYS = 2, 2


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=SEEDS, help="how many lives of a clinic are simulated")
    parser.addoption("--every-boundary", action="store_true", help="die at each place, not at every eighth")
    parser.addoption("--days", type=int, default=DAYS, help="how many days each of them lasts")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Loaded late, as a part of the whole suite, the options have not been read: the defaults hold."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("seeds", SEEDS)))


@pytest.fixture
def days(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("days", DAYS))


@pytest.fixture
def stride(request: pytest.FixtureRequest) -> int:
    """How many places lie between two deaths; which ones differs from run to run."""
    return 1 if request.config.getoption("every_boundary", False) else 8
