"""A prompt to everyone at Telegram's pace, its limit enforced, and how long people wait for an answer meanwhile."""

from __future__ import annotations

import shutil
import time
from typing import Any

from bench import processes
from bench.clinic import Clinic
from bench.figures import Figure, Line, Result, at_least, at_most, percentile
from bench.plan import Plan
from bench.updates import ACCOUNT

LIMIT = 30  # messages in any second, https://core.telegram.org/bots/faq#broadcasting-to-users
ROUND_TRIP = 0.05  # seconds
EVERY = 0.7  # seconds between two people who write
SOON = 6  # seconds from the making of the clinic to the prompts


def broadcast(plan: Plan) -> Result:
    prompts = 10_000 if plan.long else plan.size(600, 40)
    runs = 1 if plan.long else plan.runs
    found = [_one(plan, number, prompts) for number in range(runs)]
    rates = [one["rate"] / LIMIT * 100 for one in found]
    waited = [(percentile(one["replied"], 0.95) - ROUND_TRIP) * 1000 for one in found]
    refused = sum(one["refused"] for one in found)
    lines = [
        at_least(f"broadcast of {prompts:,} prompts: part of {LIMIT}/s", Figure.of(rates), 97.5, 1, " %"),
        Line("broadcast: 429s", str(refused), "0", refused == 0),
        at_most("a person's reply meanwhile, p95, beside the round trip", Figure.of(waited), 150, 0, " ms"),
    ]
    return Result(lines, {"prompts": prompts, "percent": rates, "reply_p95_ms": waited, "refused": refused})


def _one(plan: Plan, number: int, prompts: int) -> dict[str, Any]:
    writers = max(1, int((prompts / LIMIT - 3) / EVERY))
    due_at = int((time.time() + plan.size(SOON, 1)) * 1000)
    path = plan.database(f"broadcast-{number}", Clinic(prompts + writers, due=prompts, due_at=due_at))
    plan.say(f"broadcast, round {number + 1} of {plan.runs}: {prompts / LIMIT:.0f} s")
    course = {"server": plan.server, "token": processes.token(), "path": str(path), "kind": "notes"}
    nothing = {"first": 0, "warm": 0, "count": 0, "families": 0}
    wanted = {"writers": writers, "prompts": prompts, "due_at": due_at, "every": EVERY}
    limits = {"limit": LIMIT, "delay": ROUND_TRIP}
    report = processes.ran("bench.trials.broadcast", {**course, **nothing, **wanted, **limits})
    shutil.rmtree(path.parent)
    return _judged(report, prompts, writers)


def _judged(report: dict[str, Any], prompts: int, writers: int) -> dict[str, Any]:
    """None lost, none doubled; the rate from the first prompt to the last, replies among them."""
    if report["chats"] != prompts + writers or report["most_to_one"] != 1:
        raise processes.Failed(f"a message was lost or doubled: {report['calls']}")
    prompted = [at for at, chat in report["sent"] if chat < ACCOUNT + prompts]
    within = [at for at, _ in report["sent"] if prompted[0] <= at <= prompted[-1]]
    rate = (len(within) - 1) / (prompted[-1] - prompted[0])
    return {"rate": rate, "replied": report["replied"], "refused": report["calls"].get("429", 0)}
