"""The same export as a table: one row an answer or note, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable

from bot.domain import checkins, exporting
from bot.domain.exporting import Scope
from bot.domain.templates import Template
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
    "label",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


async def as_csv(tx: Tx, scope: Scope, now: int) -> AsyncIterator[str]:
    """The table in pieces of text, a child each. Raises ``exporting.NotFound`` before the first."""
    ids = await exporting.children(tx, scope, now)
    yield BOM + _written([dict(zip(COLUMNS, COLUMNS, strict=True))])
    for child in ids:
        yield _written(rows(await exporting.one_child(tx, child, now)))


def rows(child: Json) -> Iterable[Json]:
    """What one exported child has as rows."""
    names = {one["id"]: one["name"] for one in child["caregivers"]}
    for check_in in child["checkins"]:
        template = exporting.as_asked(check_in)
        for answer in check_in["answers"]:
            yield {
                **_who(child, check_in, names),
                "kind": "answer",
                **{key: check_in[key] for key in ("template", "local_date", "slot")},
                "question": answer["question"],
                "value": _flat(answer["value"]),
                **_said(answer, answer["answered_at"]),
                "late": "yes" if answer["late"] else "no",
                "label": _label(template, answer),
            }
    for note in child["notes"]:
        yield {**_who(child, note, names), "kind": note["kind"], **_said(note, note["recorded_at"])}


def _label(template: Template, answer: Json) -> str:
    """What was chosen in the clinic's own words, and what it was asked about; "" where the keys say it."""
    asked = checkins.question_of(template, answer["question"])
    value = answer["value"]
    words = {part: text for of_language in template.words.values() for part, text in of_language.items()}
    keys = [str(one) for one in (value if isinstance(value, list) else [] if value is None else [value])]
    labels = [asked.labels.get(key) or words.get(f"{asked.text}-{key}", "") for key in keys]
    return ": ".join(part for part in (asked.item, ", ".join(one for one in labels if one)) if part)


def _who(child: Json, entry: Json, names: dict[int, str]) -> Json:
    caregiver = entry["caregiver_id"]
    return {
        "child_id": child["id"],
        "child": child["name"],
        "caregiver_id": caregiver,
        "caregiver": names.get(caregiver, ""),
    }


def _said(entry: Json, at: str) -> Json:
    media = entry["media"] or {"kind": "", "file_id": ""}
    return {
        "text": entry["text"] or "",
        "media_kind": media["kind"],
        "file_id": media["file_id"],
        "at": at,
        "revisions": len(entry["revisions"]),
    }


def _flat(value: object) -> object:
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return "" if value is None else value


def _written(table: Iterable[Json]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writerows({key: _safe(value) for key, value in row.items()} for row in table)
    return text.getvalue()


def _safe(cell: object) -> object:
    """Words of people must not run as a formula where the table is opened."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA) else cell
