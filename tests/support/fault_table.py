"""docs/faults.md, made from the tests. A fault without a test stands there as open.

A test of a fault has its numbers in its name (`test_fault_2_3_…`) and says in its docstring what is seen afterwards.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "faults.md"
LEVELS = {
    "unit": "unit",
    "storage": "storage",
    "conversations": "simulator",
    "simulation": "simulation",
    "acceptance": "process",
    "browser": "browser",
}
FAULTS = {
    1: "killed at any moment, by kill -9",
    2: "killed between the getUpdates answer and the commit",
    3: "killed between the commit and the next getUpdates",
    4: "killed after the send, before it is marked as sent",
    5: "SIGTERM with 500 rows queued, SIGKILL a second later",
    6: "a task cancelled at every await of a transaction",
    7: "a migration killed at each statement",
    8: "power loss: writes after the last sync are gone",
    9: "an update that cannot be parsed, inside a batch",
    10: "a handler that always fails for one chat",
    11: "the same update, the same batch, days later",
    12: "one press under three update ids",
    13: "update ids that restart lower",
    14: "updates of one chat out of order",
    15: "a message edited after it was an answer",
    16: "two caregivers press at once",
    17: "presses made while the bot was down for 3 minutes",
    18: "everything sent during 23 hours of downtime",
    19: "three days of downtime",
    20: "every kind of message that a phone can send",
    21: "hostile texts and names",
    22: "forged, stale and foreign buttons",
    23: "invitation codes: wrong, expired, used, raced, guessed",
    24: "foreign contacts, new names, groups, blocked and returning people",
    25: "429, for a chat and for all, in every form",
    26: "time-outs, refusals, 5xx, broken answers",
    27: "401 while running",
    28: "409, a second poller",
    29: "two processes on one database",
    30: "a bulk send with every tenth chat blocked",
    31: "the spring gap: at 02:30, at 00:00, of 30 minutes",
    32: "the autumn overlap",
    33: "a date that is skipped",
    34: "a parent who moves east and west across midnight",
    35: "new zone data",
    36: "the clock jumps, freezes, sleeps",
    37: "the event loop blocked over a due time",
    38: "a prompt that became stale, or slid into quiet hours",
    39: "disk full",
    40: "database locked for 30 s",
    41: "database read-only",
    42: "torn page, truncated WAL, wrong key, newer schema",
    43: "a backup under writes, restored and compared",
    44: "PostgreSQL restarted, cut mid-transaction, past its lease",
    45: "consent withdrawn between tick and send",
    46: "erasure while sends are queued or in flight, then an older backup",
    47: "a therapist removed with a digest pending",
    48: "a caregiver suspended in the middle of a check-in",
    49: "a co-parent who probes for the other",
    50: "an import of 20,000 families with bad rows",
    51: "webhook: wrong secret, too large, wrong method",
    52: "mail server refusing, slow, gone",
    53: "30,000 families due in the same minute",
}
_NAME = re.compile(r"test_faults?_((?:\d+_)+)")


@dataclass(frozen=True, slots=True)
class Proof:
    """One test of one fault."""

    fault: int
    level: str
    test: str
    seen: str


def proofs() -> list[Proof]:
    """Every test that names a fault, by fault, level and name."""
    found = [proof for path in sorted(TESTS.rglob("test_*.py")) for proof in _in(path)]
    order = list(LEVELS.values())
    return sorted(found, key=lambda one: (one.fault, order.index(one.level), one.test))


def _in(path: Path) -> Iterator[Proof]:
    level = LEVELS[path.relative_to(TESTS).parts[0]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        named = _NAME.match(node.name)
        for number in named[1].split("_") if named else []:
            if number:
                seen = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
                yield Proof(int(number), level, node.name, seen)


def page() -> str:
    """The whole page."""
    by_fault: dict[int, list[Proof]] = {number: [] for number in FAULTS}
    for proof in proofs():
        by_fault[proof.fault].append(proof)
    proven = sum(bool(found) for found in by_fault.values())
    lines = [
        "# Faults, and the tests that inject them",
        "",
        "Made from the tests by `python -m tests.support.fault_table`; a test holds it. After every fault: nothing",
        "accepted is lost, nothing is recorded twice, foreign keys and integrity hold, no log has names or words.",
        "",
        f"{proven} of {len(FAULTS)} are injected; the others are open.",
        "",
        "| fault | what | level | test | seen afterwards |",
        "|---|---|---|---|---|",
    ]
    for number, what in FAULTS.items():
        lines += [
            f"| {number} | {what} | {one.level} | `{one.test}` | {one.seen.replace('|', '/')} |"
            for one in by_fault[number]
        ] or [f"| {number} | {what} | open | | |"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
