"""An evening: 5,000 check-ins due in the same second."""

from __future__ import annotations

import shutil
import time
from typing import Any

from bench import processes
from bench.clinic import Clinic
from bench.figures import Figure, Line, Result, at_most
from bench.plan import Plan

SOON = 8  # seconds from the making of the clinic to the moment


def due(plan: Plan) -> Result:
    many = plan.size(5000, 200)
    found = [_one(plan, number, many) for number in range(plan.runs)]
    took = [one["wall"] for one in found]
    lines = [
        at_most(f"{many:,} check-ins due at once: opened and committed", Figure.of(took), 0.5, 2, " s"),
        at_most(
            "the event loop's longest turn meanwhile", Figure.of([one["blocked"] * 1000 for one in found]), 10, 1, " ms"
        ),
        Line(
            "the same, by its own work alone", Figure.of([one["blocked_cpu"] * 1000 for one in found]).shown(1, " ms")
        ),
        Line("CPU", Figure.of([one["cpu"] for one in found]).shown(2, " s")),
    ]
    return Result(lines, {"runs": found})


def _one(plan: Plan, number: int, many: int) -> dict[str, Any]:
    due_at = int((time.time() + plan.size(SOON, 1)) * 1000)
    path = plan.database(f"due-{number}", Clinic(many, due=many, due_at=due_at))
    plan.say(f"due, round {number + 1} of {plan.runs}")
    one = processes.ran("bench.trials.due", {"path": str(path), "due_at": due_at})
    if one["states"] != {"open": many} or one["queued"] != many:
        raise processes.Failed(f"not everything was opened: {one}")
    shutil.rmtree(path.parent)
    return one
