"""Where the figures come from: every answer of one family by day, with its time, late mark and what it said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.checkins import question_of
from bot.domain.digest_facts import Family
from bot.domain.digest_sources import Before, Entry, Given, Noted, Sheet
from bot.model import Button, CheckInState, Media, NoteKind, Screen
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.digest_phrases import SEPARATOR
from bot.text.screens.wording import Wording

_PIECE = 500  # characters of one text on a line; escaped they can be five times as many
_ROOM = 3800
_PLAIN = (CheckInState.DONE, CheckInState.PARTIAL, CheckInState.OPEN, CheckInState.EXPIRED)


def answers(voice: Voice, digest: int, family: Family, entries: Sequence[Entry], page: int, reader: str) -> Screen:
    """One page of them; a page that is not there shows the nearest. `reader` is the therapist's name."""
    heading = [
        f"<b>{voice('digest-answers-title', child=family.name)}</b>",
        f"<i>{voice('digest-answers-key', child=family.name)}</i>",
        *(
            f"{voice('plain-name', child=phrases.called(voice, family, one.id))} <code>{phrases.strip(one)}</code>"
            for one in family.caregivers
            if one.asked
        ),
    ]
    lines = list(_lines(_Asked(voice, family, reader), entries)) or [voice("digest-answers-none")]
    pages = list(_pages(lines, _ROOM - phrases.length("\n".join(heading))))
    page = min(page, len(pages) - 1)
    text = "\n".join([*heading, "", *pages[page]])
    return Screen(text, tuple(_rows(voice, digest, family, page, len(pages))), protected=True)


def _pages(lines: Iterable[str], room: int) -> Iterable[list[str]]:
    held: list[str] = []
    size = 0
    for line in lines:
        needed = phrases.length(line) + 1
        if held and size + needed > room:
            yield held
            held, size = [], 0
        held.append(line)
        size += needed
    if held:
        yield held


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every line needs to know: how to speak, of whom, to whom."""

    voice: Voice
    family: Family
    reader: str

    def label(self, message: str) -> str:
        return self.voice(message, child=self.family.name, name=self.reader, step="")

    def name(self, person: int) -> str:
        return self.voice("plain-name", child=phrases.called(self.voice, self.family, person))

    def time(self, at: int) -> Html:
        return phrases.time(self.voice, at, self.family.period.timezone)

    def day(self, at: int) -> Html:
        return phrases.day(self.voice, self.family.period.local_date(at))

    def wording(self, sheet: Sheet) -> Wording:
        return Wording(self.voice, sheet.template, self.family.name, self.reader, sheet.step)


def _lines(asked: _Asked, entries: Sequence[Entry]) -> Iterable[str]:
    for on, of_day in groupby(entries, key=lambda entry: entry.on):
        yield f"<b>{numbers.long_date(on, asked.voice.language)}</b>"
        for entry in of_day:
            yield from _sheet(asked, entry) if isinstance(entry, Sheet) else _note(asked, entry)


def _sheet(asked: _Asked, sheet: Sheet) -> Iterable[str]:
    if not sheet.given or sheet.state not in _PLAIN:
        yield f"{asked.name(sheet.by)}: {asked.label(phrases.state_key(sheet.state, sheet.reason))}"
    for given in sheet.given:
        yield from _given(asked, sheet, given)


def _given(asked: _Asked, sheet: Sheet, given: Given) -> Iterable[str]:
    question, words = question_of(sheet.template, given.question), asked.wording(sheet)
    when = asked.time(given.at)
    if given.late:
        when = Html(asked.voice("digest-answer-late", day=asked.day(given.at), time=when))
    what = words.said(question, given.value) or _medium(asked, given.media)
    first = f"{asked.name(sheet.by)}, {when}{SEPARATOR}{words.short(question)}:"
    yield from _said(asked.voice, first, what, given.text)
    for before in given.before:
        yield from _before(asked, words.said(question, before.value), before)


def _before(asked: _Asked, what: str, before: Before) -> Iterable[str]:
    first = asked.voice("digest-answer-before", day=asked.day(before.until), time=asked.time(before.until))
    if not what and before.media_kind:
        what = asked.voice("digest-media", kind=before.media_kind)
    yield from _said(asked.voice, f"    ↳ {first}", what, before.text)


def _note(asked: _Asked, noted: Noted) -> Iterable[str]:
    key = "digest-note" if noted.kind is NoteKind.NOTE else f"digest-note-{noted.kind.value}"
    unsure = "" if noted.sure else f" {asked.voice('digest-unsure')}"
    first = f"{asked.name(noted.by)}, {asked.time(noted.at)}{SEPARATOR}{asked.voice(key)}{unsure}:"
    yield from _said(asked.voice, first, _medium(asked, noted.media), noted.text)
    for before in noted.before:
        yield from _before(asked, "", before)


def _medium(asked: _Asked, media: Media | None) -> str:
    return "" if media is None else phrases.medium(asked.voice, media)


def _said(voice: Voice, first: str, what: str, words: str | None) -> Iterable[str]:
    """Words in full; a very long text goes on in pieces, so that no page is too long."""
    pieces = [words[at : at + _PIECE] for at in range(0, len(words), _PIECE)] if words else []
    quotes = [voice("quote", words=piece) for piece in pieces]
    yield " ".join(part for part in (first, what, *quotes[:1]) if part)
    yield from quotes[1:]


def _rows(voice: Voice, digest: int, family: Family, page: int, pages: int) -> Iterable[tuple[Button, ...]]:
    child = family.child
    yield (Button(voice.plain("digest-button-back", child=family.name), f"digest:f:{digest}:{child}"),)
    turns = []
    if page > 0:
        turns.append(Button(voice.plain("digest-button-earlier"), f"digest:a:{digest}:{child}:{page - 1}"))
    if page < pages - 1:
        turns.append(Button(voice.plain("digest-button-later"), f"digest:a:{digest}:{child}:{page + 1}"))
    if turns:
        yield tuple(turns)
    yield (Button(voice.plain("families-button-why"), f"fam:why:{child}"),)
    yield (Button(voice.plain("digest-button-list"), f"digest:l:{digest}"),)
