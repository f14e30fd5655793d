"""`make mutants OF=consent`: take one guard away at a time, and see whether a test that guards it falls.

`python -m tests.support.mutants consent [MOST]`. Works on a copy of the tree; prints what survived. MOST of the mutants
are tried, the same ones each time; without it, all of them. What survived is explained in docs/security.md.
"""

from __future__ import annotations

import ast
import copy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
COPIED = ("bot", "handlers", "schedules", "tests", "docs", "pyproject.toml", "README.md", ".env.example")
WITHIN = 240  # seconds; a mutant that hangs is one that was found
TALKS = "tests/conversations/test_"

AREAS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # modules, and the tests that guard them
    "consent": (
        ("bot/domain/consents.py", "bot/storage/consents.py", "bot/domain/taking_out.py", "bot/storage/own_media.py"),
        (f"{TALKS}consents.py", f"{TALKS}media.py", f"{TALKS}albums.py"),
    ),
    "outbox": (
        ("bot/storage/outbox.py", "bot/delivering/settling.py"),
        (
            "tests/storage/test_outbox.py",
            f"{TALKS}urgent_first.py",
            f"{TALKS}dispatching.py",
            f"{TALKS}delivering_faults.py",
        ),
    ),
    "erase": (
        ("bot/domain/erasing.py", "bot/storage/erasing.py", "bot/storage/erasures.py"),
        ("tests/storage/test_erasing.py", f"{TALKS}leaving.py", f"{TALKS}retention.py", f"{TALKS}consents.py"),
    ),
    "copy": (
        ("bot/domain/leaving.py", "bot/domain/exporting_oneself.py", "bot/storage/about_oneself.py"),
        ("tests/storage/test_own_copy.py", f"{TALKS}leaving.py", f"{TALKS}presets.py"),
    ),
    "access": (
        ("bot/domain/rights.py", "bot/storage/rights.py", "bot/storage/suspending.py", "bot/storage/may.py"),
        (f"{TALKS}rights.py", f"{TALKS}rights_and_moves.py", f"{TALKS}presets.py", f"{TALKS}buttons_foreign.py"),
    ),
}
_SWAPPED: dict[type[ast.AST], ast.AST] = {
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
    ast.And: ast.Or(),
    ast.Or: ast.And(),
}
MOST_PARTS = 8  # of one call that are left out, one at a time
_CHANGED = (ast.Compare, ast.BoolOp, ast.Call, ast.If, ast.IfExp, ast.Constant, ast.Expr)
_GUARDS = ("where", "and_", "or_", "join")


@dataclass(frozen=True, slots=True)
class Mutant:
    path: str
    line: int
    what: str
    number: int  # of the node, as the tree is walked
    way: int

    def source(self) -> str:
        """The module with it."""
        tree = ast.parse((ROOT / self.path).read_text("utf-8"))
        _change(list(ast.walk(tree))[self.number], self.way)
        return ast.unparse(ast.fix_missing_locations(tree))


def mutants(path: str) -> Iterator[Mutant]:
    """Every way to take one thing of that module away, or to turn it round."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    decorators = [one for node in ast.walk(tree) for one in getattr(node, "decorator_list", ())]
    spared = {id(one) for decorator in decorators for one in ast.walk(decorator)}
    for number, there in enumerate(ast.walk(tree)):
        if not isinstance(there, _CHANGED) or id(there) in spared:
            continue
        for way in range(MOST_PARTS):
            if said := _change(copy.deepcopy(there), way):
                yield Mutant(path, there.lineno, said, number, way)


def _change(node: ast.AST, way: int) -> str:  # noqa: PLR0911 - a way each
    """Change it in place in that way; says how, "" where there is no such way."""
    match node:
        case ast.Compare(ops=[op, *_]) if way == 0 and type(op) in _SWAPPED:
            return _swapped(node, "ops", op)
        case ast.BoolOp(op=op) if way == 0:
            node.op = _SWAPPED[type(op)]  # type: ignore[assignment]
            return f"{type(op).__name__} turned"
        case ast.Call(func=ast.Attribute(attr=name), args=args) if name in _GUARDS and len(args) > way:
            dropped = ast.unparse(args.pop(way)) if len(args) > 1 or name == "where" else ""
            return f"without: {' '.join(dropped.split())[:90]}" if dropped else ""
        case ast.If() | ast.IfExp() if way == 0:
            node.test = ast.UnaryOp(ast.Not(), node.test)
            return f"the other way round: {ast.unparse(node.test)[:90]}"
        case ast.Constant(value=bool(value)) if way == 0:
            node.value = not value
            return f"{value} turned"
        case ast.Expr(value=ast.Await() | ast.Call()) if way == 0:
            said = ast.unparse(node.value)
            node.value = ast.Constant(None)
            return f"not done: {' '.join(said.split())[:90]}"
    return ""


def _swapped(node: ast.Compare, field: str, op: ast.AST) -> str:
    said = ast.unparse(node)
    getattr(node, field)[0] = _SWAPPED[type(op)]
    return f"{' '.join(said.split())[:70]}: {type(op).__name__} turned"


def falls(folder: Path, tests: tuple[str, ...]) -> bool:
    """Whether a test does."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *tests]
    try:
        return bool(subprocess.run(command, cwd=folder, capture_output=True, timeout=WITHIN, check=False).returncode)
    except subprocess.TimeoutExpired:
        return True


def main(area: str, most: int = 0) -> int:
    """Returns how many survived; an area whose tests fall without any mutant is an error."""
    modules, tests = AREAS[area]
    every = [one for path in modules for one in mutants(path)]
    chosen = sorted(Random(0).sample(range(len(every)), min(most or len(every), len(every))))
    survived = 0
    with tempfile.TemporaryDirectory(prefix="homenotes-mutants-") as kept:
        folder = Path(kept)
        for name in COPIED:
            there = ROOT / name
            (shutil.copytree if there.is_dir() else shutil.copy)(there, folder / name)
        tests = tuple(one for one in tests if (folder / one).exists())
        if falls(folder, tests):
            raise SystemExit(f"{area}: its tests fall by themselves")
        for number in chosen:
            one = every[number]
            whole = (folder / one.path).read_text("utf-8")
            (folder / one.path).write_text(one.source(), "utf-8")
            if not falls(folder, tests):
                survived += 1
                print(f"survived {one.path}:{one.line}: {one.what}", flush=True)  # noqa: T201 - the answer
            (folder / one.path).write_text(whole, "utf-8")
    print(f"{area}: {len(chosen)} of {len(every)} mutants tried, {survived} survived")  # noqa: T201
    return survived


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
