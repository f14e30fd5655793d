"""Behaviours in an export: each with its moments and counted days; those that were no agreed one stand under null.

The words that somebody told a moment in stand with the check-in, and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.domain import behaviour, behaviour_reading
from bot.domain.behaviour import Moment
from bot.domain.iso import iso, maybe_iso
from bot.model import Json
from bot.storage import behaviour as stored
from bot.storage.database import Row, Tx

Answers = Mapping[int | None, Sequence[Row]]


async def targets(tx: Tx, child: int, check_ins: Sequence[Row], answers: Answers) -> list[Json]:
    """``answers``: rows of the child's answers by check-in."""
    found, counted = await stored.all_of_child(tx, child)
    events: dict[str, list[Json]] = defaultdict(list)
    for row in check_ins:
        moment = _moment(row, answers.get(row["id"], ())) if row["template"] == behaviour.KEY else None
        if moment is not None:
            events[moment.what].append(_event(row, moment))
    counts: dict[int, list[Json]] = defaultdict(list)
    for row in counted:
        counts[row["behaviour_target_id"]].append(_count(row))
    agreed = [
        {
            "id": row["id"],
            "text": row["text"],
            "created_at": iso(row["created_at"]),
            "ended_at": maybe_iso(row["ended_at"]),
            "events": events.pop(behaviour.key_of(row["id"]), []),
            "counts": counts[row["id"]],
        }
        for row in found
    ]
    others = sorted((one for several in events.values() for one in several), key=lambda one: int(one["checkin_id"]))
    none: Json = {"id": None, "text": None, "created_at": None, "ended_at": None, "events": others, "counts": []}
    return [*agreed, *([none] if others else [])]


def _moment(check_in: Row, answers: Sequence[Row]) -> Moment | None:
    given = {one["question"]: behaviour_reading.value_of(one) for one in answers if not one["skipped"]}
    return behaviour_reading.moment_of(check_in, given)


def _event(check_in: Row, moment: Moment) -> Json:
    return {
        "checkin_id": check_in["id"],
        "caregiver_id": moment.by,
        "local_date": check_in["local_date"],
        "at": moment.at,
        "what": moment.what if moment.what == behaviour.OTHER else "agreed",
        "before": list(moment.before),
        "after": list(moment.after),
        "long": moment.long or None,
        "strong": moment.strong or None,
        "where": moment.where or None,
        "day": list(moment.day),
        "observed_hours": moment.observed or None,
    }


def _count(row: Row) -> Json:
    return {
        "caregiver_id": row["person_id"],
        "local_date": row["local_date"],
        "band": row["band"],
        "observed_hours": row["observed"],
        "recorded_at": iso(row["recorded_at"]),
    }
