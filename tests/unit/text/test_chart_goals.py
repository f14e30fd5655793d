"""A chart, from the exported document: each rater's own marks, levels as steps, days as told, what changed and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain import report_facts
from bot.domain.report_span import Span
from bot.domain.reporting import Material, Reader
from bot.model import Json
from bot.reports.sheets import Done, Dot, Sign
from bot.text.catalogue import Catalogue
from bot.text.screens import chart, chart_phrases, report

BERLIN = "Europe/Berlin"
VOICE = Catalogue.load().voice("en")
DANA = Reader(1, 1, "Dana", "en", "formal", BERLIN, therapist=True)
GOAL: Json = {"id": 7, "end": None, "ended_at": None, "agreements": [], "whys": [], "levels": [], "ratings": []}
EMPTY: Json = {one: [] for one in ("checkins", "behaviour", "practice", "goals", "notes", "caregivers")}


def read(text: str) -> str:
    """Without the marks that keep directions apart."""
    return text.translate(dict.fromkeys((0x2068, 0x2069, 0x2066, 0x2067)))


def _version(number: int, what: str) -> Json:
    return {"id": number, "what": what, "proposed_at": "2027-03-01T00:00:00Z", "levels": {"0": "Once", "1": "Twice"}}


def _word(by: int, kind: str, text: str | None = None, version: int = 1, at: str = "2027-03-02T10:00:00Z") -> Json:
    return {"caregiver_id": by, "kind": kind, "text": text, "version_id": version, "recorded_at": at}


def _rating(by: int, value: int | None, at: str) -> Json:
    return {"caregiver_id": by, "checkin_id": 1, "value": value, "answered_at": at, "late": False}


def test_ratings_and_levels_stand_side_by_side_on_the_readers_days() -> None:
    goal: Json = {
        **GOAL,
        "versions": [_version(1, "Asks"), _version(2, "A draft") | {"proposed_at": None}],
        "ratings": [
            _rating(2, 4, "2027-03-01T23:30:00Z"),  # past midnight in Berlin
            _rating(3, 7, "2027-03-03T10:00:00Z"),
            _rating(2, 6, "2027-03-10T10:00:00Z"),
            _rating(2, None, "2027-03-11T10:00:00Z"),
            _rating(2, 9, "2027-04-11T10:00:00Z"),
        ],
        "levels": [
            {"level": -1, "version_id": 1, "recorded_at": "2027-02-01T10:00:00Z"},
            {"level": 1, "version_id": 1, "recorded_at": "2027-03-08T10:00:00Z"},
        ],
        "whys": [_word(2, "why", "An older line"), _word(2, "why", "So that dinner is calm"), _word(3, "why", None)],
    }
    caregivers = [{"id": 2, "name": "Ana", "role": "mother"}, {"id": 3, "name": "", "role": "father"}]
    win = {"media": None, "recorded_at": "2027-03-02T10:00:00Z", "kind": "win", "text": "Look"}
    child: Json = {**EMPTY, "id": 1, "name": "Mika", "caregivers": caregivers, "goals": [goal]}
    child["notes"] = [{**win, "caregiver_id": one["id"]} for one in caregivers]
    facts = report_facts.of(child, Span(date(2027, 3, 1), date(2027, 3, 28), BERLIN), 0)
    made = Material(DANA, facts, child, 0)
    [drawn] = chart.chart(VOICE, made).goals
    assert drawn.title == "Asks"
    assert [one.points for one in drawn.raters] == [((1, 4), (9, 6)), ((2, 7),)]
    assert drawn.steps == ((0, 1), (7, 3))
    assert drawn.levels == ("−2", "−1", "0", "+1", "+2")
    said = "Ana: 4 to 6 of 10, 2 ratings · father: 7 of 10, 1 rating · level +1 since 8 March, set 2 times: Twice"
    assert read(drawn.figures) == said
    [why] = chart_phrases.whys(VOICE, facts, facts.goals[0])
    assert read(why) == "Why it matters: “So that dinner is calm” Ana"
    own = Material(replace(DANA, therapist=False), facts, child, 0)
    [drawn] = chart.chart(VOICE, own).goals
    assert drawn.levels[3] == "A little more"
    assert "Where we are now, 8 March: Twice" in read(drawn.figures)
    assert "+1" not in drawn.figures


def test_names_and_words_of_another_script_stand_apart_from_figures() -> None:
    """Else a number behind a name is read as part of it."""
    goal = GOAL | {"versions": [_version(1, "ينتظر الحافلة (2/3)")]}
    said = {"question": "day", "value": "ok", "text": None, "media": None, "answered_at": "2027-03-02T19:00:00Z"}
    pulse = {"id": 9, "template": "pulse", "template_version": 1, "caregiver_id": 2, "local_date": "2027-03-02"}
    pulse |= {"due_at": "2027-03-02T18:30:00Z", "state": "done", "state_reason": None}
    answers = [said | {"late": False, "revisions": []}]
    child: Json = {**EMPTY, "id": 1, "name": "ميكا", "goals": [goal], "therapists": []}
    child |= {"caregivers": [{"id": 2, "name": "آنا", "role": "mother"}], "checkins": [pulse | {"answers": answers}]}
    facts = report_facts.of(child, Span(date(2027, 3, 1), date(2027, 3, 7), BERLIN), 0)
    blocks = report.paper(VOICE, Material(DANA, facts, child, 0), "Sunny Steps").blocks
    assert any(one.words.startswith("\u2068آنا\u2069: ") for one in blocks)
    [title] = [one for one in blocks if "الحافلة" in one.words and not one.words[0].isdigit()]
    assert title.own


def test_practice_is_drawn_as_it_was_told_and_counted_as_the_digest_counts() -> None:
    told = {"2027-03-01": "done", "2027-03-02": "little", "2027-03-03": "no", "2027-03-04": "ill", "2027-03-06": "done"}
    logs: list[Json] = [
        {"caregiver_id": 2, "local_date": on, "told": what, "barriers": []} for on, what in told.items()
    ]
    logs[2]["barriers"] = ["no_time", "did_not_want"]
    logs[3]["barriers"] = ["sick", "no_time"]
    logs.append(logs[2] | {"caregiver_id": 3, "told": "done", "barriers": []})  # the best that was told of a day
    step: Json = {"id": 5, "text": "pictures at bath", "routine": "bath", "from": "2027-03-01", "until": None}
    step |= {"plans": [{"from": "2027-03-01", "days": "01234"}], "logs": logs}
    child: Json = {**EMPTY, "id": 1, "name": "Mika", "practice": [step]}
    facts = report_facts.of(child, Span(date(2027, 3, 1), date(2027, 3, 7), BERLIN), 0)
    drawn = chart.chart(VOICE, Material(DANA, facts, child, 0))
    [practice] = drawn.practice
    assert practice.days == ((0, Done.YES), (1, Done.LITTLE), (2, Done.YES), (5, Done.YES))
    figures = "2 of 4 planned days, a little on 1, no word of 1, 1 day more than planned"
    in_the_way = "in the way: No time 2, Mika did not want to 1, Sick 1"
    assert (practice.title, read(practice.figures)) == ("pictures at bath", f"{figures} · {in_the_way}")
    assert [sign for sign, _ in drawn.legend] == [Done.YES, Done.LITTLE]


def _event(on: str, *before: str, by: int = 2) -> Json:
    told = {"caregiver_id": by, "local_date": on, "at": "18:10", "what": "agreed"}
    return {**told, "before": list(before), "after": ["waited"] if before else [], "observed_hours": "from_3"}


def test_behaviours_are_counted_by_each_caregiver_alone_and_a_band_stays_a_band() -> None:
    """A day that was counted as a whole is that; moments told of it as well are not added."""
    events = [_event("2027-03-01", "told_no"), _event("2027-03-01", "told_no", "noise"), _event("2027-03-02")]
    events += [_event("2027-03-04"), _event("2027-02-01"), _event("2027-03-01", by=3)]
    counts = [
        {"caregiver_id": 2, "local_date": on, "band": band, "observed_hours": "over_6"}
        for on, band in (("2027-03-04", "four_six"), ("2027-03-05", "none"))
    ]
    target = {"id": 4, "text": "Throws", "events": events, "counts": counts}
    people = [{"id": 2, "name": "Ana", "role": "mother"}, {"id": 3, "name": "Tom", "role": "father"}]
    child: Json = {**EMPTY, "id": 1, "name": "Mika", "behaviour": [target], "caregivers": people}
    facts = report_facts.of(child, Span(date(2027, 3, 1), date(2027, 3, 7), BERLIN), 0)
    drawn = chart.chart(VOICE, Material(DANA, facts, child, 0))
    assert [one.dots for one in drawn.behaviours] == [
        (Dot(0, Sign.MOMENTS, 2), Dot(1, Sign.MOMENTS, 1), Dot(3, Sign.BAND, 3), Dot(4, Sign.BAND, 0)),
        (Dot(0, Sign.MOMENTS, 1),),
    ]
    assert [read(one.figures) for one in drawn.behaviours] == [
        "Ana: 4 moments, “Not once” on 1 day, “4 to 6 times” on 1 day, told of 4 days",
        "Tom: 1 moment, told of 1 day",
    ]
    around = [read(one) for one in chart_phrases.around(VOICE, facts.behaviours[0])]
    assert around == [
        "Just before: Told no 2, Noise or crowd 1, of 2 moments",
        "Just after: We waited 2, of 2 moments",
    ]


def test_what_changed_says_what_it_was_from_the_first_question_on() -> None:
    def step(text: str, first: str, last: str | None, *plans: tuple[str, str]) -> Json:
        given = [{"from": on, "days": days} for on, days in plans or ((first, "0123456"),)]
        return {"id": 5, "text": text, "routine": "bath", "from": first, "until": last, "plans": given, "logs": []}

    goal = GOAL | {"versions": [_version(1, "Asks"), _version(2, "Asks twice"), _version(3, "Never agreed")]}
    goal["agreements"] = [
        _word(3, "agree", at="2027-03-06T10:00:00Z"),
        _word(2, "agree", at="2027-03-05T23:30:00Z"),  # past midnight in Berlin
        _word(2, "change", version=2, at="2027-03-09T10:00:00Z"),
        _word(2, "agree", version=2, at="2027-03-10T10:00:00Z"),
    ]
    goal |= {"end": "reached", "ended_at": "2027-03-20T10:00:00Z"}
    draft = GOAL | {"id": 8, "versions": [_version(1, "A draft")], "end": "closed", "ended_at": "2027-03-21T10:00:00Z"}
    steps = [
        step("There from the start", "2027-03-01", "2027-03-07"),
        step("Cards", "2027-03-06", None, ("2027-03-06", "0123456"), ("2027-03-12", "024"), ("2027-03-13", "024")),
        step("Taken back", "2027-03-08", "2027-03-07"),
        step("Later", "2027-04-30", None),
    ]
    child: Json = {**EMPTY, "id": 1, "name": "Mika", "practice": steps, "goals": [goal, draft]}
    span = Span(date(2027, 2, 1), date(2027, 3, 28), BERLIN)
    assert report_facts.of(child, span, 0).changes == ()
    asked = {"local_date": "2027-03-01", "template": "practice", "answers": []}
    facts = report_facts.of(child | {"checkins": [asked]}, span, 0)
    drawn = chart.chart(VOICE, Material(DANA, facts, child, 0)).changes
    assert [(one.day, one.sign, read(one.words)) for one in drawn] == [
        (33, "A", "6 March: new home step “Cards”; new goal “Asks”"),
        (35, "B", "8 March: home step ended “There from the start”"),
        (37, "C", "10 March: goal in new words “Asks twice”"),
        (39, "D", "12 March: other days for “Cards”"),
        (47, "E", "20 March: goal reached “Asks twice”"),
    ]
