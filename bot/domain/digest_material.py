"""What the facts of one child are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.behaviour_reading import Recorded
from bot.domain.digest_goals import Aims
from bot.domain.flags_memory import Told
from bot.domain.goals import Goals
from bot.domain.practice_reading import Practised
from bot.storage.database import Row


@dataclass(slots=True)
class Material:
    """The rows of one child."""

    caregivers: list[Row] = field(default_factory=list)
    check_ins: list[Row] = field(default_factory=list)
    answers: dict[int, dict[str, Row]] = field(default_factory=dict)
    notes: list[Row] = field(default_factory=list)
    questions: list[Row] = field(default_factory=list)
    alerts: list[Row] = field(default_factory=list)
    usual: list[Row] = field(default_factory=list)
    rests: list[Row] = field(default_factory=list)
    practised: list[Practised] = field(default_factory=list)
    aims: Aims = field(default_factory=lambda: Aims(Goals(0, (), ())))
    recorded: Recorded | None = None  # of behaviours
    replied: dict[int, int] = field(default_factory=dict)  # by check-in: when (ms) a therapist answered to it
    told: dict[str, Told] = field(default_factory=dict)
    visit_at: int | None = None  # ms: when therapist and family meet next
