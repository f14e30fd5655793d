"""The export is exactly the contract's, and each accepted text stands in it once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import exporting, exporting_csv
from bot.domain.exporting import All, Child, Therapist
from bot.model import Json, Media
from bot.storage import schema
from tests.support.clinic import Clinic, empty_database, local

NOW = local("Europe/Berlin", "2027-03-19 07:30")


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    async with empty_database(tmp_path) as db:
        yield Clinic(db)


async def _export(clinic: Clinic, scope: exporting.Scope) -> Json:
    """Through the pieces of text, as the command line writes it."""
    pieces: list[str] = []

    async def read(tx: exporting.Tx) -> None:
        pieces.extend([piece async for piece in exporting.as_json(tx, scope, NOW)])

    await clinic.db.read(read)
    document: Json = json.loads("".join(pieces))
    assert document == await clinic.db.read(lambda tx: exporting.export(tx, scope, NOW))
    return document


async def test_the_document_has_the_fields_of_the_contract(clinic: Clinic) -> None:
    dana = await clinic.therapist()
    mika = await clinic.child("Mika", dana)
    ana = await clinic.caregiver(mika, "Ana")
    await clinic.put(schema.consent, person_id=ana.id, purpose="care", given=1, text_version="2", language="en", at=NOW)
    check_in = await clinic.check_in(ana, "2027-03-18", day="good", hard=["tired", "sick"], say=("Slept well.",))
    note = await clinic.note(ana, "2027-03-18 21:05", "Look", "win", Media("photo", "f1"))
    document = await _export(clinic, All())
    assert {key: document[key] for key in ("format", "exported_at")} == {
        "format": "homenotes/1",
        "exported_at": "2027-03-19T06:30:00Z",
    }
    said = {"media": None, "answered_at": "2027-03-18T18:40:00Z", "late": False, "revisions": []}
    assert document["children"] == [
        {
            "id": mika,
            "name": "Mika",
            "birth_month": "2022-05",
            "therapists": [{"id": dana.id, "name": "Dana"}],
            "caregivers": [
                {
                    "id": ana.id,
                    "name": "Ana",
                    "role": "mother",
                    "language": "en",
                    "timezone": "Europe/Berlin",
                    "joined_at": "2001-09-09T01:46:40Z",
                    "rights": [
                        {
                            "preset": "all",
                            "from": "2001-09-09T01:46:40Z",
                            "until": None,
                            "agreed_until": None,
                            "suspended_at": None,
                            "document": "",
                        }
                    ],
                    "consents": [
                        {
                            "purpose": "care",
                            "given": True,
                            "text_version": "2",
                            "language": "en",
                            "at": "2027-03-19T06:30:00Z",
                        }
                    ],
                }
            ],
            "checkins": [
                {
                    "id": check_in,
                    "template": "pulse",
                    "template_version": 1,
                    "caregiver_id": ana.id,
                    "local_date": "2027-03-18",
                    "slot": "19:30",
                    "due_at": "2027-03-18T18:30:00Z",
                    "sent_at": "2027-03-18T18:30:00Z",
                    "state": "done",
                    "state_reason": None,
                    "answers": [
                        {"question": "day", "value": "good", "text": None, **said},
                        {"question": "hard", "value": ["tired", "sick"], "text": None, **said},
                        {"question": "say", "value": None, "text": "Slept well.", **said},
                    ],
                }
            ],
            "notes": [
                {
                    "id": note,
                    "caregiver_id": ana.id,
                    "kind": "win",
                    "text": "Look",
                    "media": {"kind": "photo", "file_id": "f1"},
                    "recorded_at": "2027-03-18T20:05:00Z",
                    "revisions": [],
                }
            ],
            "milestones": [],
            "goals": [],
            "wishes": [],
            "milestone_lists": [],
            "practice": [],
            "behaviour": [],
            "coping_cards": [],
            "messages": [],
            "meetings": [],
            "alerts": [],
        }
    ]


async def test_what_was_replaced_stands_as_a_revision_and_nowhere_else(clinic: Clinic) -> None:
    ana = await clinic.caregiver(await clinic.child("Mika"), "Ana")
    check_in = await clinic.check_in(ana, "2027-03-18", well=None)
    answer = await clinic.answer(check_in, ana, "day", "very_hard", NOW)
    dropped = await clinic.answer(check_in, ana, "say", None, NOW)
    times = {"recorded_at": NOW - 5000, "replaced_at": NOW}
    await clinic.revision(answer_id=answer, value='"hard"', **times)
    await clinic.revision(answer_id=dropped, text="First words", **times)
    note = await clinic.note(ana, "2027-03-18 21:05", "New words")
    await clinic.revision(note_id=note, text="Old words", **times)
    (child,) = (await _export(clinic, All()))["children"]
    day, say = child["checkins"][0]["answers"]  # the skipped one without a past is left out
    moments = {"recorded_at": "2027-03-19T06:29:55Z", "replaced_at": "2027-03-19T06:30:00Z"}
    assert (day["value"], day["revisions"]) == (
        "very_hard",
        [{"value": "hard", "text": None, "media": None, **moments}],
    )
    assert (say["text"], say["revisions"]) == (
        None,
        [{"value": None, "text": "First words", "media": None, **moments}],
    )
    assert child["notes"][0]["revisions"] == [{"text": "Old words", "media": None, **moments}]
    text = json.dumps(child)
    assert [text.count(words) for words in ("First words", "New words", "Old words")] == [1, 1, 1]


async def test_a_small_win_lists_its_facts_without_repeating_its_words(clinic: Clinic) -> None:
    sami = await clinic.caregiver(await clinic.child("Noor"), "Sami")
    facts = {"often": "first_time", "help": "none", "where": "home", "share": "yes", "stopped": "no"}
    check_in = await clinic.check_in(sami, "2027-03-18", template="milestone", did=("More juice",), **facts)
    await clinic.check_in(sami, "2027-03-18", "open", template="milestone", slot="19:31", often="first_time")
    (child,) = (await _export(clinic, All()))["children"]
    assert child["milestones"] == [
        {"checkin_id": check_in, "caregiver_id": sami.id, "local_date": "2027-03-18", **facts}
    ]
    assert json.dumps(child).count("More juice") == 1


async def test_scopes(clinic: Clinic) -> None:
    dana, eli = await clinic.therapist("Dana"), await clinic.therapist("Eli")
    mika, noor = await clinic.child("Mika", dana), await clinic.child("Noor", eli)
    left = await clinic.child("Lio")
    await clinic.grant(dana, left, "treat", until=NOW)

    async def names(scope: exporting.Scope) -> list[str]:
        return [one["name"] for one in (await _export(clinic, scope))["children"]]

    assert await names(All()) == ["Mika", "Noor", "Lio"]
    assert await names(Therapist(dana.id)) == ["Mika"]
    assert await names(Child(noor)) == ["Noor"]
    for scope, line in ((Therapist(mika), f"there is no therapist {mika}"), (Child(999), "there is no child 999")):
        with pytest.raises(exporting.NotFound, match=line):
            await _export(clinic, scope)


async def test_someone_who_has_not_joined_stands_there_and_someone_who_left_is_still_named(clinic: Clinic) -> None:
    mika = await clinic.child("Mika")
    new = await clinic.put(schema.person, kind="caregiver", name="Ben", language="en", timezone="UTC", created_at=NOW)
    await clinic.put(schema.access, person_id=new, child_id=mika, right="care", from_at=NOW)
    ana = await clinic.caregiver(mika, "Ana")
    await clinic.note(ana, "2027-03-18 21:05", "A word")
    await clinic.put(schema.access, person_id=ana.id, child_id=mika, right="care", from_at=1, until_at=2)
    (child,) = (await _export(clinic, All()))["children"]
    assert [(one["name"], one["joined_at"] is None) for one in child["caregivers"]] == [("Ben", True), ("Ana", False)]


async def test_the_table_cannot_run_a_formula(clinic: Clinic) -> None:
    ana = await clinic.caregiver(await clinic.child("=cmd|' /C calc'!A0"), "Ana")
    await clinic.check_in(ana, "2027-03-18", day="good", hard=["tired", "sick"], say=('@SUM(1)\n"quoted", more',))
    note = await clinic.note(ana, "2027-03-18 21:05", "+49 30 1", "question", Media("voice", "v1", 14))
    pieces: list[str] = []

    async def read(tx: exporting.Tx) -> None:
        pieces.extend([piece async for piece in exporting_csv.as_csv(tx, All(), NOW)])

    await clinic.db.read(read)
    text = "".join(pieces)
    assert text.startswith("\ufeffchild_id,")
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["child"] for row in table] == ["'=cmd|' /C calc'!A0"] * 4
    assert [(row["kind"], row["question"], row["value"], row["text"]) for row in table] == [
        ("answer", "day", "good", ""),
        ("answer", "hard", "tired sick", ""),
        ("answer", "say", "", '\'@SUM(1)\n"quoted", more'),
        ("question", "", "", "'+49 30 1"),
    ]
    assert (table[3]["media_kind"], table[3]["file_id"], table[3]["record_id"]) == ("voice", "v1", str(note))
