"""/goals: what a caregiver sees of goals. Level words, never a level's number and never a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import goal_ratings, goal_shaping, templates
from bot.domain.goal_ratings import Ratings
from bot.domain.goals import Goal, Goals, Version, Word
from bot.model import Button, Child, Effect, Person, Screen
from bot.text import numbers
from bot.text.catalogue import Html, Voice

SHORT = 40  # letters of a goal on a button
PARTS = ("place", "help", "measure")
STARTERS = 4
_ADDING = ("for:goals:", *(f"g:{verb}:" for verb in ("wish", "agree", "change", "talk", "why", "talked")))
_NAMED = {level: step for step, level in goal_shaping.LEVELS.items()}


def cut(words: str, most: int = SHORT) -> str:
    """At most so many letters, for a button."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def day(voice: Voice, at: int, timezone: str) -> str:
    return numbers.short_date(from_ms(at).astimezone(ZoneInfo(timezone)).date(), voice.language)


def words_of(voice: Voice, word: Word) -> str:
    """What was said, as HTML."""
    if word.media is not None:
        return voice(f"media-{word.media.kind}")
    return voice("quote", words=word.text or "")


def listed(voice: Voice, child: Child, therapist: str, seat: Person, found: Goals, ratings: Ratings) -> Screen:
    waiting, active = found.waiting(seat.id), found.in_force(seat.id)
    parts = [voice("goals-title", child=child.name)]
    parts += [voice("goals-new", name=therapist, goal=one.proposed.what) for one in waiting if one.proposed]
    parts += [_summary(voice, one, seat, ratings) for one in active]
    if found.wishes:
        lines = [voice("goals-wish-line", words=Html(words_of(voice, one))) for one in found.wishes]
        parts.append("\n".join([voice("goals-wishes"), *lines]))
    if len(parts) == 1:
        parts.append(voice("goals-none"))
    buttons = [_opening(voice, "goals-button-see", one) for one in waiting]
    if active and "goals" in templates.load():
        buttons.append(Button(voice.plain("goals-button-rate"), f"for:goals:{child.id}"))
    buttons += [_opening(voice, "goals-button-one", one) for one in found.open if one not in waiting]
    buttons.append(Button(voice.plain("goals-button-wish"), f"g:wish:{child.id}"))
    if any(_was_mine(one, seat.id) for one in found.ended):
        buttons.append(Button(voice.plain("goals-button-reached"), f"g:ended:{child.id}"))
    buttons.append(Button(voice.plain("goals-button-progress"), f"p:page:{child.id}:0"))
    return Screen("\n\n".join(parts), tuple((one,) for one in buttons))


def for_reader(shown: Screen) -> Screen:
    """For one who adds nothing: without the buttons that would."""
    rows = (tuple(one for one in row if not one.data.startswith(_ADDING)) for row in shown.rows)
    return replace(shown, rows=tuple(row for row in rows if row))


def _opening(voice: Voice, label: str, goal: Goal) -> Button:
    shown = goal.proposed or goal.newest
    return Button(voice.plain(label, goal=cut(shown.what)), f"g:goal:{goal.id}")


def _was_mine(goal: Goal, seat: int) -> bool:
    return any(one.by == seat and one.kind == "agree" for one in goal.words)


def _summary(voice: Voice, goal: Goal, seat: Person, ratings: Ratings) -> str:
    version = goal.in_force(seat.id)
    assert version is not None  # noqa: S101 - of those in force
    lines = [
        voice("goals-active", goal=version.what),
        *now(voice, goal, seat.timezone),
        *rated(voice, goal, seat, ratings),
    ]
    return "\n".join(lines)


def now(voice: Voice, goal: Goal, timezone: str) -> list[str]:
    """Where the child stands by the therapist's level, in the words of that level."""
    level = goal.level
    if level is None:
        return []
    version = goal.version(level.version)
    words = version.levels.get(level.level, "") if version else ""
    said = words or voice.plain(level_key(level.level))
    return [voice("goal-now", day=day(voice, level.at, timezone), words=said)]


