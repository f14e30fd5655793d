"""Acknowledgements of what a caregiver sent, and the questions that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Button, Child, NoteKind, Purpose, Screen
from bot.text.catalogue import Voice

_TAGS = (NoteKind.WIN, NoteKind.HARD, NoteKind.QUESTION)


def kept(voice: Voice, note: int, therapist: str, day: str) -> Screen:
    """Safely stored; who reads it and when; one tap says what it is. ``day`` is "" where no reading is planned."""
    rows = tuple((Button(voice.plain(f"note-tag-{kind.value}"), f"n:{note}:t:{kind.value}"),) for kind in _TAGS)
    return Screen(_read_by(voice, therapist, day), rows)


def _read_by(voice: Voice, therapist: str, day: str) -> str:
    if not therapist:
        return voice("note-kept")
    return voice("note-kept-read", name=therapist, day=day) if day else voice("note-kept-later", name=therapist)


def for_whom(voice: Voice, note: int, children: Sequence[Child]) -> Screen:
    return Screen(f"{voice('note-kept')}\n\n{voice('note-for-whom')}", whom_rows(voice, note, children))


def whom_rows(voice: Voice, note: int, children: Sequence[Child]) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(voice.plain("plain-name", child=one.name), f"n:{note}:c:{one.id}"),) for one in children)


def tagged(voice: Voice, kind: NoteKind, therapist: str, day: str) -> Screen:
    return Screen(f"{voice(f'note-tagged-{kind.value}')}\n\n{_read_by(voice, therapist, day)}")


def ask_consent(voice: Voice, purpose: Purpose) -> Screen:
    rows = (
        (Button(voice.plain(f"consent-yes-{purpose.value}"), f"k:{purpose.value}:yes"),),
        (Button(voice.plain("consent-no"), f"k:{purpose.value}:no"),),
    )
    return Screen(voice(f"consent-ask-{purpose.value}"), rows)


def consent_given(voice: Voice, purpose: Purpose) -> Screen:
    return Screen(voice(f"consent-given-{purpose.value}"))


def consent_refused(voice: Voice, purpose: Purpose) -> Screen:
    """Dropped, and said so; the way back is one tap."""
    rows = ((Button(voice.plain("consent-allow"), f"k:{purpose.value}:yes"),),)
    return Screen(voice(f"consent-refused-{purpose.value}"), rows)


def words_kept(voice: Voice, kept: Screen, purpose: Purpose) -> Screen:
    """One acknowledgement: the words are kept, what came with them is not."""
    text = f"{kept.text}\n\n{voice(f'consent-only-words-{purpose.value}')}"
    return Screen(text, (*kept.rows, *consent_refused(voice, purpose).rows))


def dropped(voice: Voice, purpose: Purpose) -> Screen:
    return Screen(voice(f"consent-dropped-{purpose.value}"))


def cannot_keep(voice: Voice) -> Screen:
    return Screen(voice("note-cannot-keep"))


def no_child(voice: Voice) -> Screen:
    return Screen(voice("note-no-child"))


def empty(voice: Voice) -> Screen:
    return Screen(voice("note-empty"))
