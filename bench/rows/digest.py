"""A digest for a caseload of 60 families with 12 weeks of data, charts apart."""

from __future__ import annotations

from datetime import UTC, datetime

from bench import processes
from bench.clinic import CASELOAD, Clinic
from bench.figures import Figure, Line, Result, at_most
from bench.plan import Plan


def digest(plan: Plan) -> Result:
    found = []
    for number in range(plan.runs):
        path = plan.database(f"digest-{number}", Clinic(CASELOAD, days=plan.size(84, 7)))
        plan.say(f"digest, round {number + 1} of {plan.runs}")
        wish = {"path": str(path), "therapist": CASELOAD + 1, "local_date": datetime.now(UTC).date().isoformat()}
        one = processes.ran("bench.trials.digest", wish)
        if one["made"] != 1 or not one["messages"]:
            raise processes.Failed(f"no digest was made: {one}")
        found.append(one)
    cpu = [one["cpu"] for one in found]
    blocked = Figure.of([one["blocked"] * 1000 for one in found])
    lines = [
        at_most(f"digest of {CASELOAD} families, 12 weeks of data: CPU", Figure.of(cpu), 1, 2, " s"),
        Line("the event loop's longest turn meanwhile", blocked.shown(0, " ms")),
    ]
    return Result(lines, {"runs": found})
