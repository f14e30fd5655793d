"""From `run` to the first getUpdates, beside the library's bare import; what the running program holds."""

from __future__ import annotations

from bench import processes, starting
from bench.clinic import Clinic
from bench.figures import Figure, Line, Result, at_most
from bench.plan import Plan


def start(plan: Plan) -> Result:
    path = plan.database("start", Clinic(plan.size(100, 10)))
    ours, imports, bare = [], [], []
    if not plan.small:
        starting.importing()  # once for the disk
    for number in range(plan.runs):
        plan.say(f"start, round {number + 1} of {plan.runs}")
        ours.append(starting.program(plan.server, path))
        imports.append(starting.importing())
        bare.append(starting.bare())
    if any(one.told["code"] for one in ours):
        raise processes.Failed("run did not end with 0")
    seconds, held = [one.seconds for one in ours], [one.resident for one in ours]
    unwanted = any(one.told["matplotlib"] for one in ours)
    lines = [
        Line("run, to its first getUpdates", Figure.of(seconds).shown(2, " s")),
        Line("import telegram.ext", Figure.of(imports).shown(2, " s")),
        at_most("start: run to import", Figure.ratio(seconds, imports), 4),
        at_most("memory: run to a bare Application", Figure.ratio(held, bare), 2),
        Line("memory: run", Figure.of(held).shown(0, " MB")),
        Line("matplotlib loaded", "yes" if unwanted else "no", "no", not unwanted),
    ]
    return Result(lines, {"seconds": seconds, "import_seconds": imports, "resident_mb": held, "bare_mb": bare})
