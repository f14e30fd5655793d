"""Home practice in an export: each step as the therapist gave it, with what was told of it. The words that somebody
answered with stand with the check-in, and nowhere else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.domain import practice_reading
from bot.domain.iso import iso, maybe_iso
from bot.model import Json
from bot.storage import home_steps, practice
from bot.storage.database import Row, Tx

Answers = Mapping[int | None, Sequence[Row]]


async def steps(tx: Tx, child: int, answers: Answers) -> list[Json]:
    """Every step of any time, oldest first. ``answers``: rows of the child's answers by check-in."""
    found, plans, tips = await home_steps.all_of_child(tx, child)
    of_plans, of_tips = _by_step(plans), _by_step(tips)
    asked = _by_step(await practice.check_ins_of_child(tx, child))
    booked = _by_step(await practice.bookings_of_child(tx, child))
    return [
        {
            "id": row["id"],
            "text": row["text"],
            "routine": row["routine"],
            "from": row["from_date"],
            "until": row["until_date"],
            "created_at": iso(row["created_at"]),
            "ended_at": maybe_iso(row["ended_at"]),
            "plans": [{"from": one["from_date"], "days": one["days"]} for one in of_plans[row["id"]]],
            "how": {"text": row["how_text"], "media": _media(row)},
            "tips": [{"barrier": one["barrier"], "text": one["text"]} for one in of_tips[row["id"]]],
            "logs": [log for one in asked[row["id"]] if (log := _log(one, answers.get(one["id"], ())))],
            "bookings": [_booking(one) for one in booked[row["id"]]],
        }
        for row in found
    ]


def _by_step(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["home_step_id"]].append(row)
    return found


def _media(row: Row) -> Json | None:
    return {"kind": row["media_kind"], "file_id": row["media_file_id"]} if row["media_kind"] else None


def _log(check_in: Row, answers: Sequence[Row]) -> Json | None:
    given = {one["question"]: json.loads(one["value"]) for one in answers if one["value"] and not one["skipped"]}
    log = practice_reading.log_of(check_in, given)
    if log is None:
        return None
    return {
        "checkin_id": check_in["id"],
        "caregiver_id": log.by,
        "local_date": check_in["local_date"],
        "told": log.told.name.lower(),
        "help": log.help or None,
        "minutes": log.minutes or None,
        "barriers": list(log.barriers),
    }


def _booking(row: Row) -> Json:
    return {
        "caregiver_id": row["person_id"],
        "local_date": row["local_date"],
        "slot": row["slot"],
        "due_at": iso(row["due_at"]),
    }
