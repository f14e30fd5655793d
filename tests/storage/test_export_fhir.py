"""The export for record systems: valid FHIR R4B, nothing of a person that it can do without, no word changed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.bundle import Bundle

from bot.domain import exporting_fhir, fhir
from bot.domain.exporting import All
from bot.domain.exporting_fhir_answers import Forms
from bot.domain.fhir import Names
from bot.model import Json, Media
from bot.storage import schema
from bot.storage.database import Tx
from bot.text.catalogue import Catalogue
from bot.text.screens import forms
from tests.support.clinic import Clinic, empty_database, local

NOW = local("Europe/Berlin", "2027-03-19 07:30")
AT, LATER = "2027-03-18T18:40:00Z", "2027-03-18T19:00:00Z"
WORDS = "=1+1 <b>He</b> said:\n\tمرحبا 👋🏽 \u00a0\u2028"


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    async with empty_database(tmp_path) as db:
        yield Clinic(db)


def words(message: str, own: Mapping[str, str], item: str) -> str:
    return forms.words(Catalogue.load().voice("en"), message, own, item)


async def exported(clinic: Clinic) -> Json:
    pieces: list[str] = []

    async def read(tx: Tx) -> None:
        pieces.extend([piece async for piece in exporting_fhir.as_fhir(tx, All(), NOW, "123456", words)])

    await clinic.db.read(read)
    return valid("".join(pieces))


def valid(text: str) -> Json:
    """Read by the library, which refuses what FHIR does not know; every reference leads to an entry."""
    Bundle.model_validate_json(text)
    bundle: Json = json.loads(text)
    urls = [one["fullUrl"] for one in bundle.get("entry", [])]
    assert len(set(urls)) == len(urls)
    assert set(_references(bundle)) <= set(urls)
    return bundle


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [found for one in value for found in _references(one)]
    if not isinstance(value, dict):
        return []
    found = [value["reference"]] if isinstance(value.get("reference"), str) else []
    return found + [one for inner in value.values() for one in _references(inner)]


def of(bundle: Json, kind: str) -> list[Json]:
    return [one["resource"] for one in bundle.get("entry", []) if one["resource"]["resourceType"] == kind]


def marks(resource: Json) -> dict[str, Any]:
    """Its extensions by name."""
    return {
        one["url"].removeprefix("urn:homenotes:"): next(value for key, value in one.items() if key != "url")
        for one in resource.get("extension", [])
    }


async def test_nobody_yet_is_a_bundle_too(clinic: Clinic) -> None:
    assert "entry" not in await exported(clinic)


async def test_check_ins_are_responses_to_what_was_asked_and_no_word_is_changed(clinic: Clinic) -> None:
    mika = await clinic.child("Mika", await clinic.therapist())
    ana = await clinic.caregiver(mika, "Ana")
    first = await clinic.check_in(ana, "2027-03-17", day="hard", hard=["tired", "sick"], say=(WORDS,))
    await clinic.check_in(ana, "2027-03-16", "expired", reason="no_answer", slot="19:29")
    old = await clinic.check_in(ana, "2027-03-18", slot="19:31")
    earlier = schema.check_in.update().where(schema.check_in.c.id == old).values(template_version=0)
    await clinic.db.write(lambda tx: tx.run(earlier, {}))
    answer = await clinic.answer(old, ana, "day", "ok", NOW, late=True)
    await clinic.revision(answer_id=answer, value='"good"', text="Old words", recorded_at=NOW - 5000, replaced_at=NOW)
    bundle = await exported(clinic)
    responses = {one["identifier"]["value"]: one for one in of(bundle, "QuestionnaireResponse")}
    told = responses[str(first)]
    assert (told["status"], told["questionnaire"]) == ("completed", "urn:homenotes:questionnaire:pulse|1")
    assert [(one["linkId"], one["answer"]) for one in told["item"]] == [
        ("day", [{"valueCoding": {"system": "urn:homenotes:choice:pulse.day", "code": "hard"}}]),
        (
            "hard",
            [{"valueCoding": {"system": "urn:homenotes:choice:pulse.hard", "code": one}} for one in ("tired", "sick")],
        ),
        ("say", [{"valueString": WORDS}]),
    ]
    revised = responses[str(old)]
    assert revised["status"] == "amended"
    [day] = revised["item"]
    assert marks(day)["late"] is True
    assert [one["valueString"] for one in marks(day)["revision"] if "valueString" in one] == ["Old words"]
    [silent] = [one for one in responses.values() if "item" not in one]
    assert (silent["status"], marks(silent)["state"], marks(silent)["local-date"]) == (
        "stopped",
        "expired",
        "2027-03-16",
    )
    asked = {one["version"]: one for one in of(bundle, "Questionnaire")}
    assert [one["linkId"] for one in asked["1"]["item"]] == ["day", "hard", "well", "step", "say"]
    assert asked["1"]["item"][0]["answerOption"][0]["valueCoding"]["display"] == "😣 Very hard"
    assert [(one["linkId"], one["type"]) for one in asked["0"]["item"]] == [("day", "choice")]
    seen = {one["effectiveDateTime"]: one for one in of(bundle, "Observation")}
    assert seen["2027-03-17"]["valueCodeableConcept"]["coding"][0]["code"] == "hard"
    assert seen["2027-03-17"]["derivedFrom"][0]["reference"] == f"urn:uuid:{told['id']}"
    assert marks(seen["2027-03-18"]) == {"late": True}


async def test_a_clinics_own_words_and_lists_stand_as_they_were_asked(clinic: Clinic) -> None:
    """Renamed or taken away later, it is what the family had read when they answered."""
    mika = await clinic.child("Mika", await clinic.therapist())
    ana = await clinic.caregiver(mika, "Ana")
    body = {
        "key": "own_1",
        "version": 1,
        "window_minutes": 60,
        "based_on": "pulse",
        "words": {
            "de": {"name": "Unser Tag"},
            "en": {"name": "Our day", "day": "What a day had {child}?", "day-good": "Sunny"},
        },
        "questions": [
            {"key": "day", "type": "one", "choices": ["hard", "good"]},
            {"key": "calm", "type": "many", "choices_from": "coping", "choices": ["nothing"]},
        ],
    }
    form = await clinic.put(schema.form, template_key="own_1", newest=1, created_at=NOW)
    version = {"template_key": "own_1", "version": 1, "body": json.dumps(body), "published_at": NOW}
    await clinic.db.write(lambda tx: tx.run(schema.form_version.insert().values(form_id=form, **version), {}))
    await clinic.check_in(ana, "2027-03-17", template="own_1", day="good")
    goals = await clinic.check_in(ana, "2027-03-18", template="goals")
    asked = {"lists": {"goals": [["g7", "Asks for a drink"]]}, "facts": {}}
    material = schema.check_in.update().where(schema.check_in.c.id == goals).values(material=json.dumps(asked))
    await clinic.db.write(lambda tx: tx.run(material, {}))
    await clinic.answer(goals, ana, "close.g7", 4, NOW)
    bundle = await exported(clinic)
    [sunny, rated] = of(bundle, "QuestionnaireResponse")
    assert sunny["item"][0]["text"] == "What a day had the child?"
    assert sunny["item"][0]["answer"][0]["valueCoding"]["display"] == "Sunny"
    assert "Asks for a drink" in rated["item"][0]["text"]
    [own] = [one for one in of(bundle, "Questionnaire") if one["name"] == "own_1"]
    assert (own["title"], own["item"][0]["text"]) == ("Our day", "What a day had the child?")
    assert [one["valueCoding"]["display"] for one in own["item"][0]["answerOption"]][1] == "Sunny"
    assert own["item"][1]["type"] == "open-choice"


async def test_nobody_can_be_found_by_it_and_two_clinics_do_not_collide(clinic: Clinic) -> None:
    """Fault 49: a record system needs to tell children and pairs of eyes apart, and no name for that."""
    mika = await clinic.child("Mika", await clinic.therapist("Dana"))
    ana = await clinic.caregiver(mika, "Ana")
    await clinic.check_in(ana, "2027-03-18", day="good")
    note = await clinic.note(ana, "2027-03-18 21:05", "Look", "win", Media("photo", "f1"))
    bundle = await exported(clinic)
    [patient], [eyes] = of(bundle, "Patient"), of(bundle, "RelatedPerson")
    assert patient.keys() == {"resourceType", "id", "identifier", "birthDate"}
    assert eyes.keys() == {"resourceType", "id", "identifier", "patient", "relationship"}
    text = json.dumps(bundle)
    assert not [name for name in ("Mika", "Ana", "Dana", "Europe/Berlin") if name in text]
    [noted] = [one for one in of(bundle, "Observation") if one["code"]["coding"][0]["code"] == "win"]
    assert (noted["identifier"][0]["value"], noted["valueString"]) == (str(note), "Look")
    assert marks(noted)["sent"]["title"] == "photo"
    assert patient == of(await exported(clinic), "Patient")[0]
    assert UUID(patient["id"]).hex != UUID(Names("654321").id("Patient", mika)).hex


def _child(**sections: Any) -> Json:
    checked = {"template_version": 1, "caregiver_id": 2, "slot": "19:30", "due_at": AT, "sent_at": AT, "answers": []}
    check_ins = [
        {
            "id": number,
            "template": "goals",
            "local_date": "2027-03-18",
            "state": "done",
            "state_reason": None,
            **checked,
        }
        for number in (5, 6, 7)
    ]
    caregivers = [{"id": number, "role": role} for number, role in ((2, "mother"), (3, ""))]
    empty: Json = {one: [] for one in ("notes", "goals", "practice", "behaviour")}
    return {
        "id": 1,
        "name": "Mika",
        "birth_month": "",
        "caregivers": caregivers,
        "checkins": check_ins,
        **empty,
        **sections,
    }


def _bundle(child: Json) -> Json:
    names, forms = Names("1"), Forms(words)
    resources = [*exporting_fhir.child_resources(child, names, forms), *forms.resources(names)]
    entries = [fhir.entry(one) for one in resources]
    return valid(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))


def _goal(**changed: Any) -> Json:
    said = {"goal_id": 4, "media": None, "recorded_at": AT, "revisions": []}
    version = {"place": "at home", "help": "", "measure": "3 of 5 days", "starter": "", "scale": "from_minus_1"}
    return {
        "id": 4,
        "created_at": AT,
        "end": None,
        "ended_at": None,
        "importance": None,
        "difficulty": None,
        "versions": [
            {"id": 8, "number": 1, "what": "Asks", "by": "2027-06-01", "levels": {"0": "Asks 3 times"}, **version}
            | {"proposed_at": AT},
            {"id": 9, "number": 2, "what": "A draft", "by": None, "levels": {}, **version, "proposed_at": None},
        ],
        "agreements": [{"id": 1, "caregiver_id": 2, "version_id": 8, "kind": "agree", "text": None, **said}],
        "whys": [{"id": 2, "caregiver_id": 3, "version_id": 8, "kind": "why", "text": "For grandma.", **said}],
        "talks": [],
        "levels": [{"level": -1, "version_id": 8, "therapist_id": 9, "recorded_at": AT}],
        "ratings": [
            {"caregiver_id": 2, "checkin_id": 5, "value": 4, "answered_at": AT, "late": False},
            {"caregiver_id": 3, "checkin_id": 6, "value": 7, "answered_at": LATER, "late": True},
        ],
        "wins": [],
        **changed,
    }


def test_a_goal_has_its_target_and_each_pair_of_eyes_its_ratings() -> None:
    bundle = _bundle(_child(goals=[_goal()]))
    [goal], seen = of(bundle, "Goal"), of(bundle, "Observation")
    assert (goal["lifecycleStatus"], goal["achievementStatus"]["coding"][0]["code"]) == ("active", "in-progress")
    assert goal["description"]["text"] == "Asks · at home · 3 of 5 days"
    assert (goal["target"][0]["detailString"], goal["target"][0]["dueDate"]) == ("Asks 3 times", "2027-06-01")
    assert goal["note"][0]["text"] == "For grandma."
    assert [one["valueInteger"] for one in seen] == [4, 7, -1]
    assert len({one["performer"][0]["reference"] for one in seen[:2]}) == 2
    assert [one["reference"] for one in goal["outcomeReference"]] == [f"urn:uuid:{one['id']}" for one in seen]


@pytest.mark.parametrize(
    ("changed", "status", "achieved"),
    [
        ({"agreements": [], "levels": []}, "proposed", None),
        ({"levels": [{"level": 1, "version_id": 8, "therapist_id": 9, "recorded_at": AT}]}, "active", "achieved"),
        ({"end": "reached", "ended_at": AT, "levels": []}, "completed", "achieved"),
        ({"end": "dropped", "ended_at": AT}, "cancelled", "not-achieved"),
    ],
)
def test_how_a_goal_stands(changed: Json, status: str, achieved: str | None) -> None:
    [goal] = of(_bundle(_child(goals=[_goal(**changed)])), "Goal")
    assert goal["lifecycleStatus"] == status
    assert goal.get("achievementStatus", {"coding": [{"code": None}]})["coding"][0]["code"] == achieved


def test_practice_is_days_done_of_days_planned_with_how_many_were_told_of() -> None:
    """domain.md, home practice adherence: ill is out, not told is missing, twice on a day is one day."""
    told = [("2027-03-15", "done", 2), ("2027-03-15", "no", 3), ("2027-03-16", "ill", 2), ("2027-03-20", "little", 2)]
    logs = [
        {"checkin_id": 5, "caregiver_id": by, "local_date": on, "told": kind, "help": None, "barriers": []}
        for on, kind, by in told
    ]
    step = {
        "id": 3,
        "text": "Red cup",
        "from": "2027-03-15",
        "until": None,
        "plans": [{"from": "2027-03-15", "days": "01234"}],
    }
    [seen] = of(_bundle(_child(practice=[{**step, "logs": logs}])), "Observation")
    assert seen["valueRatio"] == {"numerator": {"value": 1}, "denominator": {"value": 4}}
    assert {one["code"]["coding"][0]["code"]: one["valueInteger"] for one in seen["component"]} == {
        "planned": 4,
        "told": 1,
        "done": 1,
        "little": 0,
    }


def test_behaviour_moments_are_counted_and_a_band_stays_a_band() -> None:
    events = [
        {"checkin_id": number, "caregiver_id": 2, "local_date": "2027-03-18", "what": what}
        for number, what in ((5, "agreed"), (6, "agreed"), (7, "nothing"))
    ]
    counted = {"caregiver_id": 3, "local_date": "2027-03-18", "band": "two_three", "observed_hours": "from_1"}
    target = {"id": 6, "text": "Throws toys", "events": events, "counts": [{**counted, "recorded_at": AT}]}
    moments, band = of(_bundle(_child(behaviour=[target])), "Observation")
    assert (moments["valueInteger"], len(moments["derivedFrom"]), moments["code"]["text"]) == (2, 2, "Throws toys")
    assert band["valueCodeableConcept"]["coding"][0]["code"] == "two_three"
    assert band["component"][0]["valueString"] == "from_1"
