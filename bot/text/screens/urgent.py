"""The safety card, and what the staff is told. Nothing on a lock screen says what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.crisis import ALWAYS, EVERY_DAY, Card, Hours, Line
from bot.domain.urgent import WORDS, Opened
from bot.model import Button, Person, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import joining

Rows = tuple[tuple[Button, ...], ...]


def card(
    voice: Voice,
    lines: Card | None,
    press: int | None,
    *,
    told: bool,
    on_call: bool,
    words: bool = False,
    more: Rows = (),
) -> Screen:
    """The country's numbers; a country that we do not know gets no guessed number. One question."""
    parts = [voice("urgent-words-kept")] if words else []
    parts += [f"<b>{voice('urgent-title')}</b>", _numbers(voice, lines)]
    parts.append(voice("urgent-told") if told else voice("urgent-nobody"))
    parts += [] if on_call or press is None else [voice("urgent-not-on-call")]
    parts.append(voice("urgent-not-watched"))
    if press is None:
        return Screen("\n\n".join(parts), more)
    parts.append(f"<b>{voice('urgent-question')}</b>")
    answers = tuple((Button(voice.plain(f"urgent-{key}"), f"urgent:{key}:{press}"),) for key in ("yes", "no", "unsure"))
    rows = (*answers, (Button(voice.plain("urgent-false"), f"urgent:false:{press}"),))
    if more:
        parts.append(voice("note-for-whom"))
    return Screen("\n\n".join(parts), (*rows, *more))


def _numbers(voice: Voice, lines: Card | None) -> str:
    if lines is None:
        return voice("urgent-no-numbers")
    return "\n".join(line(voice, one) for one in lines.lines)


def at_once(voice: Voice, lines: Card | None) -> str:
    """A line over the chat, plain and at most 200 letters: the first number, while nothing can be stored."""
    if lines is None:
        return voice.plain("urgent-at-once-no-number")
    return voice.plain("urgent-at-once", number=lines.lines[0].number)


def line(voice: Voice, of: Line) -> str:
    """One line of help: what for, the number, whose it is, and when."""
    parts = [f"{voice(f'urgent-line-{of.kind}')}: <b>{voice('plain-number', number=of.number)}</b>"]
    parts.append(voice.plain_html(of.name))
    parts += [voice("urgent-line-text", number=of.text)] if of.text else []
    parts += [_hours(voice, of.hours)] if of.hours else []
    return " · ".join(parts)


def _hours(voice: Voice, of: Hours) -> str:
    """As the reader's language says it: Mon–Sat 14:00–20:00."""
    if of == ALWAYS:
        return voice("urgent-hours-always")
    return voice("urgent-hours", days=Html(_days(voice, of.days)), first=of.opens, last=of.closes)


def _days(voice: Voice, days: tuple[int, int]) -> str:
    """HTML that is not isolated as a whole: isolates around isolates know no direction, and would run left to right."""
    first, last = (numbers.weekday(day, voice.language, "abbreviated") for day in days)
    if days == EVERY_DAY:
        return voice("plan-every-day")
    return voice.plain_html(first) if first == last else voice("urgent-hours-days", first=first, last=last)


def answered(voice: Voice, danger: str, lines: Card | None, more: Rows = ()) -> Screen:
    """``more``: what is still to be asked."""
    return Screen("\n\n".join([voice(f"urgent-after-{danger}"), _numbers(voice, lines), *_asking(voice, more)]), more)


def false_alarm(voice: Voice, more: Rows = ()) -> Screen:
    return Screen("\n\n".join([voice("urgent-after-false"), *_asking(voice, more)]), more)


def _asking(voice: Voice, more: Rows) -> list[str]:
    return [voice("note-for-whom")] if more else []


def told(voice: Voice, press: int, cases: Sequence[int]) -> Screen:
    """For a lock screen: a level and a case, no name, no words."""
    rows = (*_open(voice, press), *_take(voice, press))
    return Screen(f"🔴 {voice('urgent-therapist', case=_cases(voice, cases))}", rows, protected=True)


def letter(voice: Voice, clinic: str, case: int) -> tuple[str, str]:
    """Subject and body of an e-mail: no more than a lock screen shows."""
    subject = voice.plain("urgent-therapist", case=_cases(voice, [case]))
    return f"{clinic}: {subject}", f"{subject}\n\n{voice.plain('urgent-mail')}\n"


