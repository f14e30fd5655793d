"""Goals in a chart, from the exported document: each rater's own marks, and the therapist's levels as steps."""

from __future__ import annotations

from datetime import date

from bot.domain import report_facts
from bot.domain.report_facts import Span
from bot.domain.reporting import Material, Reader
from bot.model import Json
from bot.text.catalogue import Catalogue
from bot.text.screens import chart

BERLIN = "Europe/Berlin"


def _rating(by: int, value: int | None, at: str) -> Json:
    return {"caregiver_id": by, "checkin_id": 1, "value": value, "answered_at": at, "late": False}


def test_ratings_and_levels_stand_side_by_side_on_the_readers_days() -> None:
    goal: Json = {
        "versions": [{"what": "Asks", "proposed_at": "2027-03-01T00:00:00Z"}, {"what": "A draft", "proposed_at": None}],
        "ratings": [
            _rating(2, 4, "2027-03-01T23:30:00Z"),  # past midnight in Berlin
            _rating(3, 7, "2027-03-03T10:00:00Z"),
            _rating(2, 6, "2027-03-10T10:00:00Z"),
            _rating(2, None, "2027-03-11T10:00:00Z"),
            _rating(2, 9, "2027-04-11T10:00:00Z"),
        ],
        "levels": [
            {"level": -1, "recorded_at": "2027-02-01T10:00:00Z"},
            {"level": 1, "recorded_at": "2027-03-08T10:00:00Z"},
        ],
    }
    caregivers = [{"id": 2, "name": "Ana", "role": "mother"}, {"id": 3, "name": "", "role": "father"}]
    win = {"media": None, "recorded_at": "2027-03-02T10:00:00Z", "kind": "win", "text": "Look"}
    child: Json = {one: [] for one in ("checkins", "behaviour")}
    child |= {"id": 1, "name": "Mika", "caregivers": caregivers, "goals": [goal]}
    child["notes"] = [{**win, "caregiver_id": one["id"]} for one in caregivers]
    facts = report_facts.of(child, Span(date(2027, 3, 1), date(2027, 3, 28), BERLIN), 0)
    made = Material(Reader(1, 1, "Dana", "en", "formal", BERLIN, therapist=True), facts, child, 0)
    [drawn] = chart.chart(Catalogue.load().voice("en"), made).goals
    assert drawn.title == "Asks"
    assert [one.points for one in drawn.raters] == [((1, 4), (9, 6)), ((2, 7),)]
    assert drawn.steps == ((0, 1), (7, 3))
    assert drawn.levels == ("-2", "-1", "0", "+1", "+2")
    assert "4 to 6 of 10, 2 ratings" in drawn.figures.replace("\u2068", "").replace("\u2069", "")
