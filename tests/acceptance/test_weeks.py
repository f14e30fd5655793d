"""`demo --weeks`: six weeks of three families, and every figure that anybody reads of them leads back to answers.

The figures are counted anew here, from the export alone, with nothing of the program but its texts. One run of the
command serves all that is looked at.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median_high, median_low
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import to_ms
from bot.domain import exporting_csv, report_facts
from bot.domain.report_span import Span
from bot.domain.reporting import Material, Reader
from bot.model import Json
from bot.reports.sheets import Part
from bot.text.catalogue import Catalogue
from bot.text.screens import report
from tests.storage.test_export_fhir import of, valid
from tests.support.demo import start

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2027, 3, 15), date(2027, 4, 26)
UNTIL = to_ms(datetime.fromisoformat("2027-04-26T07:00:00Z"))
STEPS = {"very_hard": "Very hard", "hard": "Hard", "ok": "OK", "good": "Good", "great": "Great"}
RANKS = list(STEPS)
MARKS = re.compile("[\u2066-\u2069]")
REASONS = {"change_of_plan": "Change of plan", "tired": "Tired", "sick": "Sick", "noise": "Noise or crowd"}
BARRIERS = {"no_time": "No time", "did_not_want": "{} did not want to", "sick": "Sick"}
BANDS = {"none": "Not once", "one": "Once"}
LEVELS = {-2: "−2", -1: "−1", 0: "0", 1: "+1", 2: "+2"}
TOLD = ("away", "no", "ill", "little", "done")  # of a day the last of them counts


def day(on: date) -> str:
    return f"{on.day} {on:%B}"


def local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(BERLIN)


def pulses(child: Json, caregiver: int, first: date, last: date) -> list[Json]:
    return [
        one
        for one in child["checkins"]
        if one["template"] == "pulse"
        and one["caregiver_id"] == caregiver
        and first <= date.fromisoformat(one["local_date"]) <= last
    ]


def answer(check_in: Json, question: str) -> Any:
    return next((one["value"] for one in check_in["answers"] if one["question"] == question), None)


def asked(given: list[Json]) -> tuple[list[Json], int]:
    """Which were answered, and how many were asked."""
    answered = [one for one in given if one["answers"] and one["state"] != "excused"]
    return answered, len(answered) + sum(one["state"] in ("expired", "skipped") and not one["answers"] for one in given)


def median(ranks: list[int]) -> str:
    low, high = (STEPS[RANKS[find(ranks)]] for find in (median_low, median_high))
    return low if low == high else f"between {low} and {high}"


def counted(child: Json, caregiver: int, first: date, last: date) -> str:
    """`7 of 7 answered · median Good, n = 7`, by hand."""
    answered, of_all = asked(pulses(child, caregiver, first, last))
    ranks = [RANKS.index(answer(one, "day")) for one in answered]
    return f"{len(answered)} of {of_all} answered · median {median(ranks)}, n = {len(ranks)}"


def quotes(text: str) -> list[str]:
    return re.findall("“([^”]+)”", text)


def said(child: Json) -> set[str]:
    """Every text that somebody wrote, as it stands in the export."""
    answers = (one["text"] for check_in in child["checkins"] for one in check_in["answers"])
    return {text for text in (*answers, *(note["text"] for note in child["notes"])) if text}


@pytest.mark.timeout(300)
async def test_every_figure_leads_back_to_answers(tmp_path: Path) -> None:
    folder = tmp_path / "six weeks"
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = await start(tmp_path, "--weeks", str(folder))
    out, err = await process.communicate()
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (process.returncode, err.decode()) == (0, "")
    assert ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime < 60
    assert sorted(out.decode().split("\n")[:-1]) == sorted(map(str, folder.iterdir()))
    children = {one["name"]: one for one in json.loads((folder / "export.json").read_text("utf-8"))["children"]}
    assert list(children) == ["Mika", "Noor", "Lio"]
    assert not list((tmp_path / "tmp").iterdir())
    for child in children.values():
        _the_chart(child, (folder / f"chart-{child['name'].lower()}.txt").read_text("utf-8"))
        _the_report(child)
        assert (folder / f"chart-{child['name'].lower()}.png").read_bytes().startswith(b"\x89PNG")
        assert (folder / f"report-{child['name'].lower()}.pdf").read_bytes().startswith(b"%PDF")
    digests = sorted(folder.glob("digest-*.txt"))
    assert len(digests) == 6
    for path in digests:
        for page in path.read_text("utf-8").split("────")[1:]:
            _the_page(children, page.strip(), datetime.fromisoformat(f"{path.stem[7:]} 07:31").replace(tzinfo=BERLIN))
    _the_briefs(children, sorted(folder.glob("brief-*.txt")))
    _the_table(children, (folder / "export.csv").read_bytes())
    _the_bundle(children, (folder / "export.fhir.json").read_text("utf-8"))


def _the_chart(child: Json, caption: str) -> None:
    for one in child["caregivers"]:
        assert f"{one['name']}: {counted(child, one['id'], LAST - timedelta(days=83), LAST)}" in caption
    goals = [line.split("\n") for line in _goals(child)]
    lines = [f"🎯 {goal[0]}: {goal[1]}." for goal in goals] + [f"🏠 {line}" for line in _practice(child)]
    for line in _behaviours(child):
        what, _, figures = line.partition("\n")[0].partition(": ")
        lines.append(f"👀 {what}. {figures}")
    assert lines == [line for line in caption.split("\n") if line[0] in "🎯🏠👀"]
    assert {line.partition(": ")[0] for line in _changes(child)} == set(
        re.findall(r"^(\d+ \w+): ", caption, re.MULTILINE)
    )


def _the_page(children: dict[str, Json], page: str, at: datetime) -> None:
    """A family's page: whose days, over the seven before; goals, practice, flags; and no word that nobody said."""
    child, on = children[page.partition(" ")[0]], at.date()
    for one in child["caregivers"]:
        found = re.search(rf"^{one['name']}: (\d+ of \d+ answered(?: · median [\w ]+, n = \d+)?)", page, re.MULTILINE)
        if found and "median" in found[1]:
            assert found[1] == counted(child, one["id"], on - timedelta(days=7), on - timedelta(days=1))
        for start_, now, since, n in re.findall(
            rf"{one['name']} (?:(\d+) → )?(\d+) of 10 (?:on|since) ([\w ]+) \((\d+)", page
        ):
            given = _rated(child, one["id"], at)
            first, last = given[0], given[-1]
            assert (start_ or now, now, since, n) == (
                str(first["value"]),
                str(last["value"]),
                day(local(first["answered_at"]).date()),
                str(len(given)),
            )
        _the_flags(child, one, page, on)
    for step in child["practice"]:
        for figures in re.findall(rf"🏠 {step['text']}: (.*?)(?: · usually.*)?\.$", page, re.MULTILINE):
            assert figures == _adherence(step, on - timedelta(days=7), on - timedelta(days=1))[0]
    bands = [f"“{band}” on" for band in BANDS.values()]
    named = [one["versions"][-1]["what"] for one in child["goals"]] + [one["text"] for one in child["practice"]]
    words = page.replace(bands[0], "").replace(bands[1], "")
    assert set(quotes(words)) <= said(child) | set(named), page


