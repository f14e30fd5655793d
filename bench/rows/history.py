"""Does it stay fast? Commits for a backlog, and notes in a clinic of 100,000 families with a week behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import processes
from bench.clinic import Clinic
from bench.figures import Figure, Line, Result, at_least, at_most
from bench.plan import Plan


def history(plan: Plan) -> Result:
    many, days = plan.size(100_000, 500), plan.size(5, 2)
    warm, count = plan.size(300, 20), plan.size(2000, 100)
    fresh, grown = [], []
    for number in range(plan.runs):
        new = plan.database(f"new-{number}", Clinic(warm + count))
        old = plan.database("history", Clinic(many, days=days))
        places = [(fresh, new, warm + count), (grown, old, many)]
        for found, path, families in places if number % 2 else reversed(places):
            plan.say(f"history, round {number + 1} of {plan.runs}: {families:,} families")
            found.append(_one(plan, path, families, number * (warm + count), warm, count))
    commits = Figure.of([one["commits"] / count for one in fresh])
    new_speed, old_speed = [count / one["wall"] for one in fresh], [count / one["wall"] for one in grown]
    new_work, old_work = [one["cpu"] / count * 1e6 for one in fresh], [one["cpu"] / count * 1e6 for one in grown]
    lines = [
        at_most("backlog: commits for one update", commits, 0.1, 3, ""),
        Line(f"notes, new clinic of {warm + count:,} families", Figure.of(new_speed).shown(unit="/s")),
        Line(f"notes, {many:,} families with history", Figure.of(old_speed).shown(unit="/s")),
        at_least("notes: speed, with history to without", Figure.ratio(old_speed, new_speed), 0.9),
        Line("notes: CPU, with history to without", Figure.ratio(old_work, new_work).shown(2, "x")),
    ]
    return Result(
        lines,
        {
            "new_per_second": new_speed,
            "history_per_second": old_speed,
            "new_cpu_us": new_work,
            "history_cpu_us": old_work,
            "commits_per_update": commits.median,
        },
    )


def _one(plan: Plan, path: Path, families: int, first: int, warm: int, count: int) -> dict[str, Any]:
    values = {"kind": "notes", "first": first, "warm": warm, "count": count, "families": families, "path": str(path)}
    return processes.raced("bench.contestants.ours", plan.server, **values)
