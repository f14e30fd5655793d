"""The safety log of a child: each press of "Urgent help" and each message that a list caught, and what was done.

Each accepted text stands once in an export. Where a note or an answer has the words, the log says when they were said;
the words themselves stand here where they are nowhere else any more, or were never taken as anything.
"""

from __future__ import annotations

from bot.domain.iso import iso, maybe_iso
from bot.model import Json, texts
from bot.storage import safety_log as stored
from bot.storage.database import Row, Tx

_ENTRIES = ("notes", "checkins", "goals", "wishes", "practice", "behaviour")


async def log(tx: Tx, child: int, document: Json) -> list[Json]:
    """``document``: the rest of that child's."""
    steps, concerns = await stored.steps(tx, child), await stored.concerns(tx, child)
    entries = frozenset(texts([document[key] for key in _ENTRIES]))
    beside = {person: await stored.notes_beside(tx, person) for person in {one["person_id"] for one in concerns}}
    words = [(one, _said(one, entries | beside[one["person_id"]])) for one in concerns]
    found = [
        _alert(row, [said for one, said in words if one["press"] == row["press"]], steps)
        for row in await stored.alerts(tx, child)
    ]
    found += [_noticed(one, said) for one, said in words if one["press"] is None]
    return sorted(found, key=lambda one: str(one["at"]))


def _alert(row: Row, words: list[Json], steps: list[Row]) -> Json:
    return {
        "caregiver_id": row["person_id"],
        "level": "red",
        "source": row["source"],
        "at": iso(row["at"]),
        "answer": row["danger"] or None,
        "false_alarm_at": maybe_iso(row["false_alarm_at"]),
        "seen_at": maybe_iso(row["seen_at"]),
        "taken_at": maybe_iso(row["taken_at"]),
        "taken_by": row["taken_by"],
        "words": words,
        "steps": [_step(one) for one in steps if one["alert_id"] == row["id"]],
    }


def _step(row: Row) -> Json:
    """``kind``: told (they treat the child), escalated (they are on call), mail, mailed, taken and so on."""
    return {"kind": row["kind"], "at": iso(row["at"]), "person_id": row["person_id"], "name": row["name"]}


def _noticed(row: Row, said: Json) -> Json:
    """Lesser words: the therapist was told in their hours, and nobody was woken."""
    known = {"caregiver_id": row["person_id"], "level": row["level"], "source": "words", "at": iso(row["at"])}
    return {**known, "words": [said], "steps": []}


def _said(row: Row, standing: frozenset[str]) -> Json:
    said = row["said"]
    return {"said_at": iso(row["said_at"]), "topics": row["topics"].split(), "text": None if said in standing else said}