def _the_flags(child: Json, who: Json, page: str, on: date) -> None:
    """Each prints its own figures, and they are those of the answers."""
    days = [one for one in pulses(child, who["id"], FIRST, on - timedelta(days=1)) if answer(one, "day")]
    for recent, middle, usual, n in re.findall(
        rf"Sharp fall, {who['name']}: ([\w, ]+)\. Median ([\w ]+)\. Usual ([\w ]+), lower quartile [\w ]+, n = (\d+)",
        page,
    ):
        ranks = [RANKS.index(answer(one, "day")) for one in days]
        before = [
            rank
            for one, rank in zip(days[:-3], ranks[:-3], strict=True)
            if on - date.fromisoformat(one["local_date"]) <= timedelta(35)
        ]
        assert recent == ", ".join(STEPS[answer(one, "day")] for one in days[-3:])
        assert (middle, usual, int(n)) == (median(ranks[-3:]), median(before), len(before))
    for since, answered, of_all in re.findall(
        rf"Gone quiet, {who['name']}\. No answers since ([\w ]+)\. Before that (\d+) of (\d+) answered", page
    ):
        assert since == day(max(date.fromisoformat(one["local_date"]) for one in days))
        before = asked(pulses(child, who["id"], FIRST, date.fromisoformat(days[-1]["local_date"])))
        assert (int(answered), int(of_all)) == (len(before[0]), before[1])
    for points, level in re.findall(rf"Views differ on .*{who['name']} (\d+) of 10 .*your level (\S+)", page):
        assert points in {str(one["value"]) for goal in child["goals"] for one in goal["ratings"]}
        assert level in {LEVELS[one["level"]] for goal in child["goals"] for one in goal["levels"]}
    for times in re.findall(r"did not want to, (\d+) times in 7 days", page):
        logs = [log for step in child["practice"] for log in step["logs"] if "did_not_want" in log["barriers"]]
        assert int(times) == len({log["local_date"] for log in logs})
    for noes in re.findall(rf"After the visit, {who['name']}, [\w ]+: no to ([\w ]+)", page):
        short = {"know": "Know what to do at home", "matters": "Worked on what matters"}
        visits = [one for one in child["checkins"] if one["template"] == "visit" and one["caregiver_id"] == who["id"]]
        assert noes in {short[key] for one in visits for key in short if answer(one, key) == "no"}


