"""What a therapist is asked to do outside the chat: to speak to a family that has gone silent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.silence import Task
from bot.model import Button, Screen
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import joining, plans

MOST = 6


def beside(voice: Voice, shown: Screen, tasks: Sequence[Task]) -> Screen:
    """The same screen with the tasks below it; its own buttons stay first."""
    some = tasks[:MOST]
    if not some:
        return shown
    lines = "\n".join(_line(voice, one) for one in some)
    buttons = [Button(voice.plain("task-button-done", name=_name(voice, one)), _data(one)) for one in some]
    text = f"{shown.text}\n\n{lines}"
    return Screen(text, (*shown.rows, *plans.in_rows(buttons, 1)), protected=shown.protected)


def _line(voice: Voice, one: Task) -> str:
    day = "" if one.since is None else numbers.short_date(one.since, voice.language)
    return voice("task-contact", name=_name(voice, one), child=one.row["child_name"], day=Html(day))


def _name(voice: Voice, one: Task) -> str:
    return joining.called(voice, one.row["name"], one.row["role"])


def _data(one: Task) -> str:
    return f"task:done:{one.row['person_id']}"


def done(voice: Voice) -> str:
    """For the line over the chat."""
    return voice.plain("task-done")
