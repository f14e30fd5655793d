"""The words of a check-in: its template's own where it has them, else the catalogue's; labels as they were asked."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.templates import Question, Template, Value
from bot.text import numbers
from bot.text.catalogue import Voice, isolate

_FILLED = re.compile(r"\{(child|name|step|item)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """How one check-in speaks. ``name`` is the therapist's; ``step`` the home step, ``child`` the nickname."""

    voice: Voice
    template: Template
    child: str = ""
    name: str = ""
    step: str = ""

    def title(self, *, plain: bool = True) -> str:
        """The template's name."""
        return self._part("name", "", plain=plain)

    def own_title(self) -> str:
        """The name that somebody gave it, as it was written; "" where it is the library's."""
        return self._own("name") or ""

    def question(self, asked: Question) -> str:
        return self._part(asked.text, self.item(asked))

    def short(self, asked: Question, *, plain: bool = False) -> str:
        """For receipts and digests."""
        return self._part(f"{asked.text}-short", self.item(asked), plain=plain)

    def item(self, asked: Question) -> str:
        """What it is asked about, plain; "" where it is asked once, the place of it in what is not asked yet."""
        if not asked.for_each or asked.item:
            return asked.item
        key = asked.key.partition(".")[2]
        return self.voice.plain(f"{asked.for_each}-{key}") if key else "…"

    def choice(self, asked: Question, key: str, *, plain: bool = False) -> str:
        """A choice's label: of the list as it was then, or the template's."""
        label = asked.labels.get(key)
        if label:
            return isolate(label) if plain else self.voice.plain_html(label)
        if label is not None:
            return (self.voice.plain if plain else self.voice)(f"{asked.choices_from}-{key}")
        return self._part(f"{asked.text}-{key}", self.item(asked), plain=plain)

    def said(self, asked: Question, value: Value) -> str:
        """What was chosen, as HTML; "" for nothing."""
        keys = value if isinstance(value, list) else [] if value is None else [value]
        return ", ".join(
            numbers.integer(key, self.voice.language) if isinstance(key, int) else self.choice(asked, key)
            for key in keys
        )

    def line(self, message: str, asked: Question) -> str:
        """One of the messages that follow from an answer."""
        return self.voice(message, child=self.child, name=self.name, step=self.step, item=self.item(asked))

    def _part(self, part: str, item: str, *, plain: bool = False) -> str:
        filled = {"child": self.child, "name": self.name, "step": self.step, "item": item}
        own = self._own(part)
        if own is None:
            return (self.voice.plain if plain else self.voice)(f"{self.template.family}-{part}", **filled)
        text = own if plain else html.escape(own, quote=False)
        write: Callable[[str], str] = isolate if plain else self.voice.plain_html
        return _FILLED.sub(lambda found: write(filled[found[1]]), text)

    def _own(self, part: str) -> str | None:
        """In the reader's language; else in any: what was changed is not said in the words that it replaced."""
        words = self.template.words
        spoken = [words[self.voice.language]] if self.voice.language in words else []
        return next((one[part] for one in (*spoken, *words.values()) if part in one), None)
