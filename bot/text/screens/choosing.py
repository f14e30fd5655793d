"""Small questions that several conversations ask."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Button, Child, Screen
from bot.text.catalogue import Voice


def which_child(voice: Voice, children: Sequence[Child], data: str) -> Screen:
    """``data`` is followed by the child."""
    rows = tuple((Button(voice.plain("plain-name", child=one.name), f"{data}:{one.id}"),) for one in children)
    return Screen(voice("choose-child"), rows)


def chosen(voice: Voice) -> Screen:
    return Screen(voice("choose-child-done"))


def reads_only(voice: Voice) -> Screen:
    """For one who may read what is shared, and is asked nothing."""
    return Screen(voice("reads-only"))


def no_child(voice: Voice) -> Screen:
    return Screen(voice("note-no-child"))
