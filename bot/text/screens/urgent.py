"""The safety card, and what the therapist is told. Nothing on a lock screen says what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.crisis import Card, Line
from bot.model import Button, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import joining


def card(voice: Voice, lines: Card | None, press: int | None, *, told: bool) -> Screen:
    """The country's numbers; a country that we do not know gets no guessed number. One question."""
    parts = [f"<b>{voice('urgent-title')}</b>", _numbers(voice, lines)]
    parts.append(voice("urgent-told") if told else voice("urgent-nobody"))
    parts.append(voice("urgent-not-watched"))
    if press is None:
        return Screen("\n\n".join(parts))
    parts.append(f"<b>{voice('urgent-question')}</b>")
    answers = tuple((Button(voice.plain(f"urgent-{key}"), f"urgent:{key}:{press}"),) for key in ("yes", "no", "unsure"))
    rows = (*answers, (Button(voice.plain("urgent-false"), f"urgent:false:{press}"),))
    return Screen("\n\n".join(parts), rows)


def _numbers(voice: Voice, lines: Card | None) -> str:
    if lines is None:
        return voice("urgent-no-numbers")
    return "\n".join(line(voice, one) for one in lines.lines)


def line(voice: Voice, of: Line) -> str:
    """One line of help: what for, the number, whose it is, and when."""
    parts = [f"{voice(f'urgent-line-{of.kind}')}: <b>{voice('plain-number', number=of.number)}</b>"]
    parts += [voice.plain_html(more) for more in (of.name, of.text, of.hours) if more]
    return " · ".join(parts)


def answered(voice: Voice, danger: str, lines: Card | None) -> Screen:
    return Screen(f"{voice(f'urgent-after-{danger}')}\n\n{_numbers(voice, lines)}")


def false_alarm(voice: Voice) -> Screen:
    return Screen(voice("urgent-after-false"))


def told(voice: Voice, press: int) -> Screen:
    """For the therapist's lock screen: a level and a way in, no name, no words."""
    return _alert(voice, "urgent-therapist", press)


def update(voice: Voice, press: int, key: str) -> Screen:
    """What came after: an answer to the one question, or a false alarm."""
    return _alert(voice, f"urgent-therapist-{key}", press)


def _alert(voice: Voice, message: str, press: int) -> Screen:
    """The details open in its place: it cannot be forwarded, and so they cannot."""
    rows = ((Button(voice.plain("urgent-open"), f"urgent:open:{press}"),),)
    return Screen(f"🔴 {voice(message)}", rows, protected=True)


def details(voice: Voice, rows: Sequence[Row], timezone: str) -> Screen:
    """One press: a row for each child it is about, all of one caregiver."""
    first = rows[0]
    children = ", ".join(row["child_name"] for row in rows)
    name = joining.called(voice, first["caregiver_name"], first["caregiver_role"])
    head = voice("urgent-details", child=children, name=name, when=_when(first["at"], timezone, voice.language))
    state = "false" if first["false_alarm_at"] is not None else first["danger"] or "open"
    return Screen(f"🔴 {head}\n\n{voice(f'urgent-state-{state}')}", protected=True)


def _when(at: int, timezone: str, language: str) -> str:
    local = from_ms(at).astimezone(ZoneInfo(timezone))
    return f"{numbers.long_date(local.date(), language)}, {numbers.clock_time(local, local.tzinfo or UTC, language)}"