def level_key(level: int) -> str:
    return f"goal-level-{_NAMED[level].lstrip('l')}"


def rated(voice: Voice, goal: Goal, seat: Person, ratings: Ratings) -> list[str]:
    """Their own ratings: the start, the last one, now, and how many."""
    own = [one for one in goal_ratings.courses(ratings.get(goal.id, ())) if one.by == seat.id]
    lines = []
    for one in own:
        newest = day(voice, one.now.at, seat.timezone)
        if one.last is None:
            lines.append(voice("goal-you-rated-one", now=one.now.value, day=newest))
        elif one.n == 2:  # noqa: PLR2004 - the last one is the first one
            lines.append(voice("goal-you-rated", start=one.start.value, now=one.now.value, n=one.n, day=newest))
        else:
            figures = {"start": one.start.value, "last": one.last.value, "now": one.now.value, "n": one.n}
            lines.append(voice("goal-you-rated-last", day=newest, **figures))
    return lines


def one(voice: Voice, goal: Goal, seat: Person, therapist: str, ratings: Ratings) -> Screen:
    """A goal with the words that were agreed, or that are asked about."""
    waits = goal.waits_for(seat.id)
    shown = goal.proposed if waits or not goal.in_force(seat.id) else goal.in_force(seat.id)
    assert shown is not None  # noqa: S101 - caregivers see what was proposed
    parts = [voice("goal-heading", goal=shown.what), *_standing(voice, goal, seat, therapist)]
    parts.append("\n".join(version(voice, shown)))
    why = goal.why(seat.id)
    if why is not None:
        parts.append(voice("goal-part-why", words=Html(words_of(voice, why))))
    if goal.in_force(seat.id) or goal.end:
        parts += [*now(voice, goal, seat.timezone), *rated(voice, goal, seat, ratings)]
    return Screen("\n\n".join(part for part in parts if part), _buttons(voice, goal, seat, waits=waits))


def version(voice: Voice, shown: Version) -> list[str]:
    """Its parts and its levels, a line each."""
    lines = [voice(f"goal-part-{part}", words=getattr(shown, part)) for part in PARTS if getattr(shown, part)]
    if shown.by_date:
        lines.append(voice("goal-part-by", day=numbers.short_date(date.fromisoformat(shown.by_date), voice.language)))
    if shown.levels:
        lines.append("\n" + voice("goal-levels"))
    named = [(Html(voice(level_key(level))), shown.levels[level]) for level in sorted(shown.levels, reverse=True)]
    return lines + [voice("goal-level-line", level=name, words=words) for name, words in named]


def _standing(voice: Voice, goal: Goal, seat: Person, therapist: str) -> list[str]:
    if goal.end is not None:
        return [voice(f"goal-{goal.end}-on", day=day(voice, goal.ended_at or 0, seat.timezone))]
    said = goal.answer(seat.id)
    if said is None:
        return [voice("goal-asks-again" if goal.in_force(seat.id) else "goal-asks", name=therapist)]
    if said.kind == "agree":
        return [voice("goal-agreed-on", day=day(voice, said.at, seat.timezone))]
    if said.kind == "talk":
        return [voice("goal-your-talk", name=therapist)]
    if said.text or said.media:
        return [voice("goal-your-change", words=Html(words_of(voice, said)))]
    return [voice("goal-your-change-none", name=therapist)]


def _buttons(voice: Voice, goal: Goal, seat: Person, *, waits: bool) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    said = goal.answer(seat.id)
    if goal.end is None:
        kinds = ("agree", "change", "talk")
        shown = kinds if waits else tuple(kind for kind in kinds if said is not None and kind != said.kind)
        rows += [(Button(voice.plain(f"goal-button-{kind}"), f"g:{kind}:{goal.id}"),) for kind in shown]
    back = (Button(voice.plain("goals-button-all"), f"g:child:{goal.child}"),)
    if waits:
        return (*rows, back)
    if goal.end is None and goal.in_force(seat.id):
        rows.append((Button(voice.plain("goal-button-why"), f"g:why:{goal.id}"),))
    return (back, *rows)


