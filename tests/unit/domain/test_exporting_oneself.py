"""The numbers in a caregiver's own copy are its own: they count what stands there, and each reference still leads."""

from __future__ import annotations

from bot.domain.exporting_oneself import numbered


def test_each_kind_is_counted_from_one_and_a_reference_names_what_it_named() -> None:
    document = {
        "format": "homenotes/1",
        "children": [
            {"id": 40, "notes": [{"id": 90, "media": None}, {"id": 70}], "goals": [{"id": 90}]},
            {"id": 8, "notes": [{"id": 12}], "messages": [{"note_id": 70, "goal_id": 90, "late": True, "level": -2}]},
        ],
    }
    assert numbered(document) == {
        "format": "homenotes/1",
        "children": [
            {"id": 1, "notes": [{"id": 1, "media": None}, {"id": 2}], "goals": [{"id": 1}]},
            {"id": 2, "notes": [{"id": 3}], "messages": [{"note_id": 2, "goal_id": 1, "late": True, "level": -2}]},
        ],
    }
