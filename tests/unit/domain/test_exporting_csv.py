"""The table for spreadsheets: every kind of row under one header, and words come back as they were said."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import exporting_csv
from bot.model import Json

AT = "2027-03-18T18:40:00Z"
SAID: Json = {"id": 7, "caregiver_id": 2, "media": None, "recorded_at": AT, "revisions": []}


def child(**sections: Any) -> Json:
    parts = ("checkins", "notes", "goals", "practice", "behaviour", "messages", "meetings")
    empty: Json = {one: [] for one in parts}
    return {"id": 1, "name": "Mika", "caregivers": [{"id": 2, "name": "Ana"}], **empty, **sections}


def table(one: Json) -> list[dict[str, str]]:
    """As a spreadsheet, or a program, reads it."""
    text = exporting_csv._written(exporting_csv.rows(one))
    found = list(csv.reader(io.StringIO(text, newline="")))
    return [dict(zip(exporting_csv.COLUMNS, row, strict=True)) for row in found]


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@'\t\r\n\xa0\u200f＝＋,;\""))))
def test_words_come_back_as_they_were_said_and_never_run(words: str) -> None:
    """Fault 21: a cell that a spreadsheet would run has an apostrophe before it; line breaks stay."""
    [row] = table(child(notes=[{**SAID, "kind": "note", "text": words}]))
    assert exporting_csv.read(row["text"]) == words
    assert (
        not row["text"].lstrip(" \xa0\u200f").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    )


@pytest.mark.parametrize("words", ["hello", "'tis", "3 - 2", "", "👋🏽", "it's = fine"])
def test_harmless_words_stand_as_they_are(words: str) -> None:
    assert exporting_csv.safe(words) == words


@pytest.mark.parametrize("words", ["=1", " =1", "\u202e=1", "\ufeff@x", "'=1", "''-1", "\n=1", "＝1"])
def test_what_would_run_is_held(words: str) -> None:
    assert exporting_csv.safe(words) == f"'{words}"


def test_every_kind_has_its_rows() -> None:
    rating = {"caregiver_id": 2, "checkin_id": 5, "value": 4, "answered_at": AT, "late": True}
    goal = {
        "id": 4,
        "created_at": AT,
        "end": None,
        "versions": [{"what": "Asks"}],
        "agreements": [{**SAID, "kind": "agree", "text": None}],
        "whys": [{**SAID, "kind": "why", "text": "For grandma"}],
        "talks": [],
        "levels": [{"level": -1, "recorded_at": AT}],
        "ratings": [rating],
    }
    of = {"checkin_id": 5, "caregiver_id": 2, "local_date": "2027-03-18"}
    count = {"caregiver_id": 2, "local_date": "2027-03-18", "band": "one", "observed_hours": "from_1"}
    found = table(
        child(
            wishes=[{**SAID, "kind": "wish", "text": "To ask"}],
            goals=[goal],
            practice=[{"text": "Red cup", "logs": [{**of, "told": "done"}]}],
            behaviour=[
                {
                    "id": 6,
                    "text": "Throws",
                    "events": [{**of, "what": "agreed", "at": "17:30"}],
                    "counts": [{**count, "recorded_at": AT}],
                }
            ],
            meetings=[
                {
                    "id": 8,
                    "starts_at": AT,
                    "kind": "video",
                    "note": "=link",
                    "cancelled_at": None,
                    "caregivers": [{"caregiver_id": 2, "answer": "yes"}],
                },
                {"id": 9, "starts_at": AT, "kind": "person", "note": "", "cancelled_at": AT, "caregivers": []},
            ],
            messages=[{"id": 3, "caregiver_id": 2, "kind": "line", "text": "See you", "sent_at": AT, "written_at": AT}],
        )
    )
    shown = [(one["kind"], one["caregiver"], one["value"], one["text"], one["about"]) for one in found]
    assert shown == [
        ("wish", "Ana", "", "To ask", ""),
        ("goal", "", "", "Asks", ""),
        ("goal_agree", "Ana", "", "", "Asks"),
        ("goal_why", "Ana", "", "For grandma", "Asks"),
        ("goal_level", "", "-1", "", "Asks"),
        ("goal_rating", "Ana", "4", "", "Asks"),
        ("practice", "Ana", "done", "", "Red cup"),
        ("behaviour", "Ana", "agreed", "", "Throws"),
        ("behaviour_count", "Ana", "one", "from_1", "Throws"),
        ("meeting", "Ana", "yes", "'=link", ""),
        ("meeting", "", "", "", ""),
        ("message", "Ana", "", "See you", ""),
    ]
    assert {one["child"] for one in found} == {"Mika"}
    assert (found[5]["late"], found[7]["slot"], found[9]["question"]) == ("yes", "17:30", "video")
