"""`demo --weeks`: six weeks of three families, and every figure that anybody reads of them leads back to answers.

The figures are counted anew here, from the export alone, with nothing of the program but its texts.
"""

from __future__ import annotations

import json
import re
import resource
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median_high, median_low
from typing import Any

import pytest

from bot.clock import to_ms
from bot.domain import report_facts
from bot.domain.report_span import Span
from bot.domain.reporting import Material, Reader
from bot.model import Json
from bot.reports.sheets import Part
from bot.text.catalogue import Catalogue
from bot.text.screens import report
from tests.support.demo import start

BERLIN = "Europe/Berlin"
FIRST, LAST = date(2027, 3, 15), date(2027, 4, 26)
UNTIL = to_ms(datetime.fromisoformat("2027-04-26T07:00:00Z"))
STEPS = {"very_hard": "Very hard", "hard": "Hard", "ok": "OK", "good": "Good", "great": "Great"}
RANKS = list(STEPS)
MARKS = re.compile("[\u2066-\u2069]")
REASONS = {"change_of_plan": "Change of plan", "tired": "Tired", "sick": "Sick", "noise": "Noise or crowd"}


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


def counted(child: Json, caregiver: int, first: date, last: date) -> str:
    """`7 of 7 answered · median Good, n = 7`, by hand."""
    given = pulses(child, caregiver, first, last)
    answered = [one for one in given if one["answers"] and one["state"] != "excused"]
    asked = len(answered) + sum(one["state"] in ("expired", "skipped") and not one["answers"] for one in given)
    ranks = [RANKS.index(answer(one, "day")) for one in answered]
    low, high = (STEPS[RANKS[find(ranks)]] for find in (median_low, median_high))
    middle = low if low == high else f"between {low} and {high}"
    return f"{len(answered)} of {asked} answered · median {middle}, n = {len(ranks)}"


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
        _the_digest(children, path.read_text("utf-8"), date.fromisoformat(path.stem.removeprefix("digest-")))


def _the_chart(child: Json, caption: str) -> None:
    for one in child["caregivers"]:
        assert f"{one['name']}: {counted(child, one['id'], LAST - timedelta(days=83), LAST)}" in caption


def _the_digest(children: dict[str, Json], text: str, on: date) -> None:
    """Of each family's page: whose days, over the seven before; and no word that nobody said."""
    for page in text.split("────")[1:]:
        child = children[page.strip().partition(" ")[0]]
        for one in child["caregivers"]:
            found = re.search(rf"^{one['name']}: (\d+ of \d+ answered · median [\w ]+, n = \d+)", page, re.MULTILINE)
            if found:
                assert found[1] == counted(child, one["id"], on - timedelta(days=7), on - timedelta(days=1))
        assert set(quotes(page)) <= said(child), page


def _the_report(child: Json) -> None:
    facts = report_facts.of(child, Span(FIRST, LAST, BERLIN), UNTIL)
    made = Material(Reader(1, 1, "Dana", "en", "formal", BERLIN, therapist=True), facts, child, UNTIL)
    paper = report.paper(Catalogue.load().voice("en"), made, "Sunny Steps")
    lines = [MARKS.sub("", one.words) for one in paper.blocks if one.part is Part.LINE]
    figures = [line.partition(" · from ")[0].partition(" · 1 late")[0] for line in lines[:-1]]  # the last: how to read
    assert figures == list(_lines(child))
    words = [MARKS.sub("", one.words) for one in paper.blocks if one.part is Part.QUOTE]
    assert {quote for one in words for quote in quotes(one)} == said(child)


def _lines(child: Json) -> Iterator[str]:
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
