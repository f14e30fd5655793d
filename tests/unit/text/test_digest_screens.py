"""The digest's screens: short, whole, in order, and safe with any words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain import digest_facts, digest_period, digest_reading, digest_sources
from bot.domain.digest_coming import Coming
from bot.domain.digest_facts import Family
from bot.domain.digest_words import Said, Source, Win
from bot.domain.digests import Page
from bot.domain.flags import Rules
from bot.model import Media, Screen
from bot.text.catalogue import Catalogue, Voice
from bot.text.screens import digest, digest_answers, digest_family
from bot.text.screens import digest_phrases as phrases
from tests.support.clinic import BERLIN, Clinic, empty_database, local

NASTY = "<b>&\u202e😀</i> &amp; " * 40
NOW = local(BERLIN, "2027-03-19 07:30")
PERIOD = digest_period.before(date(2027, 3, 19), BERLIN, NOW)
LANGUAGES = ("en", "en-XA", "ar-XB")
CATALOGUE = Catalogue.load(pseudo=True)


@pytest.fixture(params=LANGUAGES)
def voice(request: pytest.FixtureRequest) -> Voice:
    return CATALOGUE.voice(request.param)


@pytest.fixture
def english() -> Voice:
    return CATALOGUE.voice("en")


def said(words: str, source: Source = Source.NOTE, media: Media | None = None) -> Said:
    return Said(1, 7, date(2027, 3, 18), NOW - 3_600_000, source, words, media, note=5, sure=False)


def family(**parts: object) -> Family:
    plain = Family(1, "Mika", "unsaid", PERIOD, (), {7: "Ana"}, {7: "mother"}, (), (), (), (), (), (), (), None)
    return replace(plain, **parts)  # type: ignore[arg-type]


def words_of(screen: Screen) -> str:
    return re.sub("<[^>]*>|[\u2066-\u2069]", "", screen.text)


def check(screen: Screen) -> None:
    """Telegram would take it: not too long, every tag closed, every button with its data."""
    assert phrases.length(screen.text) <= 4096
    for tag in ("b", "i", "code"):
        assert screen.text.count(f"<{tag}>") == screen.text.count(f"</{tag}>")
    assert "<b>&\u202e" not in screen.text
    for row in screen.rows:
        for button in row:
            assert 0 < len(button.data.encode()) <= 64
            assert button.label


def test_any_words_fit_on_one_screen(voice: Voice) -> None:
    told = tuple(said(NASTY) for _ in range(9))
    asked = tuple(said(NASTY, Source.QUESTION) for _ in range(9))
    seen = tuple(said(NASTY, media=Media("photo", "f")) for _ in range(9))
    full = family(
        name="<i>Mika",
        quotes=told,
        questions=asked,
        media=seen,
        wins=tuple(Win(said(NASTY, Source.WIN), "first_time", "none", "home") for _ in range(9)),
        lost=(digest_facts.Lost(1, 7, date(2027, 3, 18), True, said(NASTY)),),
        alerts=(digest_facts.Alert(7, date(2027, 3, 18), NOW, False),),
        reasons=(("tired", 2),),
        step=digest_facts.Step(1, 1, 3),
    )
    screen = digest_family.family(voice, 1, Page(full, full, None))
    check(screen)
    assert screen.text.count("\n") < digest_family.LINES
    check(digest.caseload(voice, 1, [replace(full, child=n) for n in range(200)], PERIOD))
    for handed_on in digest.medium(voice, full, seen[0]):
        check(handed_on)


def test_a_long_quote_is_cut_between_words_and_says_where_the_rest_is(english: Voice) -> None:
    words = "He asked for the red cup with words. " * 20
    shown = words_of(digest_family.family(english, 1, Page(family(quotes=(said(words),)), None, None)))
    assert "cup with words. He asked" in shown
    assert "… [more under Answers]" in shown
    assert re.search(r"\w” …", shown)


def test_the_first_button_leads_on_and_the_last_one_ends(english: Voice) -> None:
    here, there = family(questions=(said("Why?"),)), family(child=2, name="Noor")
    first = digest_family.family(english, 3, Page(here, there, None))
    last = digest_family.family(english, 3, Page(here, None, None))
    assert (first.rows[0][0].data, last.rows[0][0].data) == ("digest:f:3:2", "digest:d:3")
    assert "Noor" in first.rows[0][0].label
    assert last.rows[0][0].label == "✓ Done"
    starts = ["digest:q:3:1:5", "report:w:1", "digest:a:3:1:0", "digest:u:3:1", "digest:l:3"]
    assert [row[0].data for row in first.rows[1:]] == starts
    assert digest.caseload(english, 3, [here, there], PERIOD).rows[0][0].data == "digest:f:3:1"


def test_what_is_serious_stands_before_what_is_new(english: Voice) -> None:
    full = family(
        quotes=(said("A quote"),),
        questions=(said("A question", Source.QUESTION),),
        wins=(Win(said("A win", Source.WIN), "first_time", "none", "home"),),
        lost=(digest_facts.Lost(1, 7, date(2027, 3, 18), True, said("A loss")),),
        alerts=(digest_facts.Alert(7, date(2027, 3, 18), NOW, False),),
        media=(said("", media=Media("voice", "f", 75)),),
    )
    text = words_of(digest_family.family(english, 1, Page(full, None, None)))
    order = ["Mika", "Urgent help", "A loss", "A question", "A win", "A quote", "one voice note of 1 min 15 s"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert text.endswith("Open with: “A win”")


def test_a_round_video_has_its_words_before_it(english: Voice) -> None:
    media = Media("video_note", "f", 5)
    words, video = digest.medium(english, family(), said("", media=media))
    assert ("Ana" in words.text, words.media, video) == (True, None, Screen("", media=media, protected=True))


def test_a_quiet_day_is_one_line(english: Voice) -> None:
    text = words_of(digest.caseload(english, 1, [family(), family(child=2, name="Noor")], PERIOD))
    assert text.splitlines()[1:] == ["", "Nothing new in these days.", "Quiet: Mika, Noor"]


def test_no_family_yet(english: Voice) -> None:
    screen = digest.caseload(english, 1, [], PERIOD)
    assert ("/invite" in screen.text, screen.rows) == (True, ())


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    async with empty_database(tmp_path) as db:
        yield Clinic(db)


async def test_answers_turn_pages_and_hold_every_word(clinic: Clinic, voice: Voice) -> None:
    dana = await clinic.therapist()
    mika = await clinic.child("Mika", dana)
    ana = await clinic.caregiver(mika, "<Ana>")
    await clinic.check_in(ana, "2027-03-15", "excused", reason="not_with_child")
    await clinic.check_in(ana, "2027-03-16", "expired")
    check_in = await clinic.check_in(
        ana, "2027-03-17", late=True, at="2027-03-18 08:00", day="hard", hard=["tired", "sick"]
    )
    answer = await clinic.answer(check_in, ana, "say", Media("voice", "f", 14), NOW - 60_000)
    await clinic.revision(answer_id=answer, text="First words", recorded_at=1, replaced_at=NOW - 60_000)
    long = "".join(f"w{n:04d} & " for n in range(500))
    await clinic.note(ana, "2027-03-18 21:00", long, "question")
    (shown,) = await clinic.db.read(lambda tx: digest_reading.of_caseload(tx, dana.id, PERIOD, Rules()))
    entries = await clinic.db.read(lambda tx: digest_sources.of_child(tx, dana.id, mika, PERIOD))
    pages = [digest_answers.answers(voice, 1, shown, entries, page, "Dana") for page in range(3)]
    for page in pages:
        check(page)
    every = "".join(words_of(page) for page in pages)
    assert "First words" in every
    assert all(f"w{n:04d}" in every.replace("”", "").replace("\n", "").replace("“", "") for n in range(500))
    assert pages[0].rows[1][0].data == "digest:a:1:1:1".replace(":1:1:1", f":1:{mika}:1")
    assert digest_answers.answers(voice, 1, shown, entries, 99, "Dana").text


def test_nothing_said_is_said(english: Voice) -> None:
    assert "Nothing was said" in digest_answers.answers(english, 1, family(), [], 0, "Dana").text


def test_what_works_stands_before_what_to_adjust_and_what_is_coming(voice: Voice, english: Voice) -> None:
    ahead = (
        Coming("busy", 7, date(2027, 3, 17), date(2027, 3, 21)),
        Coming("school", 7, date(2027, 3, 29), date(2027, 4, 9)),
    )
    full = family(
        working=(said("First-then card."),), adjust=(said("The car is noisy."), said("Mornings.")), coming=ahead
    )
    check(digest_family.family(voice, 1, Page(full, None, None)))
    lines = words_of(digest_family.family(english, 1, Page(full, None, None))).splitlines()
    assert lines[-4:] == [
        "👍 Working: “First-then card.” Ana, 18 March",
        "🔧 To adjust: “The car is noisy.” Ana, 18 March; “Mornings.” Ana, 18 March",
        "📅 Coming up: a busy time for Ana until 21 March, a school break, 29 March to 9 April.",
        "💬 Open with: “First-then card.”",
    ]
