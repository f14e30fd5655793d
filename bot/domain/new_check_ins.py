"""A check-in as it begins: the step that it asks about, what its questions know, its row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain import (
    material,
    practice,
    templates,
)
from bot.domain.material import Material
from bot.domain.practice import Step
from bot.model import CheckInState
from bot.storage.ids import new_id


def step_for(template: templates.Template, steps: Sequence[Step], local_date: str) -> Step | None:
    """The one to ask about: of several for that day the practice log begins with the first, else they take turns."""
    day = date.fromisoformat(local_date)
    if template.family == practice.KEY:
        return next(iter(practice.planned_on(steps, day)), None)
    asks = any(one.needs == "home_step" for one in template.questions)
    return practice.turn_of(steps, day) if asks else None


def facts(step: Step | None, *, short: bool = False, turn: str = "") -> dict[str, str]:
    """What the questions of a template may need to know. ``turn`` is the local date of the check-in."""
    known = {"home_step": step.text if step else "", templates.SHORT: "1" if short else "", templates.TURN: turn}
    return {key: value for key, value in known.items() if value}


def new_check_in(
    template: templates.Template,
    *,
    schedule: int | None,
    child: int,
    person: int,
    local_date: str,
    slot: str,
    due_at: int,
    now: int,
    step: Step | None,
    question: templates.Question | None,
    asked_with: Material = material.NOTHING,
    short: int = 0,
    unusual: bool = False,
) -> dict[str, int | str | None]:
    """The row of a check-in that asks `question` first."""
    closes_at = due_at + template.window_minutes * 60_000
    return {
        "id": new_id(),
        "schedule": schedule,
        "child": child,
        "person": person,
        "template": template.key,
        "template_version": template.version,
        "local_date": local_date,
        "slot": slot,
        "due_at": due_at,
        "closes_at": closes_at,
        "late_until": due_at + template.late_minutes * 60_000,
        "state": CheckInState.OPEN.value,
        "state_reason": "",
        "question": question.key if question else "",
        "awaits_words": int(question is not None and question.type == "words"),
        "asked_at": now,
        "message": new_id(),
        "step": step.text if step else "",
        "home_step": step.id if step else None,
        "material": material.write(asked_with),
        "short": short,
        "unusual": int(unusual),
        "nudge_at": None,
        "nudge": "reminder",
        "created_at": now,
    }
