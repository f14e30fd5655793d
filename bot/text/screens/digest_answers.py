"""Where the figures come from: every answer of one family by day, with its time, late mark and what it said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.domain.digest_facts import Family
from bot.domain.digest_sources import Before, Entry, Given, Sheet, Value
from bot.model import Button, CheckInState, Screen
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import digest_phrases as phrases

_PIECE = 500  # characters of one text on a line; escaped they can be five times as many
_ROOM = 3800
_PLAIN = (CheckInState.DONE, CheckInState.PARTIAL, CheckInState.OPEN, CheckInState.EXPIRED)


def answers(voice: Voice, digest: int, family: Family, entries: Sequence[Entry], page: int) -> Screen:
    """One page of them; a page that is not there shows the nearest."""
    heading = [
        f"<b>{voice('digest-answers-title', child=family.name)}</b>",
        f"<i>{voice('digest-answers-key', child=family.name)}</i>",
        *(
            f"{voice('plain-name', child=one.name)} <code>{phrases.strip(one)}</code>"
            for one in family.caregivers
            if one.asked
        ),
    ]
    lines = list(_lines(voice, family, entries)) or [voice("digest-answers-none")]
    pages = list(_pages(lines, _ROOM - phrases.length("\n".join(heading))))
    page = min(page, len(pages) - 1)
    text = "\n".join([*heading, "", *pages[page]])
    return Screen(text, tuple(_rows(voice, digest, family, page, len(pages))))


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


def _lines(voice: Voice, family: Family, entries: Sequence[Entry]) -> Iterable[str]:
    for on, of_day in groupby(entries, key=lambda entry: entry.on):
        yield f"<b>{numbers.long_date(on, voice.language)}</b>"
        for entry in of_day:
            yield from _sheet(voice, family, entry) if isinstance(entry, Sheet) else _note(voice, family, entry)


def _sheet(voice: Voice, family: Family, sheet: Sheet) -> Iterable[str]:
    name = voice("plain-name", child=sheet.by)
    if not sheet.given or sheet.state not in _PLAIN:
        yield f"{name}: {voice(f'digest-state-{sheet.state.value}', child=family.name)}"
    for given in sheet.given:
        yield from _given(voice, family, sheet, given)


def _given(voice: Voice, family: Family, sheet: Sheet, given: Given) -> Iterable[str]:
    label = f"{sheet.template}-{given.question}"
    asked = voice(f"{label}-short", child=family.name, name="…", step="")
    first = f"{voice('plain-name', child=sheet.by)}, {_when(voice, family, given)} · {asked}: "
    what = _choices(voice, family, label, given.value) or (
        phrases.medium(voice, given.media) if given.media is not None else ""
    )
    yield from _with_words(voice, first + what, given.text)
    for before in given.before:
        yield from _before(voice, family, label, before)


def _when(voice: Voice, family: Family, given: Given) -> str:
    zone = family.period.timezone
    time = phrases.time(voice, given.at, zone)
    if not given.late:
        return time
    return voice("digest-answer-late", day=phrases.day(voice, family.period.local_date(given.at)), time=time)


def _choices(voice: Voice, family: Family, label: str, value: Value) -> str:
    keys = value if isinstance(value, list) else [] if value is None else [value]
    return ", ".join(
        numbers.integer(key, voice.language)
        if isinstance(key, int)
        else voice(f"{label}-{key}", child=family.name, name="…")
        for key in keys
    )


def _before(voice: Voice, family: Family, label: str, before: Before) -> Iterable[str]:
    zone = family.period.timezone
    day = phrases.day(voice, family.period.local_date(before.until))
    first = voice("digest-answer-before", day=day, time=phrases.time(voice, before.until, zone))
    what = _choices(voice, family, label, before.value)
    if not what and before.media_kind:
        what = voice("digest-media", kind=before.media_kind)
    yield from _with_words(voice, f"    ↳ {first} {what}", before.text)


def _note(voice: Voice, family: Family, entry: Entry) -> Iterable[str]:
    assert not isinstance(entry, Sheet)  # noqa: S101 - told apart by the caller
    key = "digest-note" if entry.kind.value == "note" else f"digest-note-{entry.kind.value}"
    time = phrases.time(voice, entry.at, family.period.timezone)
    unsure = "" if entry.sure else f" {voice('digest-unsure')}"
    what = phrases.medium(voice, entry.media) if entry.media is not None else ""
    first = f"{voice('plain-name', child=entry.by)}, {time} · {voice(key)}{unsure}: {what}"
    yield from _with_words(voice, first, entry.text)
    for before in entry.before:
        yield from _before(voice, family, "", before)


def _with_words(voice: Voice, first: str, text: str | None) -> Iterable[str]:
    """Words in full; a very long text goes on in pieces, so that no page is too long."""
    if not text:
        yield first
        return
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    for number, piece in enumerate(pieces):
        yield f"{first} {voice('quote', words=piece)}" if number == 0 else voice("quote", words=piece)


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
    yield (Button(voice.plain("digest-button-list"), f"digest:l:{digest}"),)
