"""What was told of home practice, read for a therapist: the rows become the plain values of `domain.practice`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain import practice
from bot.domain.practice import Log, Step, Told
from bot.storage import practice as stored
from bot.storage.database import Row, Tx

_DONE = {"yes": Told.DONE, "a_little": Told.LITTLE, "no": Told.NO, "not_today": Told.NO}
_BARRIERS = {"sick": Told.ILL, "away": Told.AWAY}


@dataclass(frozen=True, slots=True)
class Practised:
    """One home step with everything that was told of it since the first date asked for, oldest first.

    ``words``: what got in the way, in the parents' own words: (by, on, text).
    """

    step: Step
    logs: tuple[Log, ...]
    words: tuple[tuple[int, date, str], ...]


async def of_caseload(tx: Tx, therapist: int, first: date, now: int, child: int | None = None) -> list[Practised]:
    """The steps of every child that this therapist may treat now (or of one), in three reads."""
    whose = (therapist, child, first.isoformat(), now)
    answers: dict[int, dict[str, Row]] = defaultdict(dict)
    for row in await stored.answers(tx, *whose):
        answers[row["check_in_id"]][row["question"]] = row
    logs: dict[int, list[Log]] = defaultdict(list)
    words: dict[int, list[tuple[int, date, str]]] = defaultdict(list)
    for row in await stored.asked(tx, *whose):
        given = answers.get(row["id"], {})
        if (log := log_of(row, values(given))) is not None:
            logs[log.step].append(log)
        if (other := given.get("barrier_other")) is not None and other["text"]:
            words[row["home_step_id"]].append((row["person_id"], date.fromisoformat(row["local_date"]), other["text"]))
    steps = practice.read(await stored.steps(tx, *whose))
    return [Practised(one, tuple(logs[one.id]), tuple(words[one.id])) for one in steps]


def values(given: Mapping[str, Row]) -> dict[str, Any]:
    """What was chosen, by question."""
    return {key: None if row["value"] is None else json.loads(row["value"]) for key, row in given.items()}


def log_of(check_in: Row, answers: Mapping[str, Any]) -> Log | None:
    """What a check-in that asked for a home step says of its day; None where it says nothing of it."""
    told = _told(check_in, answers)
    if told is None:
        return None
    return Log(
        step=check_in["home_step_id"],
        by=check_in["person_id"],
        on=date.fromisoformat(check_in["local_date"]),
        told=told,
        help=answers.get("help") or "",
        barriers=tuple(answers.get("barrier") or ()),
        minutes=answers.get("long") or "",
    )


def _told(check_in: Row, answers: Mapping[str, Any]) -> Told | None:
    done = answers.get("done") or answers.get("step")
    if done is None:
        return _excused(check_in)
    barriers = answers.get("barrier") or ()
    if _DONE[done] is Told.NO:
        return max((_BARRIERS[one] for one in barriers if one in _BARRIERS), default=Told.NO)
    return _DONE[done]


def _excused(check_in: Row) -> Told | None:
    """Ill, not with the child, or resting: a day that nobody could practise on."""
    if check_in["state"] != "excused":
        return None
    return Told.ILL if check_in["state_reason"] == "ill" else Told.AWAY
