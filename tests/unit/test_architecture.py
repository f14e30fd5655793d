"""What import-linter cannot see: names that must not be used, and which parts of storage are open to the chat."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("bot", "handlers", "schedules") for path in (ROOT / folder).rglob("*.py"))
OURS_INSTEAD = {"ConversationHandler", "JobQueue", "Updater"}  # state, time and receiving are stored, not held
PLUMBING = {"bot.storage.database", "bot.storage.ids", "bot.storage.jobs", "bot.storage.copies"}

files = pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))


def _nodes(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(path.read_text("utf-8")))


def _imported(path: Path) -> Iterator[str]:
    """Full names: `from a import b` gives a.b."""
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@files
def test_every_handler_is_awaited(path: Path) -> None:
    for node in _nodes(path):
        if isinstance(node, ast.keyword) and node.arg == "block":
            assert not (isinstance(node.value, ast.Constant) and node.value.value is False), node.value.lineno


@files
def test_no_bare_except(path: Path) -> None:
    assert not [node.lineno for node in _nodes(path) if isinstance(node, ast.ExceptHandler) and node.type is None]


@files
def test_no_state_of_the_librarys_own(path: Path) -> None:
    assert not OURS_INSTEAD & {name.rpartition(".")[2] for name in _imported(path)}
    assert not OURS_INSTEAD & {node.attr for node in _nodes(path) if isinstance(node, ast.Attribute)}


@files
def test_one_sqlite_library_in_the_process(path: Path) -> None:
    assert not [name for name in _imported(path) if name.split(".")[0] == "sqlite3"]


@files
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) or not tree.body


@pytest.mark.parametrize(
    "path",
    [p for p in SOURCES if p.is_relative_to(ROOT / "handlers") or p.is_relative_to(ROOT / "schedules")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_chat_and_time_reach_people_through_the_rules(path: Path) -> None:
    reached = {".".join(name.split(".")[:3]) for name in _imported(path) if name.startswith("bot.storage.")}
    assert reached <= PLUMBING
