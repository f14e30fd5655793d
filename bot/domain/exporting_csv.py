"""The same export as a table, safe to open in a spreadsheet: one row an answer, a note, a rating, a record, a visit.

The columns are the same for every kind of row, and new ones only ever come behind them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from bot.domain import checkins, exporting
from bot.domain.exporting import Scope
from bot.domain.templates import Question, Template
from bot.model import Json
from bot.storage.database import Tx

BOM = "\ufeff"  # spreadsheets take a file without it for their own old encoding
COLUMNS = (
    "child_id",
    "child",
    "caregiver_id",
    "caregiver",
    "kind",
    "template",
    "local_date",
    "slot",
    "question",
    "value",
    "text",
    "media_kind",
    "file_id",
    "at",
    "late",
    "revisions",
    "record_id",
    "about",
    "label",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What a spreadsheet may skip before it looks for a formula: blanks, marks of direction, letters without a width.
_SKIPPED = " \v\f\x1c\x1d\x1e\x1f\x85\xa0\xad\u061c\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    chr(one) for one in (*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_WORDS = ("agreements", "whys", "talks")  # what caregivers said of a goal


async def as_csv(tx: Tx, scope: Scope, now: int) -> AsyncIterator[str]:
    """The table in pieces of text, a child each. Raises ``exporting.NotFound`` before the first."""
    ids = await exporting.children(tx, scope, now)
    yield BOM + _written([dict(zip(COLUMNS, COLUMNS, strict=True))])
    for child in ids:
        yield _written(rows(await exporting.in_scope(tx, scope, child, now)))


def rows(child: Json) -> Iterator[Json]:
    """What one exported child has as rows."""
    names = {one["id"]: one["name"] for one in child["caregivers"]}
    for row in _all(child):
        caregiver = row.get("caregiver_id")
        yield {"child_id": child["id"], "child": child["name"], "caregiver": names.get(caregiver, ""), **row}


def _all(child: Json) -> Iterator[Json]:
    for check_in in child["checkins"]:
        yield from _answers(check_in)
    for note in (*child["notes"], *child.get("wishes", ())):
        yield {"kind": note["kind"], **_said(note, note["recorded_at"])}
    for goal in child["goals"]:
        yield from _goal(goal)
    for step in child["practice"]:
        for log in step["logs"]:
            yield {"kind": "practice", "value": log["told"], "about": step["text"], **_of_check_in(log)}
    for target in child["behaviour"]:
        yield from _behaviour(target)
    for meeting in child["meetings"]:
        yield from _meeting(meeting)
    for message in child["messages"]:
        yield _message(message)


def _answers(check_in: Json) -> Iterator[Json]:
    template = exporting.as_asked(check_in)
    for answer in check_in["answers"]:
        yield {
            "caregiver_id": check_in["caregiver_id"],
            "kind": "answer",
            **{key: check_in[key] for key in ("template", "local_date", "slot")},
            "question": answer["question"],
            "value": _flat(answer["value"]),
            **_said({**answer, **check_in}, answer["answered_at"]),
            "late": _yes_no(said=answer["late"]),
            **_in_words(checkins.question_of(template, answer["question"]), template, answer["value"]),
        }


def _in_words(asked: Question, template: Template, value: Any) -> Json:
    """What it was asked about, and the choice in the clinic's own words; "" where the keys say it."""
    words = {part: text for of_language in template.words.values() for part, text in of_language.items()}
    keys = [str(one) for one in (value if isinstance(value, list) else [] if value is None else [value])]
    labels = [asked.labels.get(key) or words.get(f"{asked.text}-{key}", "") for key in keys]
    return {"about": asked.item, "label": ", ".join(one for one in labels if one)}


def _goal(goal: Json) -> Iterator[Json]:
    """Its newest wording, what was said of it, and each rating and level with its own date."""
    what = goal["versions"][-1]["what"] if goal["versions"] else ""
    about = {"about": what}
    yield {"kind": "goal", "value": goal["end"] or "", "text": what, "at": goal["created_at"], "record_id": goal["id"]}
    for said in (one for part in _WORDS for one in goal[part]):
        yield {"kind": f"goal_{said['kind']}", **_said(said, said["recorded_at"]), **about}
    for one in goal["levels"]:
        yield {"kind": "goal_level", "value": one["level"], "at": one["recorded_at"], "record_id": goal["id"], **about}
    for one in goal["ratings"]:
        yield {
            "caregiver_id": one["caregiver_id"],
            "kind": "goal_rating",
            "value": one["value"],
            "at": one["answered_at"],
            "late": _yes_no(said=one["late"]),
            "record_id": one["checkin_id"],
            **about,
        }


def _behaviour(target: Json) -> Iterator[Json]:
    """A moment with its hour, a counted day with its band and how long somebody was there to see it."""
    about = {"about": target["text"] or ""}
    for event in target["events"]:
        yield {"kind": "behaviour", "value": event["what"], "slot": event["at"], **_of_check_in(event), **about}
    for count in target["counts"]:
        yield {
            "caregiver_id": count["caregiver_id"],
            "kind": "behaviour_count",
            "local_date": count["local_date"],
            "value": count["band"],
            "text": count["observed_hours"] or "",
            "at": count["recorded_at"],
            "record_id": target["id"],
            **about,
        }


def _of_check_in(entry: Json) -> Json:
    return {"record_id": entry["checkin_id"], "caregiver_id": entry["caregiver_id"], "local_date": entry["local_date"]}


def _meeting(meeting: Json) -> Iterator[Json]:
    """A visit for each caregiver who was asked to come, with what they said; one nobody was asked to, once."""
    state = "cancelled" if meeting["cancelled_at"] else meeting["kind"]
    row = {"kind": "meeting", "at": meeting["starts_at"], "text": meeting["note"], "record_id": meeting["id"]}
    for one in meeting["caregivers"] or [{"caregiver_id": None, "answer": None}]:
        yield {**row, "caregiver_id": one["caregiver_id"], "question": state, "value": one["answer"] or ""}


def _message(message: Json) -> Json:
    """What a therapist wrote to a family; one that was not sent yet has the moment of its writing."""
    return {
        "kind": "message",
        "caregiver_id": message["caregiver_id"],
        "question": message["kind"],
        "text": message["text"] or "",
        "at": message["sent_at"] or message["written_at"],
        "record_id": message["id"],
    }


def _said(entry: Json, at: str) -> Json:
    media = entry["media"] or {"kind": "", "file_id": ""}
    return {
        "caregiver_id": entry["caregiver_id"],
        "text": entry["text"] or "",
        "media_kind": media["kind"],
        "file_id": media["file_id"],
        "at": at,
        "revisions": len(entry["revisions"]),
        "record_id": entry["id"],
    }


def _flat(value: object) -> object:
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return "" if value is None else value


def _yes_no(*, said: bool) -> str:
    return "yes" if said else "no"


def _written(table: Iterable[Json]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writerows({key: safe(value) for key, value in row.items()} for row in table)
    return text.getvalue()


def safe(cell: object) -> object:
    """Words of people must not run as a formula where the table is opened. ``read`` undoes it."""
    return f"'{cell}" if isinstance(cell, str) and _runs(cell) else cell


def read(cell: str) -> str:
    """The words that such a cell was written from."""
    return cell[1:] if cell.startswith("'") and _runs(cell) else cell


def _runs(cell: str) -> bool:
    """Also behind apostrophes, so that nobody's own apostrophe is taken for ours."""
    return cell.lstrip("'" + _SKIPPED).startswith(_FORMULA)
