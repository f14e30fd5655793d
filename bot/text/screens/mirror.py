"""What a caregiver may want to raise: their own questions and words first, then the same figures as the digest."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.digest_days import Caregiver
from bot.domain.digest_facts import Family
from bot.domain.digest_words import Source
from bot.model import Button, Screen
from bot.text.catalogue import Voice
from bot.text.screens import digest_home
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.digest_phrases import SEPARATOR

_MOST = 3
_LENGTH = 220


def mirror(voice: Voice, shown: Family, therapist: str, *, on: bool) -> Screen:
    """``on``: it comes before each visit; the button turns that."""
    words = list(_words(voice, shown)) or [voice("mirror-nothing")]
    figures = [_figures(voice, one) for one in shown.caregivers if one.asked]
    figures += digest_home.practice(voice, shown, briefly=True)
    if figures and therapist:
        figures.append(f"<i>{voice('mirror-same', name=therapist)}</i>")
    parts = [_title(voice, shown, therapist), "\n".join(words), "\n".join(figures)]
    turn = Button(
        voice.plain("mirror-button-off" if on else "mirror-button-on"), f"mirror:{'off' if on else 'on'}:{shown.child}"
    )
    return Screen("\n\n".join(part for part in parts if part), ((turn,),), protected=True)


def _title(voice: Voice, shown: Family, therapist: str) -> str:
    if shown.visit_at is None or not therapist:
        return voice("mirror-title", child=shown.name)
    return voice(
        "mirror-visit",
        name=therapist,
        child=shown.name,
        when=phrases.moment(voice, shown.visit_at, shown.period.timezone),
    )


def _words(voice: Voice, shown: Family) -> Iterable[str]:
    for one in shown.questions[:_MOST]:
        yield voice("mirror-question", words=phrases.quote(voice, one.text or "", _LENGTH, rest=False))
    for win in shown.wins[:_MOST]:
        if win.said.text:
            yield voice("mirror-new", words=phrases.quote(voice, win.said.text, _LENGTH, rest=False))
    for one in (*shown.adjust, *shown.quotes, *shown.working)[:_MOST]:
        words = phrases.quote(voice, one.text or "", _LENGTH, rest=False)
        if one.source is Source.HARD:
            yield voice("mirror-hard", words=words)
        else:
            yield voice("mirror-said", day=phrases.day(voice, one.on), words=words)


def _figures(voice: Voice, one: Caregiver) -> str:
    parts = [voice("mirror-days", answered=one.answered, asked=one.asked)]
    if one.median is not None:
        parts.append(voice("mirror-middle", value=phrases.between(voice, one.median), n=one.n))
    return SEPARATOR.join(parts) + (f" <code>{phrases.strip(one)}</code>" if one.answered else "")


def turned(voice: Voice, *, on: bool) -> str:
    """For the line over the chat."""
    return voice.plain("mirror-on" if on else "mirror-off")
