"""What a caregiver said after a visit, and the three short answers to it."""

from __future__ import annotations

from bot.domain.digest_facts import Family
from bot.domain.digest_reviews import Feedback
from bot.model import Button, Screen
from bot.text.catalogue import Voice
from bot.text.screens import digest_phrases as phrases

KINDS = ("seen", "change", "talk")


def choose(voice: Voice, digest: int, family: Family, one: Feedback) -> Screen:
    """What they said first, then what the therapist may say."""
    lines = [voice("visit-reply-said", name=phrases.called(voice, family, one.by), day=phrases.day(voice, one.on))]
    lines += [f"• {voice(f'visit-{key}-short')}: {voice(f'visit-{key}-{choice}')}" for key, choice in one.told]
    lines += [voice("quote", words=one.text)] if one.text else []
    lines += ["", voice("visit-reply-which", name=phrases.called(voice, family, one.by))]
    ways = (Button(voice.plain(f"visit-reply-button-{kind}"), _data(kind, digest, family, one)) for kind in KINDS)
    own = Button(voice.plain("visit-reply-button-own"), f"msg:to:{family.child}:{one.by}:{one.answer}")
    return Screen("\n".join(lines), (*((way,) for way in ways), (own,)), protected=True)


def _data(kind: str, digest: int, family: Family, one: Feedback) -> str:
    return f"visit:{kind}:{digest}:{family.child}:{one.answer}"


def words(voice: Voice, kind: str, one: Feedback) -> str:
    """What goes; ``voice`` is the caregiver's."""
    return voice.plain(f"visit-reply-{kind}", day=phrases.day(voice, one.on))
