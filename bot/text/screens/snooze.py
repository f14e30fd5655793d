"""A flag is put off: which, why, for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.digest_facts import Family
from bot.domain.flags import Flag
from bot.model import Button, Screen
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_flags
from bot.text.screens import digest_phrases as phrases

WHY = ("known", "talked", "expected", "not_useful")
DAYS = (3, 14, 28)


def which(voice: Voice, digest: int, family: Family, flags: Sequence[Flag]) -> Screen:
    rows = [
        (Button(voice.plain(f"flag-name-{one.kind.value}"), _data("which", digest, family.child, one)),)
        for one in flags
    ]
    return Screen(voice("snooze-which" if flags else "snooze-none"), (*rows, _back(voice, digest, family)))


def why(voice: Voice, digest: int, family: Family, flag: Flag) -> Screen:
    rows = [
        (Button(voice.plain(f"snooze-why-{one}"), f"{_data('why', digest, family.child, flag)}:{one}"),) for one in WHY
    ]
    words = (Button(voice.plain("snooze-button-words"), _data("words", digest, family.child, flag)),)
    heading = f"{digest_flags.reason(voice, family, flag)}\n\n{voice('snooze-why')}"
    return Screen(heading, (*rows, words, _back(voice, digest, family)), protected=True)


def write(voice: Voice) -> Screen:
    return Screen(voice("snooze-write"))


def done(voice: Voice, digest: int, family: Family, flag: Flag, until: date | None) -> Screen:
    """None: it waits no longer."""
    if until is None:
        return Screen(voice("snooze-ended"), (_back(voice, digest, family),))
    what = Html(digest_flags.name(voice, flag))
    data = _data("days", digest, family.child, flag)
    days = tuple(Button(voice.plain("snooze-button-days", days=one), f"{data}:{one}") for one in DAYS)
    end = (Button(voice.plain("snooze-button-end"), f"{data}:0"),)
    text = voice("snooze-done", day=phrases.day(voice, until), what=what)
    return Screen(text, (_back(voice, digest, family), days, end))


def _back(voice: Voice, digest: int, family: Family) -> tuple[Button, ...]:
    return (Button(voice.plain("digest-button-back", child=family.name), f"digest:f:{digest}:{family.child}"),)


def _data(verb: str, digest: int, child: int, flag: Flag) -> str:
    return f"snooze:{verb}:{digest}:{child}:{flag.kind.value}:{flag.by}"