def _rated(child: Json, caregiver: int, at: datetime) -> list[Json]:
    return [
        one
        for goal in child["goals"]
        for one in goal["ratings"]
        if one["caregiver_id"] == caregiver and one["value"] is not None and local(one["answered_at"]) <= at
    ]


def _the_briefs(children: dict[str, Json], paths: list[Path]) -> None:
    """One before each visit, two hours ahead, with the figures of that moment."""
    came = {(path.stem.rpartition("-")[2], path.stem[6:21]): path for path in paths}
    visits = {
        (child["name"].lower(), f"{local(one['starts_at']) - timedelta(hours=2):%Y-%m-%d-%H%M}")
        for child in children.values()
        for one in child["meetings"]
    }
    assert set(came) == visits
    for (_name, moment), path in came.items():
        page = path.read_text("utf-8")
        at = datetime.strptime(moment, "%Y-%m-%d-%H%M").replace(tzinfo=BERLIN)
        assert f"Visit {at + timedelta(hours=2):%a, %-d %b, %H:%M}" in page
        _the_page(children, page, at)


def _the_table(children: dict[str, Json], content: bytes) -> None:
    """As a spreadsheet opens it: it knows the letters by the mark in front, and runs nothing."""
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(head)}
    held = (cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r")))
    assert {cell for cell in held if not re.fullmatch(r"-\d", cell)} == set(), "a level is a number, the rest would run"
    at = head.index("text")
    texts = {row[at] for row in rows}
    assert "'+1 new word today: dog" in texts
    assert {exporting_csv.read(text) for text in texts} >= {text for child in children.values() for text in said(child)}


def _the_bundle(children: dict[str, Json], text: str) -> None:
    """As a record system takes it: valid, with as many of each as there are."""
    bundle = valid(text)
    goals = [goal for child in children.values() for goal in child["goals"]]
    assert len(of(bundle, "Patient")) == len(children)
    assert len(of(bundle, "Goal")) == len(goals)
    check_ins = [one["id"] for child in children.values() for one in child["checkins"]]
    assert len(of(bundle, "QuestionnaireResponse")) == len(check_ins)
    assert {one["status"] for one in of(bundle, "QuestionnaireResponse")} == {"completed", "stopped", "amended"}
    assert of(bundle, "Observation")


def _the_report(child: Json) -> None:
    facts = report_facts.of(child, Span(FIRST, LAST, "Europe/Berlin"), UNTIL)
    made = Material(Reader(1, 1, "Dana", "en", "formal", "Europe/Berlin", therapist=True), facts, child, UNTIL)
    paper = report.paper(Catalogue.load().voice("en"), made, "Sunny Steps")
    lines = [
        MARKS.sub("", "\n".join(part for part in (one.words, one.source) if part))
        for one in paper.blocks
        if one.part is Part.LINE
    ]
    figures = [line.partition(" · from ")[0].partition(" · 1 late")[0] for line in lines[:-1]]  # the last: how to read
    assert figures == [*_days(child), *_goals(child), *_practice(child), *_behaviours(child), *_changes(child)]
    words = [MARKS.sub("", one.words) for one in paper.blocks if one.part is Part.QUOTE]
    assert {quote for one in words for quote in quotes(one)} == said(child)


def _days(child: Json) -> Iterator[str]:
    everything = [one for who in child["caregivers"] for one in pulses(child, who["id"], FIRST, LAST)]
    for one in child["caregivers"]:
        yield f"{one['name']}: {counted(child, one['id'], FIRST, LAST)}"
        days = Counter(answer(check_in, "day") for check_in in pulses(child, one["id"], FIRST, LAST))
        yield ", ".join(f"{STEPS[key]} {days[key]}" for key in RANKS if days[key])
    hard = sum(answer(one, "day") in RANKS[:2] for one in everything)
    reasons = Counter(key for one in everything for key in answer(one, "hard") or ())
    order = ["tired", "sick", "change_of_plan", "noise", "conflict"]
    ranked = sorted((key for key in order if reasons[key]), key=lambda key: -reasons[key])
    named = ", ".join(f"{REASONS.get(key, 'Conflict')} {reasons[key]}" for key in ranked)
    yield f"Made it hard, on {hard} hard {'day' if hard == 1 else 'days'}: {named}."


def _goals(child: Json) -> Iterator[str]:
    names = {one["id"]: one["name"] for one in child["caregivers"]}
    for goal in child["goals"]:
        version = goal["versions"][-1]
        parts = []
        for by in dict.fromkeys(one["caregiver_id"] for one in goal["ratings"]):
            values = [one["value"] for one in goal["ratings"] if one["caregiver_id"] == by]
            parts.append(f"{names[by]}: {values[0]} to {values[-1]} of 10, {len(values)} ratings")
        level, n = goal["levels"][-1], len(goal["levels"])
        on, times = day(local(level["recorded_at"]).date()), "once" if n == 1 else f"{n} times"
        words = version["levels"][str(level["level"])]
        parts.append(f"level {LEVELS[level['level']]} since {on}, set {times}: {words}")
        whys = [f"Why it matters: “{one['text']}” {names[one['caregiver_id']]}" for one in goal["whys"] if one["text"]]
        yield "\n".join([version["what"], " · ".join(parts), *whys])


def _adherence(step: Json, first: date, last: date) -> tuple[str, Counter[str]]:
    """`5 of 9 planned days, a little on 1, no word of 1`, by hand; and on how many days what was in the way."""
    told: dict[date, int] = {}
    barriers: dict[date, set[str]] = {}
    for log in step["logs"]:
        on = date.fromisoformat(log["local_date"])
        if first <= on <= last:
            told[on] = max(told.get(on, 0), TOLD.index(log["told"]))
            barriers.setdefault(on, set()).update(log["barriers"])
    until = min(last, date.fromisoformat(step["until"] or "9999-12-31"))
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    planned = []
    for on in dates:
        plans = [plan for plan in step["plans"] if date.fromisoformat(plan["from"]) <= on]
        if plans and on <= until and str(on.weekday()) in plans[-1]["days"]:
            planned.append(on)
    inside = [on for on in planned if on not in told or TOLD[told[on]] not in ("away", "ill")]
    days = Counter(TOLD[told[on]] if on in told else "" for on in inside)
    extra = sum(on not in planned and TOLD[how] in ("little", "done") for on, how in told.items())
    parts = [f"{days['done']} of {len(inside)} planned {'day' if len(inside) == 1 else 'days'}"] if inside else []
    parts += [f"a little on {days['little']}"] if days["little"] else []
    parts += [f"no word of {days['']}"] if days[""] else []
    parts += [f"{extra} {'day' if extra == 1 else 'days'} more than planned"] if extra else []
    return ", ".join(parts), Counter(key for of_day in barriers.values() for key in of_day)


def _practice(child: Json) -> Iterator[str]:
    for step in child["practice"]:
        figures, barriers = _adherence(step, FIRST, LAST)
        ranked = sorted(barriers, key=lambda key: -barriers[key])
        named = ", ".join(f"{BARRIERS[key].format(child['name'])} {barriers[key]}" for key in ranked)
        yield f"{step['text']}: {figures}{f' · in the way: {named}' if named else ''}."


def _behaviours(child: Json) -> Iterator[str]:
    names = {one["id"]: one["name"] for one in child["caregivers"]}
    for target in child["behaviour"]:
        events, counts = target["events"], target["counts"]
        [by] = {one["caregiver_id"] for one in (*events, *counts)}
        bands = Counter(one["band"] for one in counts)
        parts = [f"{len(events)} moments"]
        ranked = sorted((key for key in BANDS if bands[key]), key=lambda key: -bands[key])
        parts += [f"“{BANDS[key]}” on {bands[key]} {'day' if bands[key] == 1 else 'days'}" for key in ranked]
        days = len({one["local_date"] for one in (*events, *counts)})
        line = f"{target['text']}: {names[by]}: {', '.join(parts)}, told of {days} days."
        before = "Just before: Asked to do something 5, Told no 1, Had to stop or change 1, of 6 moments"
        after = "Just after: We waited 4, We talked or hugged 2, of 6 moments"
        for words, key in ((before, "before"), (after, "after")):
            of_all = Counter(choice for one in events for choice in one[key])
            assert sorted(map(int, re.findall(r" (\d+),", words))) == sorted(of_all.values())
        yield f"{line}\n{before}\n{after}"


def _changes(child: Json) -> Iterator[str]:
    """From the day of an agreement, a step's first day or the day after its last, other days than before."""
    found = []
    for step in child["practice"]:
        first = date.fromisoformat(step["from"])
        found.append((first, f"new home step “{step['text']}”"))
        found += [
            (date.fromisoformat(one["from"]), f"other days for “{step['text']}”")
            for one in step["plans"][1:]
            if one["from"] > step["from"]
        ]
        if step["until"]:
            found.append((date.fromisoformat(step["until"]) + timedelta(days=1), f"home step ended “{step['text']}”"))
    for goal in child["goals"]:
        agreed = min(local(one["recorded_at"]).date() for one in goal["agreements"])
        found.append((agreed, f"new goal “{goal['versions'][-1]['what']}”"))
    order = sorted(found, key=lambda one: one[0])
    return (f"{day(on)}: {what}" for on, what in order)
