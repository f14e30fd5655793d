"""Who needs the therapist first, and why. Each reason is printed beside the family; nothing is scored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.digest_facts import Family


class Need(IntEnum):
    """Most serious first."""

    URGENT = 0
    LOST_SKILL = 1
    MAYBE_LOST = 2
    QUESTION = 3
    NEW = 4
    HARD_DAYS = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """``count`` is how many of them; ``age`` the days since the oldest question."""

    need: Need
    count: int
    age: int = 0


def reasons(family: Family) -> tuple[Reason, ...]:
    """Every reason that holds, most serious first."""
    certain = sum(one.certain for one in family.lost)
    age = max((family.age(one) for one in family.questions), default=0)
    found = (
        Reason(Need.URGENT, len(family.alerts)),
        Reason(Need.LOST_SKILL, certain),
        Reason(Need.MAYBE_LOST, len(family.lost) - certain),
        Reason(Need.QUESTION, len(family.questions), age),
        Reason(Need.NEW, len(family.wins)),
        Reason(Need.HARD_DAYS, family.hard_days),
    )
    return tuple(reason for reason in found if reason.count)


def by_need(families: Iterable[Family]) -> list[Family]:
    """Most urgent first; among equals the older question, then more hard days; quiet families last."""
    return sorted(families, key=_key)


def _key(family: Family) -> tuple[bool, int, int, int, int]:
    held = reasons(family)
    first = held[0].need if held else len(Need)
    age = max((reason.age for reason in held), default=0)
    return family.quiet, first, -age, -family.hard_days, family.child
