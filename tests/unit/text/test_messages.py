"""Every message there is: it formats in every language, in easy words, without guilt."""

import html
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from bot.text import catalogue
from bot.text.catalogue import Catalogue

CATALOGUE = Catalogue.load(pseudo=True)
PLURALS = {"zero", "one", "two", "few", "many"}
TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote", "a", "tg-spoiler"}

MOST_WORDS = 12
FORBIDDEN = re.compile(
    r"\b(delay\w*|normal\w*|abnormal\w*|fail\w*|missed|must|have to|non-?complian\w*|complian\w*|behind|disorder\w*"
    r"|deficit\w*|diagnos\w*|symptom\w*|patient|mum|mom|dad|obey|bad|wrong|forgot\w*|overdue)\b",
    re.IGNORECASE,
)
# "Something went wrong on our side": said of us, never of a family. A night may have been bad.
ALLOWED = {"apology", "basics-sleep-bad", "basics-sleep-very_bad"}


def english() -> dict[str, ast.Message]:
    return {name: one for name, one in CATALOGUE.entries("en").items() if isinstance(one, ast.Message)}


def _referred(reference: ast.MessageReference | ast.TermReference) -> ast.Message | ast.Term:
    minus = "-" if isinstance(reference, ast.TermReference) else ""
    return CATALOGUE.entries("en")[minus + reference.id.name]


class Arguments(Visitor):
    """The names of a message's arguments; those that choose a plural are numbers."""

    def __init__(self) -> None:
        self.found: dict[str, str | int] = {}

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's name
        self.found.setdefault(node.id.name, "Mika")

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 - Fluent's name
        keys = {one.key.name for one in node.variants if isinstance(one.key, ast.Identifier)}
        counted = keys & PLURALS or any(isinstance(one.key, ast.NumberLiteral) for one in node.variants)
        if counted and isinstance(node.selector, ast.VariableReference):
            self.found[node.selector.id.name] = 2
        self.generic_visit(node)


def arguments(message: ast.Message) -> dict[str, str | int]:
    visitor = Arguments()
    visitor.visit(message)
    return {name: value for name, value in visitor.found.items() if name not in ("address", "gender")}


def variants(pattern: ast.Pattern) -> Iterator[str]:
    """Every text that a pattern can become, with one word in the place of each argument."""
    for parts in product(*(list(pieces(element)) for element in pattern.elements)):
        yield "".join(parts)


def pieces(element: ast.TextElement | ast.Placeable) -> Iterator[str]:
    if isinstance(element, ast.TextElement):
        yield element.value
        return
    inner = element.expression
    if isinstance(inner, ast.SelectExpression):
        for one in inner.variants:
            yield from variants(one.value)
    elif isinstance(inner, (ast.MessageReference, ast.TermReference)):
        referred = _referred(inner).value
        assert referred is not None
        yield from variants(referred)
    elif isinstance(inner, ast.StringLiteral):
        yield inner.parse()["value"]
    else:
        yield "Mika"


def shown(name: str) -> set[str]:
    pattern = english()[name].value
    assert pattern is not None
    return {html.unescape(re.sub(r"<[^>]*>", "", text)) for text in variants(pattern)}


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_message_formats_in_every_language(language: str) -> None:
    for address, gender in product(("formal", "informal"), ("unsaid", "female", "male")):
        voice = CATALOGUE.voice(language, address, gender)
        for name, message in english().items():
            given = arguments(message)
            assert voice(name, **given).strip(), name
            assert voice.plain(name, **given).strip(), name


def test_every_language_has_the_same_messages_with_the_same_arguments() -> None:
    for language in CATALOGUE.languages:
        entries = CATALOGUE.entries(language)
        assert entries.keys() == CATALOGUE.entries("en").keys(), language
        for name, message in english().items():
            other = entries[name]
            assert isinstance(other, ast.Message)
            assert arguments(other).keys() <= arguments(message).keys(), (language, name)


def test_every_message_that_the_program_names_is_there() -> None:
    """Ids that are put together while it runs are found by the tests of their screens."""
    root = Path(catalogue.__file__).parents[2]
    sources = (path for folder in ("bot", "handlers", "schedules") for path in (root / folder).rglob("*.py"))
    named = {
        (path.relative_to(root).as_posix(), name)
        for path in sources
        for name in re.findall(r"""\bvoice(?:\.plain)?\(\s*["']([a-z0-9_-]+)["']""", path.read_text(encoding="utf-8"))
    }
    assert named
    assert sorted(one for one in named if one[1] not in english()) == []


def test_no_sentence_is_longer_than_twelve_words() -> None:
    long = [
        f"{name}: {sentence.strip()}"
        for name in english()
        for text in shown(name)
        for sentence in re.split(r"[.!?…:;•\n]+(?=\s|$)|\n", text)
        if len(re.findall(r"[^\W_][\w'’/-]*", sentence)) > MOST_WORDS
    ]
    assert long == []


def test_no_word_blames_or_labels() -> None:
    found = [
        f"{name}: {text}" for name in english() if name not in ALLOWED for text in shown(name) if FORBIDDEN.search(text)
    ]
    assert found == []


def test_tags_are_telegrams_and_closed() -> None:
    for name, message in english().items():
        assert message.value is not None
        for text in variants(message.value):
            open_tags: list[str] = []
            for closing, tag in re.findall(r"<(/?)([a-z-]+)[^>]*>", text):
                assert tag in TAGS, name
                if closing:
                    assert open_tags.pop() == tag, name
                else:
                    open_tags.append(tag)
            assert open_tags == [], name
            assert not re.search(r"&(?!amp;|lt;|gt;|quot;)|<(?![/a-z])", text), name


def test_a_tag_never_stands_across_an_argument() -> None:
    for name, message in english().items():
        for element in message.value.elements if message.value else []:
            if isinstance(element, ast.TextElement):
                assert element.value.count("<") == element.value.count(">"), name


def test_no_direction_marks_or_slots_of_our_own() -> None:
    for path in catalogue.FOLDER.glob("*/*.ftl"):
        assert not re.search("[\u2066-\u2069\u202a-\u202e\ue000-\ue0ff]", path.read_text(encoding="utf-8")), path.name
