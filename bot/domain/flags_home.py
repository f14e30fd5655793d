"""Flags about goals and practice: a home step that is stuck, ratings of one goal that lie far apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from bot.domain.flags import Apart, Flag, Kind, Rules, Stuck, View

NOT_SURE, DID_NOT_WANT = "not_sure_how", "did_not_want"


@dataclass(frozen=True, slots=True)
class Barrier:
    """What got in the way of a home step on a day; the choice's key."""

    on: date
    why: str


def stuck(subject: str, barriers: Sequence[Barrier], today: date, rules: Rules) -> Iterable[Flag]:
    """Not knowing how is worth a word at once; not wanting to, only when it comes again and again."""
    first = today - timedelta(days=rules.stuck_days)
    counted = Counter(one.why for one in barriers if first <= one.on <= today)
    for why, least in ((NOT_SURE, rules.not_sure), (DID_NOT_WANT, rules.did_not_want)):
        if counted[why] >= least:
            reason = Stuck(why, counted[why], rules.stuck_days)
            yield Flag(Kind.STUCK, reason, subject=f"{subject}/{why}", weight=counted[why])


def differ(subject: str, goal: str, views: Sequence[View], rules: Rules) -> Flag | None:
    """The newest views of two people that lie farthest apart, given within a few days of each other."""
    newest = {one.by: one for one in sorted(views, key=lambda one: one.on)}
    pairs = [
        (max(pair, key=_points), min(pair, key=_points))
        for pair in combinations(newest.values(), 2)
        if abs(pair[0].on - pair[1].on) <= timedelta(days=rules.apart_days)
    ]
    high, low = max(pairs, key=lambda pair: pair[0].points - pair[1].points, default=(None, None))
    if high is None or low is None or high.points - low.points < rules.apart:
        return None
    return Flag(Kind.DIFFER, Apart(goal, high, low), subject=subject, weight=round(high.points - low.points))


def _points(view: View) -> float:
    return view.points
