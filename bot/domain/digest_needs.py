"""Who needs the therapist first, and why. Each reason is printed beside the family; nothing is scored."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.digest_facts import Family
from bot.domain.flags import ORDER, Count, Kind
from bot.domain.flags_memory import Raised, Show

NO_VISIT = 1 << 62


def reasons(family: Family, *, again: bool = False) -> tuple[Raised, ...]:
    """What speaks for the family now, most serious first; with ``again`` also what was told within the last days."""
    how = (Show.FRESH, Show.AGAIN) if again else (Show.FRESH,)
    return tuple(one for one in family.raised if one.show in how)


def by_need(families: Iterable[Family], *, again: bool = False) -> list[Family]:
    """By the most serious flag, then by the next visit, then the older question and more hard days; quiet ones last."""

    def key(family: Family) -> tuple[bool, int, int, int, int, int]:
        held = [one.flag for one in reasons(family, again=again)]
        age = max((flag.figures.age for flag in held if isinstance(flag.figures, Count)), default=0)
        visit = NO_VISIT if family.visit_at is None else family.visit_at
        first = ORDER.index(held[0].kind) if held else len(ORDER)
        return family.quiet and not held, first, visit, -age, -family.hard_days, family.child

    return sorted(families, key=key)


def falls(family: Family, *, again: bool) -> bool:
    """Whether a sharp fall speaks for it: then its hard days are no news."""
    return any(one.flag.kind is Kind.FALL for one in reasons(family, again=again))
