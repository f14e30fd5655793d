"""What changed in a family's plan, and when: home steps and goals. From the exported document alone.

Nothing is said of the days before anybody was asked: there is nothing to compare them with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.report_span import Span
from bot.model import Json

STEP, STEP_DAYS, STEP_OVER = "step", "step-days", "step-over"
GOAL, GOAL_WORDS, GOAL_REACHED, GOAL_CLOSED = "goal", "goal-words", "goal-reached", "goal-closed"


@dataclass(frozen=True, slots=True)
class Change:
    """From ``on`` on something is another way: one of the kinds above, and the step's or the goal's words."""

    on: date
    kind: str
    what: str


def of(child: Json, span: Span) -> tuple[Change, ...]:
    """Within these days, oldest first."""
    begun = min((one["local_date"] for one in child["checkins"]), default=None)
    if begun is None:
        return ()
    found = (*_steps(child), *_goals(child, span))
    kept = (one for one in found if one.on > date.fromisoformat(begun) and span.holds(one.on))
    return tuple(sorted(kept, key=lambda one: one.on))


def _steps(child: Json) -> Iterator[Change]:
    for step in child["practice"]:
        first = date.fromisoformat(step["from"])
        last = None if step["until"] is None else date.fromisoformat(step["until"])
        if last is not None and last < first:  # taken back before its first day
            continue
        yield Change(first, STEP, step["text"])
        before = None
        for plan in step["plans"]:
            on = date.fromisoformat(plan["from"])
            if before not in (None, plan["days"]) and on > first:
                yield Change(on, STEP_DAYS, step["text"])
            before = plan["days"]
        if last is not None:
            yield Change(last + timedelta(days=1), STEP_OVER, step["text"])


def _goals(child: Json, span: Span) -> Iterator[Change]:
    """Each version from the day on which somebody first agreed to it."""
    for goal in child["goals"]:
        agreed = ""
        for version in goal["versions"]:
            said = [one for one in goal["agreements"] if one["version_id"] == version["id"] and one["kind"] == "agree"]
            if said:
                on = span.local_date(min(one["recorded_at"] for one in said))
                yield Change(on, GOAL_WORDS if agreed else GOAL, version["what"])
                agreed = version["what"]
        if goal["end"] and agreed:
            ended = GOAL_REACHED if goal["end"] == "reached" else GOAL_CLOSED
            yield Change(span.local_date(goal["ended_at"]), ended, agreed)
