"""Goals and practice in a chart, from the exported document: each rater's own marks, levels as steps, days as told."""

from __future__ import annotations

from datetime import date

from bot.domain import report_facts
from bot.domain.report_facts import Span
from bot.domain.reporting import Material, Reader
from bot.model import Json
from bot.reports.sheets import Done
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
    child: Json = {one: [] for one in ("checkins", "behaviour", "practice")}
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


def test_practice_is_drawn_as_it_was_told_and_counted_as_the_digest_counts() -> None:
    told = {"2027-03-01": "done", "2027-03-02": "little", "2027-03-03": "no", "2027-03-04": "ill", "2027-03-06": "done"}
    logs = [{"caregiver_id": 2, "local_date": on, "told": what} for on, what in told.items()]
    logs.append({"caregiver_id": 3, "local_date": "2027-03-03", "told": "done"})  # the best that was told of a day
    step: Json = {"id": 5, "text": "pictures at bath", "routine": "bath", "from": "2027-03-01", "until": None}
    step |= {"plans": [{"from": "2027-03-01", "days": "01234"}], "logs": logs}
    child: Json = {one: [] for one in ("checkins", "behaviour", "goals", "notes", "caregivers")}
    child |= {"id": 1, "name": "Mika", "practice": [step]}
    facts = report_facts.of(child, Span(date(2027, 3, 1), date(2027, 3, 7), BERLIN), 0)
    made = Material(Reader(1, 1, "Dana", "en", "formal", BERLIN, therapist=True), facts, child, 0)
    drawn = chart.chart(Catalogue.load().voice("en"), made)
    [practice] = drawn.practice
    assert practice.days == ((0, Done.YES), (1, Done.LITTLE), (2, Done.YES), (5, Done.YES))
    figures = "2 of 4 planned days, a little on 1, no word of 1, 1 day more than planned"
    assert (practice.title, practice.figures) == ("pictures at bath", figures)
    assert [sign for sign, _ in drawn.legend] == [Done.YES, Done.LITTLE]
