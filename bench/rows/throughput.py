"""Durable throughput beside two libraries that store nothing: the same updates, the same server, the same round."""

from __future__ import annotations

from typing import Any

from bench import processes
from bench.clinic import Clinic
from bench.figures import Figure, Line, Result, at_least, at_most
from bench.plan import Plan

BOTS = {"ours": "Homenotes", "library": "python-telegram-bot", "foreign": "aiogram"}
MICRO = 1_000_000


def notes(plan: Plan) -> Result:
    return _compared(plan, "notes", "note kept", "its echo, one call", 2.5)


def taps(plan: Plan) -> Result:
    return _compared(plan, "taps", "answer kept, edit, spinner stopped", "its answer and edit, two calls", 2.5)


def _compared(plan: Plan, kind: str, mine: str, theirs: str, least: float) -> Result:
    rounds = [_round(plan, kind, number) for number in range(plan.runs)]
    speed = {bot: [one[bot]["count"] / one[bot]["wall"] for one in rounds] for bot in BOTS}
    work = {bot: [MICRO * one[bot]["cpu"] / one[bot]["count"] for one in rounds] for bot in BOTS}
    did = {"ours": mine, "library": theirs, "foreign": theirs}
    lines = [
        Line(
            f"{kind}: {BOTS[bot]} ({did[bot]})",
            f"{Figure.of(speed[bot]).shown(unit='/s')}, {Figure.of(work[bot]).shown(unit=' us')} CPU each",
        )
        for bot in BOTS
    ]
    faster, cheaper = Figure.ratio(speed["ours"], speed["library"]), Figure.ratio(work["ours"], work["library"])
    ahead = Figure.ratio(speed["ours"], speed["foreign"])
    lines += [
        at_least(f"{kind}: speed, Homenotes to python-telegram-bot", faster, least),
        at_most(f"{kind}: CPU, Homenotes to python-telegram-bot", cheaper, 0.4),
        at_least(f"{kind}: speed, Homenotes to aiogram", ahead, 1),
    ]
    return Result(lines, {"per_second": speed, "cpu_us": work})


def _round(plan: Plan, kind: str, number: int) -> dict[str, Any]:
    """Every bot once; who begins changes, so that none always follows the same one."""
    order = list(BOTS)
    turned = order[number % len(order) :] + order[: number % len(order)]
    return {bot: _one(plan, kind, bot, number) for bot in turned}


def _one(plan: Plan, kind: str, bot: str, number: int) -> dict[str, Any]:
    warm, count = plan.size(300, 20), plan.size(2000, 100)
    path = plan.database(f"{kind}-{number}", Clinic(warm + count, open=kind == "taps")) if bot == "ours" else ""
    plan.say(f"{kind}, round {number + 1} of {plan.runs}: {BOTS[bot]}")
    values = {"kind": kind, "first": 0, "warm": warm, "count": count, "families": warm + count, "path": str(path)}
    return {"count": count, **processes.raced(f"bench.contestants.{bot}", plan.server, **values)}
