"""Gone quiet: several in a row without an answer, after usually answering. Said as a fact, never as a reproach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from bot.domain.flags import Flag, Kind, Rules, Silence

WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Asked:
    """A check-in that was shown and is over. Excused days and what was never shown are none."""

    on: date
    answered: bool


def gone_quiet(by: int, template: str, asked: Sequence[Asked], rules: Rules) -> Flag | None:
    """``asked`` is oldest first, of one person and one template."""
    missed = sum(1 for _ in takewhile(lambda one: not one.answered, reversed(asked)))
    before = asked[: len(asked) - missed]
    enough = rules.quiet_weeklies if template == WEEKLY else rules.quiet_pulses
    if missed < enough or not before:
        return None
    answered = sum(one.answered for one in before)
    if answered * 100 < rules.quiet_usually_percent * len(before):
        return None
    silence = Silence(missed, answered, len(before), before[-1].on, asked[-1].on)
    return Flag(Kind.GONE_QUIET, silence, by, template, missed // enough)
