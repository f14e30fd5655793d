"""The messages of one language: cut apart when it is first spoken, each parsed when it is first said.

To parse them all takes longer than the rest of a start. Fluent's grammar begins an entry only at the start of a line:
https://github.com/projectfluent/fluent/blob/main/spec/fluent.ebnf.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from fluent.runtime import FluentResource
from fluent.syntax import ast

from bot.text.selecting import reading

Entry = ast.Message | ast.Term
SETTLED = ("address", "gender")  # a voice's own: the same in all that it says
_BEGINS = re.compile(r"^(-?[a-zA-Z][\w-]*) *=", re.MULTILINE)
_REMARK = re.compile(r"^#.*$", re.MULTILINE)


class BrokenCatalogue(ValueError):
    """A file of messages that cannot be read, or that has a message twice."""


class Entries(Mapping[str, Entry]):
    """Messages by name, terms by name with their minus. `files`: text by name. Raises `BrokenCatalogue`."""

    def __init__(self, files: Iterable[tuple[str, str]], change: Callable[[Entry], Entry] | None = None) -> None:
        self._texts: dict[str, tuple[str, int, str]] = {}  # file, line, text
        self._parsed: dict[str, Entry] = {}
        self._chooses: dict[str, bool] = {}
        self._change = change
        for name, source in files:
            for line, entry, text in _cut(source, name):
                if entry in self._texts:
                    raise BrokenCatalogue(f"{name}: {entry} stands there twice")
                self._texts[entry] = name, line, text

    def __getitem__(self, name: str) -> Entry:
        found = self._parsed.get(name)
        if found is None:
            entry = _parsed(*self._texts[name])
            found = self._parsed[name] = self._change(entry) if self._change else entry
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def needed(self, name: str) -> list[Entry]:
        """The entry and all that it refers to, also at second hand; what is not there is left out."""
        found: dict[str, Entry] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in self and one not in found:
                found[one] = self[one]
                waiting += reading(self[one], SETTLED).refers
        return list(found.values())

    def chooses(self, name: str) -> bool:
        """Whether its words depend on an argument that is not settled. All others read alike, whatever is filled in."""
        found = self._chooses.get(name)
        if found is None:
            found = self._chooses[name] = any(reading(entry, SETTLED).chooses for entry in self.needed(name))
        return found


def _cut(source: str, name: str) -> Iterator[tuple[int, str, str]]:
    """The line where each entry begins, its name and its text."""
    begins = list(_BEGINS.finditer(source))
    before = source[: begins[0].start()] if begins else source
    if _REMARK.sub("", before).strip():
        raise BrokenCatalogue(f"{name}: line 1: no message begins there")
    ends = [one.start() for one in begins[1:]] + [len(source)]
    line, at = 1, 0
    for begin, end in zip(begins, ends, strict=True):
        line, at = line + source.count("\n", at, begin.start()), begin.start()
        yield line, begin[1], source[at:end]


def _parsed(file: str, line: int, text: str) -> Entry:
    """One entry; remarks may follow it. Raises `BrokenCatalogue` with the file and the line."""
    found = []
    for one in FluentResource(text).body:
        if isinstance(one, ast.Junk):
            line += text.count("\n", 0, one.span.start if one.span else 0)
            raise BrokenCatalogue(f"{file}: line {line}: {one.annotations[0].message if one.annotations else '?'}")
        if isinstance(one, (ast.Message, ast.Term)):
            found.append(one)
    [entry] = found
    return entry
