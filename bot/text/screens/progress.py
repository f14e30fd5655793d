"""/progress: the album of a caregiver. What is there, month by month; never how much is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_skeleton

from bot.domain.goals import Goal
from bot.domain.progress import Page
from bot.domain.wins import Win
from bot.model import Button, Child, Person, Screen
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import goals as goal_screens
from bot.text.screens import plans
from bot.text.screens.goal_shaping import Who

LABEL = 34  # letters on a button


def album(voice: Voice, child: Child, seat: Person, shown: Page) -> Screen:
    parts = [voice("progress-title", child=child.name)]
    if shown.number == 0:
        parts += _goals(voice, seat, shown)
    names = {one.id: (one.proposed or one.newest).what for one in shown.goals.goals}
    for month, wins in groupby(shown.wins, key=lambda one: one.on.replace(day=1)):
        parts.append("\n".join([_month(voice, month), *(_line(voice, one, names) for one in wins)]))
    if len(parts) == 1:
        parts.append(voice("progress-nothing"))
    return Screen("\n\n".join(parts), _buttons(voice, child, seat, shown))


def _goals(voice: Voice, seat: Person, shown: Page) -> Iterator[str]:
    """Own ratings: the start, the last one, now."""
    for goal in shown.goals.in_force(seat.id):
        version = goal.in_force(seat.id)
        lines = [voice("goals-active", goal=version.what if version else "")]
        yield "\n".join(
            [
                *lines,
                *goal_screens.now(voice, goal, seat.timezone),
                *goal_screens.rated(voice, goal, seat, shown.ratings),
            ]
        )
    for goal in shown.reached:
        on = goal_screens.day(voice, goal.ended_at or 0, seat.timezone)
        yield voice("progress-reached", day=on, goal=goal.newest.what)


def _month(voice: Voice, month: date) -> str:
    name = format_skeleton("yMMMM", month, locale=numbers.locale(voice.language))
    return voice("progress-month", month=name)


def _line(voice: Voice, win: Win, goals: dict[int, str]) -> str:
    words = [said(voice, win)]
    if win.first:
        words.append(voice("progress-first"))
    if win.goal in goals:
        words.append(voice("progress-for", goal=goals[win.goal]))
    day = numbers.short_date(win.on, voice.language)
    return voice("progress-win", day=day, words=Html(" · ".join(words)))


def said(voice: Voice, win: Win) -> str:
    """What was told, as HTML."""
    medium = "" if win.media is None else voice(f"media-{win.media.kind}")
    words = voice("quote", words=win.text) if win.text else ""
    return " ".join(part for part in (medium, words) if part)


def _buttons(voice: Voice, child: Child, seat: Person, shown: Page) -> plans.Rows:
    number, at = child.id, shown.number
    show = [
        Button(voice.plain("progress-show", day=numbers.short_date(one.on, voice.language)), f"p:show:{_key(one)}")
        for one in shown.wins
        if one.media is not None
    ]
    turn = [Button(voice.plain("progress-older"), f"p:page:{number}:{at + 1}")] if at + 1 < shown.pages else []
    turn += [Button(voice.plain("progress-newer"), f"p:page:{number}:{at - 1}")] if at else []
    rows = [(Button(voice.plain("progress-new"), f"for:milestone:{number}"),), *plans.in_rows(show, 3)]
    if shown.wins and shown.goals.in_force(seat.id):
        rows.append((Button(voice.plain("progress-link"), f"p:link:{number}:{at}"),))
    rows.append((Button(voice.plain("progress-list"), f"m:list:{number}"),))
    return (*rows, *((tuple(turn),) if turn else ()))


def _key(win: Win) -> str:
    return f"{win.kind}:{win.id}"


def which(voice: Voice, child: Child, shown: Page) -> Screen:
    back = (Button(voice.plain("progress-back"), f"p:page:{child.id}:{shown.number}"),)
    return Screen(voice("progress-which"), (*_each(voice, shown.wins, "p:goals"), back))


def _each(voice: Voice, wins: Sequence[Win], data: str) -> Iterator[tuple[Button, ...]]:
    for one in wins:
        medium = voice.plain(f"media-{one.media.kind}") if one.media else ""
        label = f"{numbers.short_date(one.on, voice.language)}: {one.text or medium}"
        yield (Button(goal_screens.cut(label, LABEL), f"{data}:{_key(one)}"),)


def which_goal(voice: Voice, win: Win, goals: Sequence[Goal], child: int) -> Screen:
    """For a caregiver: the goals in force for them."""
    back = (Button(voice.plain("progress-back"), f"p:page:{child}:0"),)
    return Screen(_asks(voice, win), (*_choices(voice, win, goals, "p:file"), back))


def _asks(voice: Voice, win: Win) -> str:
    return voice("progress-which-goal", words=Html(said(voice, win)))


def _choices(voice: Voice, win: Win, goals: Iterable[Goal], data: str) -> Iterator[tuple[Button, ...]]:
    for one in goals:
        mark = "✓ " if win.goal == one.id else ""
        label = voice.plain("goals-button-one", goal=goal_screens.cut((one.proposed or one.newest).what))
        yield (Button(mark + label, f"{data}:{_key(win)}:{one.id}"),)
    if win.goal is not None:
        yield (Button(voice.plain("progress-no-goal"), f"{data}:{_key(win)}:0"),)


def medium(voice: Voice, win: Win) -> Screen:
    """A photo or a voice note of the album, in a message of its own."""
    return Screen(
        voice("progress-win", day=numbers.short_date(win.on, voice.language), words=Html(said(voice, win))),
        media=win.media,
    )


def for_therapist(who: Who, wins: Sequence[Win], goals: Sequence[Goal], child: int) -> Screen:
    """What was told lately, by whom; each is linked to a goal by a tap."""
    voice, names = who.voice, {one.id: (one.proposed or one.newest).what for one in goals}
    parts = [voice("progress-wins", child=who.child)]
    for one in wins:
        words = [said(voice, one), *([voice("progress-for", goal=names[one.goal])] if one.goal in names else [])]
        day = numbers.short_date(one.on, voice.language)
        parts.append(voice("progress-wins-line", day=day, name=who.name(one.by), words=Html(" · ".join(words))))
    if not wins:
        parts.append(voice("progress-wins-none"))
    buttons = list(_each(voice, wins, "goal:win")) if goals else []
    back = (Button(voice.plain("families-button-back", child=who.child), f"goal:child:{child}"),)
    return Screen("\n\n".join(parts), (*buttons, back))


def therapist_goal(who: Who, win: Win, goals: Sequence[Goal], child: int) -> Screen:
    back = (Button(who.voice.plain("families-button-back", child=who.child), f"goal:child:{child}"),)
    return Screen(_asks(who.voice, win), (*_choices(who.voice, win, goals, "goal:file"), back))
