"""What was told of behaviours, read for a therapist: the rows become the plain values of `domain.behaviour`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.clock import from_ms
from bot.domain.behaviour import OTHER, Count, Moment, Target
from bot.storage import behaviour as stored
from bot.storage.database import Row, Tx

OF_THE_DAY = {"day", "observed"}  # what else is asked, beside the moment


@dataclass(frozen=True, slots=True)
class Recorded:
    """One child: the behaviours that were agreed on at any time, and everything told since the first date asked for."""

    child: int
    targets: tuple[Target, ...]
    moments: tuple[Moment, ...]
    counts: tuple[Count, ...]


async def of_caseload(tx: Tx, therapist: int, first: date, now: int, child: int | None = None) -> list[Recorded]:
    """Every child that this therapist may treat now (or one) and of whom there is anything, in four reads."""
    whose = (therapist, child, first.isoformat(), now)
    targets: dict[int, list[Target]] = defaultdict(list)
    for row in await stored.targets(tx, therapist, child, now):
        targets[row["child_id"]].append(target_of(row))
    answers: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in await stored.answers(tx, *whose):
        answers[row["check_in_id"]][row["question"]] = value_of(row)
    moments: dict[int, list[Moment]] = defaultdict(list)
    for row in await stored.records(tx, *whose):
        if (moment := moment_of(row, answers.get(row["id"], {}))) is not None:
            moments[row["child_id"]].append(moment)
    counts: dict[int, list[Count]] = defaultdict(list)
    for row in await stored.counts(tx, *whose):
        counts[row["child_id"]].append(count_of(row))
    children = sorted({*targets, *moments, *counts})
    return [Recorded(one, tuple(targets[one]), tuple(moments[one]), tuple(counts[one])) for one in children]


def target_of(row: Row) -> Target:
    ended = from_ms(row["ended_at"]).date() if row["ended_at"] is not None else None
    return Target(row["id"], row["child_id"], row["text"], from_ms(row["created_at"]).date(), ended)


def value_of(answer: Row) -> Any:
    """None where it was said in words."""
    return None if answer["value"] is None else json.loads(answer["value"])


def moment_of(check_in: Row, answers: Mapping[str, Any]) -> Moment | None:
    """``answers``: what was not skipped. None where nothing was said of a moment itself."""
    if not answers.keys() - OF_THE_DAY:
        return None
    return Moment(
        what=answers.get("what") or OTHER,
        by=check_in["person_id"],
        on=date.fromisoformat(check_in["local_date"]),
        at=check_in["slot"],
        before=tuple(answers.get("before") or ()),
        after=tuple(answers.get("after") or ()),
        long=answers.get("long") or "",
        strong=answers.get("strong") or "",
        where=answers.get("where") or "",
        day=tuple(answers.get("day") or ()),
        observed=answers.get("observed") or "",
        check_in=check_in["id"],
    )


def count_of(row: Row) -> Count:
    on = date.fromisoformat(row["local_date"])
    return Count(row["behaviour_target_id"], row["person_id"], on, row["band"], row["observed"])
