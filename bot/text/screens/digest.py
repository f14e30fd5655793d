"""The digest's first screen, one line a family and the most urgent first; and its small answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import digest_needs
from bot.domain.digest_facts import Family
from bot.domain.digest_period import Period
from bot.domain.digest_words import Said
from bot.model import Button, Screen
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_flags
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.digest_phrases import SEPARATOR

MOST_BUTTONS = 8
_CAPTION = 400


def caseload(voice: Voice, digest: int, families: Sequence[Family], period: Period, *, again: bool = False) -> Screen:
    """Families by need; quiet ones are one group at the end. The first button opens the first family.

    `again`: with the flags that were told within the last days.
    """
    heading = f"<b>{voice('digest-title')}</b>{SEPARATOR}{phrases.days(voice, period)}"
    if not families:
        return Screen(f"{heading}\n\n{voice('digest-no-families')}", protected=True)
    quiet_ones = [one for one in families if one.quiet and not digest_needs.reasons(one, again=again)]
    lines = [_line(voice, one, again=again) for one in families if one not in quiet_ones]
    lines = lines or [voice("digest-all-quiet")]
    quiet = [_quiet(voice, one) for one in quiet_ones]
    if quiet:
        lines.append(voice("digest-quiet", families=Html(", ".join(quiet))))
    return Screen(f"{heading}\n\n{_as_fits(voice, heading, lines)}", _starts(voice, digest, families), protected=True)


def _as_fits(voice: Voice, heading: str, lines: Sequence[str]) -> str:
    """As many lines as one screen holds; the buttons lead through the rest all the same."""
    room = phrases.LIMIT - phrases.length(heading) - 100
    for count in range(len(lines), 0, -1):
        text = "\n".join(lines[:count])
        if phrases.length(text) <= room:
            rest = len(lines) - count
            return f"{text}\n{voice('digest-more-families', count=rest)}" if rest else text
    return voice("digest-more-families", count=len(lines))


def _line(voice: Voice, one: Family, *, again: bool) -> str:
    """Who, when they meet, what speaks for looking now, and how much was answered."""
    why = [digest_flags.short(voice, one, reason) for reason in digest_needs.reasons(one, again=again)]
    if one.hard_days and not digest_needs.falls(one, again=again):
        why.append(voice("digest-need-hard_days", count=one.hard_days))
    if one.visit_at is not None:
        why.insert(0, phrases.visit(voice, one.visit_at, one.period.timezone))
    asked = (who for who in one.caregivers if who.asked)
    counts = ", ".join(
        voice("digest-answered-short", name=phrases.called(voice, one, who.id), answered=who.answered, asked=who.asked)
        for who in asked
    )
    parts = [*why, *([counts] if counts else [])]
    return f"<b>{voice('plain-name', child=one.name)}</b>: {SEPARATOR.join(parts)}"


def _quiet(voice: Voice, one: Family) -> str:
    """No answers since a day that is known: a plain fact, never a reproach."""
    name = voice("plain-name", child=one.name)
    last = max((who.last_answer for who in one.caregivers if who.last_answer), default=None)
    if not any(who.silent for who in one.caregivers):
        return name
    since = voice("digest-silent-since", day=phrases.day(voice, last)) if last else voice("digest-silent")
    return f"{name} ({since})"


def _starts(voice: Voice, digest: int, families: Sequence[Family]) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(voice.plain("digest-button-start", child=one.name), f"digest:f:{digest}:{one.child}")
        for one in families[:MOST_BUTTONS]
    ]
    return ((buttons[0],), *(tuple(buttons[at : at + 2]) for at in range(1, len(buttons), 2)))


def coming(voice: Voice) -> Screen:
    return Screen(voice("digest-coming"))


def therapists_only(voice: Voice) -> Screen:
    return Screen(voice("digest-therapists-only"))


def end(voice: Voice, period: Period) -> Screen:
    return Screen(voice("digest-end", until=phrases.moment(voice, period.until, period.timezone)))


def withheld(voice: Voice, count: int) -> Screen:
    """Voice notes and pictures that are not shown: their yes was taken back."""
    return Screen(voice("digest-withheld", count=count))


def medium(voice: Voice, family: Family, one: Said) -> tuple[Screen, ...]:
    """A voice note or picture handed on as it came, with whose it is and its caption."""
    words = f"\n{phrases.quote(voice, one.text, _CAPTION)}" if one.text else ""
    child = voice("plain-name", child=family.name)
    text = f"<b>{child}</b>{SEPARATOR}{phrases.who(voice, family, one)}{words}"
    if one.media is not None and one.media.kind == "video_note":  # Telegram shows no caption under a round video
        return Screen(text, protected=True), Screen("", media=one.media, protected=True)
    return (Screen(text, media=one.media, protected=True),)
