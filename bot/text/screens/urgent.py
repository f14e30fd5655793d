"""The safety card, and what the therapist is told. Nothing on a lock screen says what it is about."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.crisis import Card, Line
from bot.model import Button, Screen
from bot.text import numbers
from bot.text.catalogue import Voice


def card(voice: Voice, lines: Card | None, alert: int | None, *, told: bool) -> Screen:
    """The country's numbers; a country that we do not know gets no guessed number. One question."""
    parts = [f"<b>{voice('urgent-title')}</b>", _numbers(voice, lines)]
    parts.append(voice("urgent-told") if told else voice("urgent-nobody"))
    parts.append(voice("urgent-not-watched"))
    if alert is None:
        return Screen("\n\n".join(parts))
    parts.append(f"<b>{voice('urgent-question')}</b>")
    answers = tuple((Button(voice.plain(f"urgent-{key}"), f"urgent:{key}:{alert}"),) for key in ("yes", "no", "unsure"))
    rows = (*answers, (Button(voice.plain("urgent-false"), f"urgent:false:{alert}"),))
    return Screen("\n\n".join(parts), rows)


def _numbers(voice: Voice, lines: Card | None) -> str:
    if lines is None:
        return voice("urgent-no-numbers")
    return "\n".join(_line(voice, line) for line in lines.lines)


def _line(voice: Voice, line: Line) -> str:
    """One line of help: what for, the number, whose it is, and when."""
    parts = [f"{voice(f'urgent-line-{line.kind}')}: <b>{voice('plain-number', number=line.number)}</b>"]
    parts += [voice.plain_html(more) for more in (line.name, line.text, line.hours) if more]
    return " · ".join(parts)


def answered(voice: Voice, danger: str, lines: Card | None) -> Screen:
    return Screen(f"{voice(f'urgent-after-{danger}')}\n\n{_numbers(voice, lines)}")


def false_alarm(voice: Voice) -> Screen:
    return Screen(voice("urgent-after-false"))


def told(voice: Voice, alert: int) -> Screen:
    """For the therapist's lock screen: a level and a way in, no name, no words."""
    return _alert(voice, "urgent-therapist", alert)


def update(voice: Voice, alert: int, key: str) -> Screen:
    """What came after: an answer to the one question, or a false alarm."""
    return _alert(voice, f"urgent-therapist-{key}", alert)


def _alert(voice: Voice, message: str, alert: int) -> Screen:
    """The details open in its place: it cannot be forwarded, and so they cannot."""
    rows = ((Button(voice.plain("urgent-open"), f"urgent:open:{alert}"),),)
    return Screen(f"🔴 {voice(message)}", rows, protected=True)


def details(voice: Voice, child: str, caregiver: str, at: int, timezone: str, state: str) -> Screen:
    when = _when(at, timezone, voice.language)
    text = f"🔴 {voice('urgent-details', child=child, name=caregiver, when=when)}\n\n{voice(f'urgent-state-{state}')}"
    return Screen(text, protected=True)


def _when(at: int, timezone: str, language: str) -> str:
    local = from_ms(at).astimezone(ZoneInfo(timezone))
    return f"{numbers.long_date(local.date(), language)}, {numbers.clock_time(local, local.tzinfo or UTC, language)}"
