"""`python -m bench [--rows notes,taps] [--runs 5] [--long]`: measure, print a table, keep it.

bench/results.json is for machines, the table in docs/performance.md for people.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import page, processes
from bench.figures import Line, Result
from bench.plan import Plan
from bench.rows import broadcast, digest, due, history, idle, start, throughput

RESULTS = Path(__file__).parent / "results.json"
ROWS: dict[str, Callable[[Plan], Result]] = {
    "notes": throughput.notes,
    "taps": throughput.taps,
    "history": history.history,
    "broadcast": broadcast.broadcast,
    "due": due.due,
    "idle": idle.idle,
    "digest": digest.digest,
    "start": start.start,
}


def main(words: list[str] | None = None) -> None:
    options = _options(words)
    screen = Console(stderr=True)
    found: dict[str, Result] = {}
    with (
        processes.telegram() as server,
        tempfile.TemporaryDirectory(prefix="homenotes-bench-") as folder,
        screen.status("starting") as status,
    ):
        plan = Plan(server, Path(folder), options.runs, status.update, options.small, options.long)
        for row in options.rows:
            found[row] = ROWS[row](plan)
            _keep(options.output, options.runs, row, found[row])
    Console().print(_table([line for one in found.values() for line in one.lines]))
    if options.output == RESULTS:
        kept = json.loads(RESULTS.read_text("utf-8"))
        page.PAGE.write_text(page.rewritten(page.PAGE.read_text("utf-8"), kept), "utf-8")


def _options(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=_rows, default=list(ROWS), help=f"some of {','.join(ROWS)}")
    parser.add_argument("--runs", type=int, default=5, help="of each, interleaved")
    parser.add_argument("--long", action="store_true", help="the whole broadcast: 10,000 prompts, six minutes")
    parser.add_argument("--small", action="store_true", help="in miniature: shows that it works, measures nothing")
    parser.add_argument("--output", type=Path, default=RESULTS, help="the file for machines")
    return parser.parse_args(words)


def _rows(text: str) -> list[str]:
    rows = text.split(",")
    for row in rows:
        if row not in ROWS:
            raise argparse.ArgumentTypeError(f"there is no row {row!r}, but {', '.join(ROWS)}")
    return rows


def _table(lines: list[Line]) -> Table:
    table = Table("what", "measured: median (lowest-highest)", "target", "")
    for line in lines:
        table.add_row(line.what, line.measured, line.target, {None: "", True: "met", False: "MISSED"}[line.met])
    return table


def _keep(path: Path, runs: int, row: str, result: Result) -> None:
    """As soon as it is found; rows that were not measured now stay as they were."""
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    kept[row] = {"runs": runs, "python": platform.python_version(), **result.plain()}
    path.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
