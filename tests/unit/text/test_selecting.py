"""A text is looked up once, unless its words depend on what is filled in."""

from __future__ import annotations

from bot.text.catalogue import Catalogue
from bot.text.entries import Entries

SOURCE = """
hello = Hello { $name }!
his = { $gender ->
    [female] her shoes
   *[other] their shoes
}
days = { $count ->
    [one] one day
   *[other] { $count } days
}
through = It took { days }.
-length = { $count ->
    [one] short
   *[other] long
}
term = That was { -length(count: 1) }, { $name }.
counted = { NUMBER($count) }
of = { $some } of { $all }
part = { $name ->
    [Ana] Ana herself
   *[other] { $name }
}
"""


def test_messages_that_choose_by_an_argument_are_known() -> None:
    entries = Entries([("en.ftl", SOURCE)])
    assert {name for name in entries if entries.chooses(name)} == {
        "days",
        "through",
        "-length",
        "term",
        "counted",
        "part",
    }


def test_what_was_looked_up_once_is_filled_in_anew_each_time() -> None:
    voice = Catalogue({"en": lambda: Entries([("en.ftl", SOURCE)])}).voice("en", gender="female")
    for name in ("Ana", "<b>", "Ana"):
        assert voice.plain("hello", name=name) == f"Hello \u2068{name}\u2069!"
    assert [voice("hello", name=name) for name in ("<", "&")] == ["Hello \u2068&lt;\u2069!", "Hello \u2068&amp;\u2069!"]
    assert [voice("of", some=some, all=1234) for some in (7, 4)] == ["7 of 1,234", "4 of 1,234"]
    assert voice("his") == "her shoes"
    assert [voice("days", count=count) for count in (1, 2, 3)] == ["one day", "2 days", "3 days"]
    assert [voice("through", count=count) for count in (2, 1)] == ["It took 2 days.", "It took one day."]
    assert [voice.plain("term", name=name) for name in "ab"] == [
        f"That was short, \u2068{name}\u2069." for name in "ab"
    ]
    assert [voice("part", name=name) for name in ("Ana", "Ben")] == ["Ana herself", "\u2068Ben\u2069"]
