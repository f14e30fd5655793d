"""The catalogue: what arguments become, what is missing, and languages that are made up."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import catalogue, numbers, pseudo
from bot.text.catalogue import FSI, PDI, Catalogue, Html, Voice
from bot.text.entries import BrokenCatalogue, Entries

CATALOGUE = Catalogue.load(pseudo=True)
SOURCE = """
hello = <b>Hello, { $name }</b> & all
count = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
child = { $gender ->
    [female] her
    [male] his
   *[unsaid] their
} { $address ->
    [informal] du
   *[formal] Sie
}
kind = { $kind ->
    [win] a win
   *[other] { $kind }
}
"""


def voice(source: str = SOURCE, language: str = "en", address: str = "formal", gender: str = "unsaid") -> Voice:
    return Catalogue({language: lambda: Entries([("x.ftl", source)])}).voice(language, address, gender)


def test_words_are_escaped_and_isolated_once() -> None:
    assert voice()("hello", name="<b>&\"'") == f"<b>Hello, {FSI}&lt;b&gt;&amp;\"'{PDI}</b> & all"


def test_words_on_their_own_are_written_the_same_way() -> None:
    assert voice().plain_html("<3") == f"{FSI}&lt;3{PDI}"


def test_html_goes_in_as_it_is() -> None:
    assert voice()("hello", name=Html("<i>x</i>")) == "<b>Hello, <i>x</i></b> & all"


def test_plain_has_no_html() -> None:
    assert voice().plain("hello", name="A<B & C") == f"Hello, {FSI}A<B & C{PDI} & all"
    assert voice().plain("hello", name=Html("<i>x &amp; y</i>")) == "Hello, x & y & all"


@pytest.mark.parametrize(("n", "text"), [(1, "1 day"), (2, "2 days"), (12_345, "12,345 days")])
def test_numbers_choose_the_plural(n: int, text: str) -> None:
    assert voice()("count", n=n) == text


def test_address_and_gender_are_always_there() -> None:
    assert voice()("child") == "their Sie"
    assert voice(address="informal", gender="female")("child") == "her du"


def test_words_may_be_selected_on() -> None:
    assert voice()("kind", kind="win") == "a win"
    assert voice()("kind", kind="note") == f"{FSI}note{PDI}"


def test_the_longest_words_fit() -> None:
    """Fault 21: what is typed may be longer than Fluent's own limit."""
    assert len(voice()("hello", name="<" * 100_000)) > 400_000


@pytest.mark.parametrize("value", [True, 1.5, None, date(2027, 3, 19)])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        voice()("hello", name=value)  # type: ignore[arg-type]


def test_what_is_missing_raises() -> None:
    with pytest.raises(catalogue.MissingText, match="nothing-here"):
        voice()("nothing-here")
    with pytest.raises(catalogue.MissingText, match="hello"):
        voice()("hello")
    with pytest.raises(catalogue.MissingText, match="xx"):
        CATALOGUE.voice("xx")
    assert voice().has("hello")
    assert not voice().has("nothing-here")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("a = x\n\n# said of b\nb = { \n", "x.ftl: line 4"),
        ("a = x\na = y\n", "a stands there twice"),
        ("# a remark\nwords of nobody\na = x\n", "x.ftl: line 1"),
        ("a = x\nwords of nobody\n", "x.ftl: line 2"),
    ],
)
def test_a_broken_file_says_where(source: str, says: str) -> None:
    with pytest.raises(BrokenCatalogue, match=says):
        dict(Entries([("x.ftl", source)]))


@given(st.text(alphabet=st.characters() | st.sampled_from("\u2066\u2067\u2068\u2069\u202e\n")))
def test_isolates_are_balanced_in_every_line(words: str) -> None:
    isolated = catalogue.isolate(words)
    for line in isolated.split("\n"):
        depth = 0
        for letter in line:
            depth += (letter in "\u2066\u2067\u2068") - (letter == PDI)
            assert depth >= 0
        assert depth == 0
    marks = re.compile("[\u2066-\u2069]")
    assert marks.sub("", isolated) == marks.sub("", words)


def test_languages() -> None:
    assert Catalogue.load().languages == ("en",)
    assert CATALOGUE.languages == ("en", pseudo.LONGER, pseudo.MIRRORED)
    assert [CATALOGUE.voice(language).rtl for language in CATALOGUE.languages] == [False, False, True]


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("de", "en"), ("", "en"), ("ar-XB", "ar-XB"), ("zz", "en")],
)
def test_nearest_language(wanted: str, nearest: str) -> None:
    assert CATALOGUE.nearest(wanted, "en") == nearest


def test_a_voice_is_made_once() -> None:
    assert CATALOGUE.voice("en", gender="male") is CATALOGUE.voice("en", gender="male")


# --- the made-up languages -------------------------------------------------------------------------------------


@given(st.text(alphabet="abcdefghij stuvw.?!", min_size=1))
def test_longer_is_a_third_longer(words: str) -> None:
    longer = pseudo.longer(words)
    assert len(longer) == len(words) + -(-len(words.strip()) // 3)
    assert longer.startswith(words[: len(words) - len(words.lstrip())])


@pytest.mark.parametrize("language", [pseudo.LONGER, pseudo.MIRRORED])
def test_only_words_change(language: str) -> None:
    source = (
        "x = <b>Bold</b> &amp; { $n } see /stop or https://example.org/a?b=c or @someone\n    and <code>/start</code>"
    )
    made_up = Catalogue({language: lambda: Entries([("x.ftl", source)], pseudo.LANGUAGES[language])})
    text = made_up.voice(language)("x", n=3)
    for kept in (
        "<b>",
        "</b>",
        "&amp;",
        " 3 ",
        "/stop",
        "https://example.org/a?b=c",
        "@someone",
        "<code>/start</code>",
    ):
        assert kept in text
    assert "Bold" not in text or language == pseudo.MIRRORED
    assert all(line.count("\u202b") == line.count("\u202c") for line in text.split("\n"))


# --- numbers and days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_language_writes_days_and_times(language: str) -> None:
    day = date(2027, 3, 19)
    written = [numbers.short_date(day, language), numbers.long_date(day, language), numbers.weekday(4, language)]
    assert all(written)
    assert len({numbers.duration(seconds, language) for seconds in (0, 14, 120, 7200, 172_800)}) == 5


def test_english_days_and_times() -> None:
    day = date(2027, 3, 19)
    assert numbers.short_date(day, "en") == "19 March"
    assert numbers.long_date(day, "en") == "Fri, 19 Mar"
    assert numbers.weekday(0, "en") == "Monday"
    assert numbers.weekday(6, "en", "abbreviated") == "Sun"
    moment = datetime(2027, 3, 28, 1, 5, tzinfo=UTC)
    assert numbers.clock_time(moment, ZoneInfo("Europe/Berlin"), "en") == "03:05"
    assert numbers.duration(14, "en") == "14 secs"
    assert numbers.duration(3 * 86_400, "en") == "3 days"
