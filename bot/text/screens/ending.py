"""The end of a child's care, and its way back."""

from __future__ import annotations

from bot.domain.ending import Over
from bot.model import Button, Screen
from bot.text.catalogue import Voice


def sure(voice: Voice, child: int, name: str) -> Screen:
    """Staying is the first button."""
    back = (Button(voice.plain("families-button-back", child=name), f"fam:child:{child}"),)
    yes = (Button(voice.plain("case-over-yes"), f"over:yes:{child}"),)
    return Screen(voice("case-over-sure", child=name), (back, yes))


def done(voice: Voice, over: Over) -> Screen:
    rows = (
        (Button(voice.plain("families-button-list"), "fam:page:0"),),
        (Button(voice.plain("case-over-undo"), f"over:undo:{over.child}:{over.at}"),),
    )
    return Screen(voice("case-over-done", child=over.name), rows)


def back(voice: Voice, over: Over) -> Screen:
    opens = (Button(voice.plain("case-open"), f"fam:child:{over.child}"),)
    return Screen(voice("case-over-back", child=over.name), (opens,))


def told(voice: Voice, over: Over, seat: int) -> Screen:
    """For each caregiver alone; of visits only to whom they were told."""
    return _heard(over, seat, voice("case-over-told", child=over.name), voice("case-over-told-visits"))


def told_back(voice: Voice, over: Over, seat: int) -> Screen:
    return _heard(over, seat, voice("case-over-told-back", child=over.name), voice("case-over-told-back-visits"))


def _heard(over: Over, seat: int, said: str, of_visits: str) -> Screen:
    return Screen(f"{said}\n{of_visits}" if seat in over.visits else said)
