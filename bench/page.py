"""The table in docs/performance.md, made from what was measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
_WORD = {None: "", True: "met", False: "missed"}


def rewritten(page: str, kept: dict[str, Any]) -> str:
    """The page with the table of everything that was kept between its two marks."""
    before, rest = page.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n{_table(kept)}\n{END}{after}"


def _table(kept: dict[str, Any]) -> str:
    head = ["| what | measured: median (lowest-highest) | target | | runs |", "|---|---|---|---|---|"]
    lines = [
        f"| {line['what']} | {line['measured']} | {line['target']} | {_WORD[line['met']]} | {row['runs']} |"
        for row in kept.values()
        for line in row["lines"]
    ]
    return "\n".join(head + lines)
