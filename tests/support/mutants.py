"""`make mutants OF=consent`: take one guard away at a time, and see whether a test that guards it falls.

`python -m tests.support.mutants consent [MOST]`. Works on copies of the tree; prints what survived. MOST of the mutants
are tried, the same ones each time; without it, all of them. Each meets the tests that go through it first, then all
tests of its area. What survived is explained in docs/security.md.
"""

from __future__ import annotations

import ast
import copy
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from random import Random

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("bot", "handlers", "schedules", "tests", "docs", "pyproject.toml", "README.md", ".env.example")
PROCESSES = multiprocessing.get_context("forkserver")
WORKERS = os.cpu_count() or 1
REACHED = ROOT / ".pytest_cache" / "reached.json"
WIDE = ("tests/unit", "tests/storage", "tests/conversations")
UNLIKE = "not postgres and not fuzz and not conversing"  # long, and each goes through everything
MOST_OTHERS = 25  # tests beyond those of the area that one mutant meets
Reached = dict[str, list[str]]
WITHIN = 240  # seconds; a mutant that hangs is one that was found
TALKS = "tests/conversations/test_"

AREAS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # modules, and the tests that guard them
    "consent": (
        ("bot/domain/consents.py", "bot/storage/consents.py", "bot/domain/taking_out.py", "bot/storage/own_media.py"),
        (
            "tests/storage/test_consents_by_chance.py",
            "tests/storage/test_consents_said.py",
            f"{TALKS}consents.py",
            f"{TALKS}media.py",
            f"{TALKS}albums.py",
        ),
    ),
    "outbox": (
        ("bot/storage/outbox.py", "bot/delivering/settling.py"),
        (
            "tests/storage/test_outbox_by_chance.py",
            "tests/storage/test_outbox.py",
            "tests/storage/test_settling.py",
            f"{TALKS}urgent_first.py",
            f"{TALKS}dispatching.py",
            f"{TALKS}delivering_faults.py",
        ),
    ),
    "erase": (
        (
            "bot/domain/erasing.py",
            "bot/domain/shown_elsewhere.py",
            "bot/storage/erasing.py",
            "bot/storage/traces.py",
            "bot/storage/erasures.py",
        ),
        (
            "tests/storage/test_erasing_by_chance.py",
            "tests/storage/test_erasing_leftovers.py",
            "tests/storage/test_erasing.py",
            "tests/storage/test_erasures.py",
            f"{TALKS}leaving.py",
            f"{TALKS}retention.py",
            f"{TALKS}consents.py",
        ),
    ),
    "copy": (
        (
            "bot/domain/leaving.py",
            "bot/domain/exporting_oneself.py",
            "bot/domain/exporting_numbers.py",
            "bot/storage/about_oneself.py",
        ),
        (
            "tests/storage/test_own_copy.py",
            "tests/storage/test_about_oneself.py",
            "tests/unit/domain/test_exporting_numbers.py",
            f"{TALKS}leaving.py",
            f"{TALKS}presets.py",
            f"{TALKS}still_theirs.py",
        ),
    ),
    "access": (
        (
            "bot/domain/rights.py",
            "bot/storage/rights.py",
            "bot/storage/suspending.py",
            "bot/storage/called_off.py",
            "bot/storage/may.py",
        ),
        (
            "tests/storage/test_rights_by_chance.py",
            "tests/storage/test_rights_changed.py",
            "tests/storage/test_suspending_by_chance.py",
            "tests/storage/test_called_off_by_chance.py",
            "tests/storage/test_called_off.py",
            "tests/storage/test_may.py",
            f"{TALKS}called_off.py",
            f"{TALKS}rights.py",
            f"{TALKS}rights_and_moves.py",
            f"{TALKS}presets.py",
            f"{TALKS}buttons_foreign.py",
        ),
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


def named(tree: ast.Module, names: set[str]) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that use one of these names of their module, by themselves or through another one."""
    uses = {
        target.id: _names(node)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    while found != names:
        found, names = names, names | {one for one, others in uses.items() if others & names}
    return [one for one in _functions(tree) if _names(one) & names]


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def guarding(mutant: Mutant, reached: Reached, first: Sequence[str]) -> list[str]:
    """Tests that go through what it changes (its function, or those that use the statement it stands in): those of the
    files of ``first`` all, of others some.
    """
    tree = ast.parse((ROOT / mutant.path).read_text("utf-8"))
    within = [one for one in _functions(tree) if one.lineno <= mutant.line <= (one.end_lineno or 0)]
    if not within:
        whole = next((one for one in tree.body if one.lineno <= mutant.line <= (one.end_lineno or 0)), None)
        targets = whole.targets if isinstance(whole, ast.Assign) else []
        within = named(tree, {one.id for one in targets if isinstance(one, ast.Name)}) if targets else []
    found = _through(mutant, within, reached)
    if within and not found:  # called while its module is loaded: whatever uses what it makes
        found = _through(mutant, named(tree, {one.name for one in within}), reached)
    known = {test.partition("::")[0] for tests in reached.values() for test in tests}
    new = [one for one in first if one not in known]  # written since
    near = [*new, *(one for one in found if one.startswith(tuple(first)))]
    others = [one for one in found if one not in near]
    return [*near, *Random(0).sample(others, min(MOST_OTHERS, len(others)))]


def _through(
    mutant: Mutant, functions: Iterable[ast.FunctionDef | ast.AsyncFunctionDef], reached: Reached
) -> list[str]:
    return sorted({test for one in functions for test in reached.get(f"{mutant.path}:{one.name}", ())})


def _tests(folder: str, tests: Sequence[str], options: Sequence[str]) -> None:
    """In a process of its own, which has all libraries loaded and nothing of the house."""
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        code = pytest.main(["-p", "no:cacheprovider", "-p", "no:randomly", *options, *tests])
    os._exit(int(code))


def falls(
    folder: Path, tests: Sequence[str], options: Sequence[str] = ("-x", "-k", UNLIKE), within: int = WITHIN
) -> bool:
    """Whether a test does."""
    process = PROCESSES.Process(target=_tests, args=(str(folder), tests, options))
    process.start()
    process.join(within)
    if process.exitcode is None:
        process.kill()
    if process.exitcode == pytest.ExitCode.USAGE_ERROR:
        raise SystemExit(f"no such tests: {tests}")
    return process.exitcode != 0


def survives(one: Mutant, folder: Path, tests: Sequence[str], reached: Reached) -> bool:
    whole = (folder / one.path).read_text("utf-8")
    (folder / one.path).write_text(one.source(), "utf-8")
    near = guarding(one, reached, tests)
    survived = not falls(folder, near or tests)
    (folder / one.path).write_text(whole, "utf-8")
    if survived:
        said = f"{one.path}:{one.line}: {one.what} ({len(near)} tests go there)"
        print(f"survived {said}", flush=True)  # noqa: T201 - the answer
    return survived


def copied(folder: Path) -> Path:
    for name in COPIED:
        there = ROOT / name
        (shutil.copytree if there.is_dir() else shutil.copy)(there, folder / name)
    return folder


def main(area: str, most: int = 0) -> int:
    """Returns how many survived; an area whose tests fall without any mutant is an error."""
    modules, tests = AREAS[area]
    every = [one for path in modules for one in mutants(path)]
    chosen = sorted(Random(0).sample(range(len(every)), min(most or len(every), len(every))))
    with ExitStack() as kept, ThreadPoolExecutor(WORKERS) as pool:
        places: SimpleQueue[Path] = SimpleQueue()
        for _ in range(WORKERS):
            folder = kept.enter_context(tempfile.TemporaryDirectory(prefix="homenotes-mutants-"))
            places.put(copied(Path(folder) / "it"))
        reached = all_reached(places)
        if falls(Path(folder) / "it", tests):
            raise SystemExit(f"{area}: its tests fall by themselves")

        def tried(number: int) -> bool:
            place = places.get()
            try:
                return survives(every[number], place, tests, reached)
            finally:
                places.put(place)

        survived = sum(pool.map(tried, chosen))
    print(f"{area}: {len(chosen)} of {len(every)} mutants tried, {survived} survived")  # noqa: T201
    return survived


def all_reached(places: SimpleQueue[Path]) -> Reached:
    """Which functions each test goes through; found once and kept: remove the file to find it again."""
    if not REACHED.exists():
        place = places.get()
        os.environ["REACHED"] = written = tempfile.mkdtemp(dir=place)
        falls(place, WIDE, ["-p", "tests.support.reached", "-n", str(WORKERS), "-k", UNLIKE], within=3600)
        merged: dict[str, set[str]] = {}
        for one in Path(written).iterdir():
            for function, those in json.loads(one.read_text("utf-8")).items():
                merged.setdefault(function, set()).update(those)
        REACHED.write_text(json.dumps({key: sorted(those) for key, those in merged.items()}), "utf-8")
        places.put(place)
    there = _there()
    found = json.loads(REACHED.read_text("utf-8"))
    return {key: [one for one in tests if one in there] for key, tests in found.items()}


def _there() -> frozenset[str]:
    """The tests that there are now: the map may be older."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", *WIDE]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return frozenset(line for line in listed.splitlines() if "::" in line)


if __name__ == "__main__":
    PROCESSES.set_forkserver_preload(
        [
            "pytest",
            "sqlalchemy.ext.asyncio",
            "telegram.ext",
            "aiohttp.web",
            "fluent.runtime",
        ]
    )
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
