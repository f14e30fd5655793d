"""What a therapist was told already: the same flag does not come again within some days, unless it is worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.flags import Flag, Kind, Rules

DAY = 86_400_000
LASTING = (Kind.URGENT, Kind.LOST_SKILL, Kind.MAYBE_LOST, Kind.QUESTION, Kind.NEW)
"""What stands there for as long as it is open or of these days: no repetition, but a place of its own."""


class Show(StrEnum):
    FRESH = "fresh"
    AGAIN = "again"  # told already, and no worse since
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Told:
    """``at`` (ms) is when the flag was last told as new, with what weight; ``snoozed_until`` (ms) is 0 for never."""

    id: int
    at: int
    weight: int
    snoozed_until: int
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag that holds now, and how it is shown."""

    flag: Flag
    show: Show
    told: Told | None = None


def show(flag: Flag, told: Told | None, made_at: int, now: int, rules: Rules) -> Show:
    """How a digest made at that moment (ms) shows it. What is worse than it was comes again, and urgent help always."""
    if told is None or flag.kind is Kind.URGENT:
        return Show.FRESH
    if flag.weight > told.weight:
        return Show.FRESH
    if told.snoozed_until > now:
        return Show.SNOOZED
    recent = told.at < made_at < told.at + rules.repeat_days * DAY
    return Show.AGAIN if recent and flag.kind not in LASTING else Show.FRESH


def remembered(
    flags: Iterable[Flag], told: Mapping[str, Told], made_at: int, now: int, rules: Rules
) -> tuple[Raised, ...]:
    """Each with how it is shown, in the order given. ``told`` is by the flag's key."""
    return tuple(
        Raised(flag, show(flag, told.get(flag.key), made_at, now, rules), told.get(flag.key)) for flag in flags
    )
