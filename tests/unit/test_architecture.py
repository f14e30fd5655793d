"""What import-linter cannot see: names that must not be used, and which parts of storage are open to the chat."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("bot", "handlers", "schedules") for path in (ROOT / folder).rglob("*.py"))
OURS_INSTEAD = {"ConversationHandler", "JobQueue", "Updater"}  # state, time and receiving are stored, not held
PLUMBING = {"bot.storage.database", "bot.storage.ids", "bot.storage.jobs", "bot.storage.copies"}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _nodes(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(_tree(path))


def _imported(path: Path) -> Iterator[str]:
    """Full names: `from a import b` gives a.b."""
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _none(found: Iterable[tuple[Path, object]]) -> None:
    """No file has any of it."""
    assert [f"{path.relative_to(ROOT)}: {what}" for path, what in found] == []


def _blocks_not(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.keyword)
        and node.arg == "block"
        and isinstance(node.value, ast.Constant)
        and node.value.value is False
    )


def test_every_handler_is_awaited() -> None:
    _none((path, "block=False") for path in SOURCES for node in _nodes(path) if _blocks_not(node))


def test_no_bare_except() -> None:
    nodes = ((path, node) for path in SOURCES for node in _nodes(path))
    _none((path, node.lineno) for path, node in nodes if isinstance(node, ast.ExceptHandler) and node.type is None)


def test_no_state_of_the_librarys_own() -> None:
    for path in SOURCES:
        names = {name.rpartition(".")[2] for name in _imported(path)}
        names |= {node.attr for node in _nodes(path) if isinstance(node, ast.Attribute)}
        _none((path, name) for name in OURS_INSTEAD & names)


def test_one_sqlite_library_in_the_process() -> None:
    _none((path, name) for path in SOURCES for name in _imported(path) if name.split(".")[0] == "sqlite3")


def test_every_module_says_what_it_is_for() -> None:
    _none((path, "no docstring") for path in SOURCES if _tree(path).body and not ast.get_docstring(_tree(path)))


def test_chat_and_time_reach_people_through_the_rules() -> None:
    for path in SOURCES:
        if path.is_relative_to(ROOT / "handlers") or path.is_relative_to(ROOT / "schedules"):
            reached = {".".join(name.split(".")[:3]) for name in _imported(path) if name.startswith("bot.storage.")}
            _none((path, name) for name in reached - PLUMBING)
