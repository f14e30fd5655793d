"""100,000 families and nothing to do, beside 100: what the ticks cost, what is held, how long a start takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import processes, starting
from bench.clinic import Clinic
from bench.figures import Figure, Line, Result, at_most
from bench.plan import Plan

ROUNDS = 200


def idle(plan: Plan) -> Result:
    many = plan.size(100_000, 500)
    few_at, many_at = plan.database("few", Clinic(100)), plan.database("many", Clinic(many))
    places = {"few": few_at, "many": many_at}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in places}
    for number in range(plan.runs):
        for name in sorted(places, reverse=bool(number % 2)):
            plan.say(f"idle, round {number + 1} of {plan.runs}: {name} families")
            found[name].append(_one(plan, places[name]))
    few, several = found["few"], found["many"]
    lines = [
        at_most(f"a round of ticks: {many:,} families to 100", _ratio(several, few, _round), 1.5),
        Line("a round of ticks, CPU", Figure.of([_round(one) * 1e6 for one in several]).shown(0, " us")),
        at_most(f"memory: {many:,} families to 100", _ratio(several, few, lambda one: one["resident"]), 1.2),
        at_most(f"start: {many:,} families to 100", _ratio(several, few, lambda one: one["start"]), 1.3),
    ]
    return Result(lines, found)


def _one(plan: Plan, path: Path) -> dict[str, Any]:
    started = starting.program(plan.server, path)
    values = {"kind": "notes", "first": 0, "warm": 0, "count": 0, "families": 0, "path": str(path)}
    course = {"server": plan.server, "token": processes.token(), "rounds": plan.size(ROUNDS, 5), **values}
    return {**processes.ran("bench.trials.idle", course), "start": started.seconds}


def _round(one: dict[str, Any]) -> float:
    """CPU seconds of each frequent tick once."""
    return sum(cpu for _, cpu in one["ticks"].values())


def _ratio(ours: list[dict[str, Any]], theirs: list[dict[str, Any]], what: Any) -> Figure:
    return Figure.ratio([what(one) for one in ours], [what(one) for one in theirs])
