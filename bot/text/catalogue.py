"""Every text for people: Fluent messages by language (a folder each), form of address and gender of the child.

A message is HTML as Telegram reads it. A ``str`` argument is somebody's words: it is escaped and isolated, so that it
can neither open a tag nor turn the direction of the line around it. ``Html`` goes in as it is, an ``int`` as the
language writes numbers. ``$address`` (formal, informal) and ``$gender`` (unsaid, female, male) are always there to
select on. Fluent: https://projectfluent.org; isolates: Unicode Standard Annex 9.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel import Locale
from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentType
from fluent.syntax import ast

from bot.text import numbers, pseudo
from bot.text.entries import Entries, Entry
from bot.text.literal import unturned

FOLDER = Path(__file__).parent
FSI, PDI = "\u2068", "\u2069"

_SLOTS = 0xE000  # private use: no text of ours has them, and what is filled in is not read again
_SLOT = re.compile("[\ue000-\ue0ff]")
_TAG = re.compile(r"<[^>]*>")
_ISOLATES = re.compile("[\u2066-\u2069]")


class MissingText(KeyError):
    """There is no such message, or it lacks an argument."""


class Html(str):
    """Words that are HTML already."""

    __slots__ = ()


class _Words(str, FluentType):  # noqa: SLOT000 - Fluent's own type has a dictionary
    """Text that messages may select on; in the text its slot stands for it, whatever its length."""

    slot: str

    def format(self, _locale: Locale) -> str:  # type: ignore[override]  # Fluent's, not str's
        return self.slot


class _Book:
    """The messages of one language, and what Fluent has made of those that were said."""

    def __init__(self, language: str, entries: Entries) -> None:
        self.entries = entries
        self._bundle = FluentBundle([str(numbers.locale(language))], use_isolating=False)

    def said(self, message: str, arguments: Mapping[str, str | int | FluentType]) -> tuple[str, list[Exception]]:
        """Its words, and what was wrong with them. Raises ``MissingText``."""
        if message not in self.entries:
            raise MissingText(message)
        if not self._bundle.has_message(message):
            self._bundle.add_resource(ast.Resource([*self.entries.needed(message)]))
        pattern = self._bundle.get_message(message).value
        if pattern is None:
            raise MissingText(message)
        text, errors = self._bundle.format_pattern(pattern, dict(arguments))
        return str(text), errors


class Voice:
    """How one person is spoken to. Calling it gives HTML; ``plain`` gives what buttons and toasts show."""

    def __init__(self, language: str, book: _Book, address: str, gender: str) -> None:
        self.language = language
        self.rtl = numbers.locale(language).character_order == "right-to-left"
        self._book = book
        self._always = {"address": address, "gender": gender}
        self._known: dict[tuple[object, ...], tuple[str, bool]] = {}

    def __call__(self, message: str, /, **arguments: str | int) -> str:
        """HTML. Raises ``MissingText``."""
        return self._fill(message, arguments, _as_it_is, _as_html)

    def plain(self, message: str, /, **arguments: str | int) -> str:
        """The same without HTML: for button labels, toasts and menus. Raises ``MissingText``."""
        return self._fill(message, arguments, _without_html, _as_plain)

    def plain_html(self, words: str) -> str:
        """Words that are no message of ours, as HTML: escaped and isolated."""
        return _as_html(words, self.language)

    def has(self, message: str) -> bool:
        return message in self._book.entries

    def _fill(
        self,
        message: str,
        arguments: Mapping[str, str | int],
        dress: Callable[[str], str],
        write: Callable[[str | int, str], str],
    ) -> str:
        text, has_slots = self._slotted(message, arguments, dress)
        if not has_slots:
            return text
        values = tuple(arguments.values())
        return _SLOT.sub(lambda found: write(values[ord(found[0]) - _SLOTS], self.language), text)

    def _slotted(
        self, message: str, arguments: Mapping[str, str | int], dress: Callable[[str], str]
    ) -> tuple[str, bool]:
        """The text with a slot for each argument: looked up once where the words do not depend on what goes there."""
        key = (message, dress, *arguments)
        known = self._known.get(key)
        if known is not None:
            return known
        chooses = self._book.entries.chooses(message)
        slotted = {
            name: value if chooses and isinstance(value, int) else _slot(value, number)
            for number, (name, value) in enumerate(arguments.items())
        }
        text = dress(self._format(message, {**slotted, **self._always}))
        found = text, _SLOT.search(text) is not None
        if not chooses:
            self._known[key] = found
        return found

    def _format(self, message: str, arguments: Mapping[str, str | int | FluentType]) -> str:
        text, errors = self._book.said(message, arguments)
        if errors:
            raise MissingText(f"{message}: {'; '.join(str(error) for error in errors)}")
        return text


class Catalogue:
    """The messages of every language; a language is read when it is first spoken."""

    def __init__(self, sources: Mapping[str, Callable[[], Entries]]) -> None:
        self._sources = dict(sources)
        self._books: dict[str, _Book] = {}
        self._voices: dict[tuple[str, str, str], Voice] = {}

    @classmethod
    def load(cls, pseudo: bool = False) -> Catalogue:
        """Every shipped language; with ``pseudo`` the two made-up ones that tests speak, too."""
        return _load(pseudo=pseudo)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._sources)

    def nearest(self, wanted: str, default: str) -> str:
        """The language for what a phone says of itself (``en-US``); ``default`` where there is none."""
        found = (wanted, wanted.replace("_", "-").split("-")[0].lower())
        return next((language for language in found if language in self._sources), default)

    def voice(self, language: str, address: str = "formal", gender: str = "unsaid") -> Voice:
        """Raises ``MissingText`` for a language that is not there."""
        key = (language, address, gender)
        if key not in self._voices:
            self._voices[key] = Voice(language, self._book(language), address, gender)
        return self._voices[key]

    def entries(self, language: str) -> Entries:
        """Raises ``MissingText`` for a language that is not there."""
        return self._book(language).entries

    def _book(self, language: str) -> _Book:
        if language not in self._sources:
            raise MissingText(language)
        if language not in self._books:
            self._books[language] = _Book(language, self._sources[language]())
        return self._books[language]


@cache
def _load(*, pseudo: bool) -> Catalogue:
    sources = {folder.name: _reader(folder) for folder in sorted(FOLDER.iterdir()) if any(folder.glob("*.ftl"))}
    return Catalogue({**sources, **(_made_up(FOLDER / "en") if pseudo else {})})


def _reader(folder: Path, change: Callable[[Entry], Entry] | None = None) -> Callable[[], Entries]:
    """All messages of a language, file after file."""
    return lambda: Entries(
        ((f"{folder.name}/{path.name}", path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.ftl"))),
        change,
    )


def _made_up(english: Path) -> dict[str, Callable[[], Entries]]:
    return {language: _reader(english, change) for language, change in pseudo.LANGUAGES.items()}


def isolate(words: str) -> str:
    """Each line on its own between FSI and PDI, whatever direction marks the words bring along."""
    words = unturned(words)
    if words and "\n" not in words:
        return FSI + _closed(words) + PDI
    return "\n".join(FSI + _closed(line) + PDI if line else line for line in words.split("\n"))


def _closed(line: str) -> str:
    """Isolates that the line opens are closed in it, and it closes none that it did not open."""
    if not _ISOLATES.search(line):
        return line
    depth, kept = 0, []
    for letter in line:
        if letter == PDI and not depth:
            continue
        depth += (letter in "\u2066\u2067\u2068") - (letter == PDI)
        kept.append(letter)
    return "".join(kept) + PDI * depth


def _slot(value: str | int, number: int) -> _Words:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(f"a text takes str, Html or int, not {type(value).__name__}")
    words = _Words(value)
    words.slot = chr(_SLOTS + number)
    return words


def _as_html(value: str | int, language: str) -> str:
    if isinstance(value, Html):
        return value
    return _as_plain(value if isinstance(value, int) else html.escape(value, quote=False), language)


def _as_plain(value: str | int, language: str) -> str:
    if isinstance(value, int):
        return numbers.integer(value, language)
    return _without_html(value) if isinstance(value, Html) else isolate(value)


def _as_it_is(text: str) -> str:
    return text


def _without_html(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