def ended(voice: Voice, child: Child, seat: Person, found: Goals) -> Screen:
    """Those that this caregiver had agreed to, newest end first."""
    mine = [one for one in found.ended if _was_mine(one, seat.id)]
    lines = [
        f"{voice('goals-active', goal=one.newest.what)}\n"
        + voice(f"goal-{one.end}-on", day=day(voice, one.ended_at or 0, seat.timezone))
        for one in mine
    ]
    back = (Button(voice.plain("goals-button-all"), f"g:child:{child.id}"),)
    return Screen("\n\n".join([voice("goals-title", child=child.name), *lines]), (back,))


def ask_wish(voice: Voice, child: Child) -> Screen:
    skip = (Button(voice.plain("goals-later"), f"g:child:{child.id}"),)
    return Screen(voice("goals-ask-wish", child=child.name), (skip,))


def ask(voice: Voice, goal: Goal, question: str, thanks: str = "", **names: str) -> Screen:
    """A question for words, with Skip first. ``thanks`` is the message that comes before it."""
    skip = (Button(voice.plain("goals-skip"), f"g:goal:{goal.id}"),)
    parts = [*([voice(thanks, **names)] if thanks else []), voice(question, **names)]
    return Screen("\n\n".join(parts), (skip,))


def thanks(voice: Voice, shown: Screen, message: str, **names: str) -> Screen:
    """The same screen, with a word of thanks above it."""
    return Screen(f"{voice(message, **names)}\n\n{shown.text}", shown.rows)


def heard(voice: Voice, kind: str, child: int, goal: Goal | None, therapist: str) -> Screen:
    """The one acknowledgement of words about goals."""
    if kind == "wish":
        text = voice("goals-wish-kept", name=therapist) if therapist else voice("goals-wish-kept-alone")
    else:
        text = voice(f"goal-kept-{kind}", name=therapist)
    back = f"g:goal:{goal.id}" if goal is not None else f"g:child:{child}"
    return Screen(text, ((Button(voice.plain("goals-button-all"), back),),))


def proposal(voice: Voice, child: str, therapist: str, shown: Screen) -> Screen:
    """On its own in the chat: whose goal it is for, then the goal with its buttons."""
    return Screen(f"{voice('goal-proposal', name=therapist, child=child)}\n\n{shown.text}", shown.rows)


def reached(voice: Voice, child: str, goal: Goal) -> Screen:
    shown = goal.proposed or goal.newest
    button = (Button(voice.plain("goals-button-progress"), f"p:page:{goal.child}:0"),)
    text = voice("goal-was-reached", child=child, goal=shown.what)
    return Screen(text, (button,), effect=Effect.CONFETTI)


def starter(voice: Voice, child: str, goal: Goal, seat: int, turn: int) -> Screen:
    """``turn`` chooses among the lines there are; the therapist's own comes first."""
    version = goal.in_force(seat) or goal.newest
    if version.starter:
        line = voice("goal-starter-own", words=version.starter)
    else:
        line = voice(f"goal-starter-{turn % STARTERS + 1}", goal=version.what)
    rows = (
        (Button(voice.plain("goal-button-talked"), f"g:talked:{goal.id}"),),
        (Button(voice.plain("goal-button-no-starters"), f"g:quiet:{goal.id}"),),
    )
    return Screen(f"{voice('goal-starter', child=child)}\n\n<b>{line}</b>", rows)


def no_starters(voice: Voice) -> Screen:
    return Screen(voice("goal-no-starters"))


def titles(goals: Sequence[Goal]) -> list[str]:
    return [(one.proposed or one.newest).what for one in goals]
