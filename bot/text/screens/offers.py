"""What a check-in leads to: a coping card, people who listen, how the home step goes. Nothing to press."""

from __future__ import annotations

from bot.domain.coping import Level
from bot.domain.crisis import Card
from bot.model import Screen
from bot.text.catalogue import Voice
from bot.text.screens import urgent

LISTENING = ("crisis", "child")  # the lines of a country's card that are there to listen


def coping(voice: Voice, card: str, level: Level) -> Screen:
    return Screen(f"{voice(f'coping-{card}-{level}')}\n\n<i>{voice('coping-sent')}</i>")


def support(voice: Voice, card: Card | None, therapist: str) -> Screen:
    """People who listen; where we know no numbers, the therapist and the doctor."""
    lines = [urgent.line(voice, one) for one in (card.lines if card else ()) if one.kind in LISTENING]
    parts = [f"<b>{voice('support-title')}</b>", *(["\n".join(lines)] if lines else [])]
    return Screen("\n\n".join([*parts, voice("support-people", name=therapist)]))


def howto(voice: Voice, therapist: str) -> Screen:
    return Screen(voice("howto-seen", name=therapist))
