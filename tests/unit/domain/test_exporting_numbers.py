"""The numbers in a caregiver's own copy are its own: they count what stands there, and each reference leads to it."""

from __future__ import annotations

from typing import Any

from bot.domain.exporting_numbers import numbered
from bot.model import Json


def child(number: int, **sections: Any) -> Json:
    return {"id": number, "caregivers": [], "checkins": [], "messages": [], **sections}


def message(**about: Any) -> Json:
    return {"checkin_id": None, "question": None, **about}


def test_each_kind_is_counted_from_one_and_a_reference_names_what_it_named() -> None:
    document = {
        "format": "homenotes/1",
        "children": [
            child(40, notes=[{"id": 90, "media": None}, {"id": 70}], goals=[{"id": 90}]),
            child(8, notes=[{"id": 12}], messages=[message(note_id=70, goal_id=90, late=True, level=-2)]),
        ],
    }
    assert numbered(document) == {
        "format": "homenotes/1",
        "children": [
            child(1, notes=[{"id": 1, "media": None}, {"id": 2}], goals=[{"id": 1}]),
            child(2, notes=[{"id": 3}], messages=[message(note_id=2, goal_id=1, late=True, level=-2)]),
        ],
    }


def test_a_reference_that_leads_nowhere_is_none() -> None:
    document = {"children": [child(1, messages=[message(note_id=70, therapist_id=4)], therapists=[{"id": 5}])]}
    [told] = numbered(document)["children"]
    assert told["messages"] == [message(note_id=None, therapist_id=None)]


def answer(question: str, value: Any, *before: Any) -> Json:
    return {"question": question, "value": value, "revisions": [{"value": one} for one in before]}


def check_in(number: int, template: str, *answers: Json, form: Json | None = None, **lists: list[str]) -> Json:
    told = {name: [{"key": key, "label": f"by name: {key}"} for key in keys] for name, keys in lists.items()}
    asked = {"asked": {"lists": told, "template": form}} if lists or form else {}
    return {"id": number, "template": template, "answers": list(answers), **asked}


def test_keys_in_answers_and_lists_name_what_they_named_and_count_nobody_elses() -> None:
    """t27 is a behaviour, g81 a goal, s14 a home step; s9 stands in the list alone."""
    asked = [
        check_in(70, "behaviour", answer("what", "t27", "t26"), behaviours=["t26", "t27"]),
        check_in(71, "goals", answer("close.g81", 6), answer("why.g81", None), goals=["g81"]),
        check_in(72, "pulse", answer("tried", ["s14", "s9", "breathe"]), strategies=["s14", "s9", "breathe"]),
        check_in(73, "pulse", answer("day", "t27"), answer("what.g81", "x")),
    ]
    sections = {"behaviour": [{"id": 27}, {"id": 26}], "goals": [{"id": 81}], "practice": [{"id": 14}]}
    thanks = [message(checkin_id=71, question="why.g81"), message(checkin_id=70, question="what")]
    [told] = numbered({"children": [child(1, checkins=asked, messages=thanks, **sections)]})["children"]
    [one, two, three, four] = told["checkins"]
    assert one["answers"] == [answer("what", "t1", "t2")]
    assert one["asked"]["lists"]["behaviours"] == [
        {"key": "t2", "label": "by name: t26"},
        {"key": "t1", "label": "by name: t27"},
    ]
    assert [given["question"] for given in two["answers"]] == ["close.g1", "why.g1"]
    assert three["answers"] == [answer("tried", ["s1", "s2", "breathe"])]
    assert [item["key"] for item in three["asked"]["lists"]["strategies"]] == ["s1", "s2", "breathe"]
    assert four["answers"] == [answer("day", "t27"), answer("what.g81", "x")], "nothing of a list: a key of its own"
    assert [(given["checkin_id"], given["question"]) for given in told["messages"]] == [(2, "why.g1"), (1, "what")]


def test_a_template_made_in_the_chat_has_one_key_wherever_it_is_named() -> None:
    asked = [check_in(70, "own_12", form={"key": "own_12"}), check_in(71, "own_day", form={"key": "own_day"})]
    plans = [
        {"template": "pulse", "follows": "own_12"},
        {"template": "own_31", "follows": None},
        {"template": "own_day", "follows": "pulse"},
    ]
    [told] = numbered({"children": [child(1, checkins=asked, caregivers=[{"id": 2, "plans": plans}])]})["children"]
    named = [(one["template"], one["asked"]["template"]["key"]) for one in told["checkins"]]
    assert named == [("own_1", "own_1"), ("own_day", "own_day")]
    [seat] = told["caregivers"]
    assert [(one["template"], one["follows"]) for one in seat["plans"]] == [
        ("pulse", "own_1"),
        ("own_2", None),
        ("own_day", "pulse"),
    ]