def _cases(voice: Voice, cases: Sequence[int]) -> str:
    return ", ".join(numbers.integer(one, voice.language) for one in cases)


def update(voice: Voice, press: int, key: str, *, free: bool) -> Screen:
    """What came after: an answer to the one question, or a false alarm. ``free``: nobody has it yet; a false alarm
    wakes nobody any more, and is for nobody to have.
    """
    rows = (*_open(voice, press), *(_take(voice, press) if free and key != "false" else ()))
    return Screen(f"🔴 {voice(f'urgent-therapist-{key}')}", rows, protected=True)


def has_it(voice: Voice, press: int, who: Person) -> Screen:
    """For those who were told as well."""
    return Screen(f"✓ {voice('urgent-taken-by', name=who.name)}", _open(voice, press), protected=True)


def _open(voice: Voice, press: int) -> Rows:
    """The details open in its place: it cannot be forwarded, and so they cannot."""
    return ((Button(voice.plain("urgent-open"), f"urgent:open:{press}"),),)


def _take(voice: Voice, press: int) -> Rows:
    return ((Button(voice.plain("urgent-take"), f"urgent:take:{press}"),),)


def _families(voice: Voice, rows: Sequence[Row]) -> Rows:
    """A way on to each family that the reader treats; it opens in a message of its own."""
    return tuple(
        (Button(voice.plain("urgent-family", child=row["child_name"]), f"fam:apart:{row['child_id']}"),) for row in rows
    )


def details(voice: Voice, press: int, found: Opened, reader: Person) -> Screen:
    first = found.rows[0]
    children = ", ".join(row["child_name"] for row in found.rows)
    name = joining.called(voice, first["caregiver_name"], first["caregiver_role"])
    when = _when(first["at"], reader.timezone, voice.language)
    key = "urgent-details-words" if first["source"] == WORDS else "urgent-details"
    state = "false" if first["false_alarm_at"] is not None else first["danger"] or "open"
    parts = [f"🔴 {voice(key, child=children, name=name, when=when)}"]
    parts += [_quoted(voice, one, reader.timezone) for one in found.words]
    parts.append(voice(f"urgent-state-{state}"))
    if found.words:
        parts.append(voice("urgent-words-err"))
    free = any(row["taken_at"] is None for row in found.rows)
    parts.append("\n".join(_steps(voice, found, reader)))
    rows = (*(_take(voice, press) if free else ()), *_families(voice, [row for row in found.rows if row["treated"]]))
    return Screen("\n\n".join(part for part in parts if part), rows, protected=True)


def _steps(voice: Voice, found: Opened, reader: Person) -> list[str]:
    """What was done about it; of several children each step once."""
    lines = []
    for step in found.steps:
        when = _time(step["at"], reader.timezone, voice.language)
        key = "told" if step["kind"] == "escalated" else step["kind"]
        lines.append(voice(f"urgent-step-{key}", name=step["name"] or "", when=when))
    return list(dict.fromkeys(lines))


def amber(voice: Voice, case: int, concern: int) -> Screen:
    """For working hours; no words on a lock screen."""
    rows = ((Button(voice.plain("urgent-open"), f"urgent:words:{concern}"),),)
    return Screen(f"🟠 {voice('urgent-amber', case=_cases(voice, [case]))}", rows, protected=True)


def concern(voice: Voice, row: Row, timezone: str) -> Screen:
    name = joining.called(voice, row["caregiver_name"], row["caregiver_role"])
    head = f"🟠 {voice('urgent-amber-words', child=row['child_name'], name=name)}"
    parts = [head, _quoted(voice, row, timezone), voice("urgent-words-err")]
    return Screen("\n\n".join(parts), _families(voice, [row]), protected=True)


def _quoted(voice: Voice, row: Row, timezone: str) -> str:
    """Verbatim, with the time; what they were caught as."""
    topics = ", ".join(voice(f"urgent-topic-{topic}") for topic in row["topics"].split())
    return f"{_when(row['said_at'], timezone, voice.language)} ({topics}):\n{voice('quote', words=row['said'])}"


def _when(at: int, timezone: str, language: str) -> str:
    local = from_ms(at).astimezone(ZoneInfo(timezone))
    return f"{numbers.long_date(local.date(), language)}, {numbers.clock_time(local, local.tzinfo or UTC, language)}"


def _time(at: int, timezone: str, language: str) -> str:
    local = from_ms(at).astimezone(ZoneInfo(timezone))
    return numbers.clock_time(local, local.tzinfo or UTC, language)
