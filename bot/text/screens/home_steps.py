"""Home steps: how a therapist gives and changes them, and how a family reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.families import Family
from bot.domain.home_steps import MOST, WEEKS, Shown, Told
from bot.domain.practice import BARRIERS, ROUTINES, Step
from bot.model import Button, Media, Screen
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import plans
from bot.text.screens import practice as practice_screens


def listed(voice: Voice, found: Family, steps: Sequence[Step], today: date) -> Screen:
    child = found.child
    lines = [voice("steps-title", child=child["name"])]
    lines += [line(voice, one, one.days_on(today)) for one in steps] or [voice("steps-none")]
    buttons = [Button(voice.plain("plain-name", child=one.text), f"step:one:{one.id}") for one in steps]
    if len(steps) < MOST:
        buttons.append(Button(voice.plain("steps-button-add"), f"step:add:{child['id']}"))
    else:
        lines.append(voice("steps-full"))
    back = Button(voice.plain("families-button-back", child=child["name"]), f"fam:child:{child['id']}")
    return Screen("\n\n".join(lines), plans.in_rows([*buttons, back], 1))


def line(voice: Voice, step: Step, days: str) -> str:
    routine = voice.plain(f"routine-{step.routine}")
    given = {"step": step.text, "routine": routine, "days": plans.days_words(voice, days)}
    if step.last is None:
        return voice("steps-line", **given)
    return voice("steps-line-until", day=numbers.short_date(step.last, voice.language), **given)


def one(voice: Voice, shown: Shown) -> Screen:
    number = shown.step.id
    lines = [f"<b>{voice('plain-name', child=shown.child_name)}</b>", line(voice, shown.step, shown.days)]
    if shown.how:
        lines.append(voice("steps-how-words", words=shown.how))
    if shown.media is not None:
        lines.append(voice("steps-how-media", kind=shown.media.kind))
    if shown.tips:
        lines.append(voice("steps-tips", count=len(shown.tips)))
    lines.append(f"<i>{voice('steps-tells')}</i>")
    verbs = ("text", "routine", "days", "weeks", "how", "tip", "see", "end")
    buttons = [Button(voice.plain(f"steps-button-{verb}"), f"step:{verb}:{number}") for verb in verbs]
    back = (Button(voice.plain("steps-button-all"), f"step:list:{shown.step.child}"),)
    return Screen("\n\n".join(lines), (*plans.in_rows(buttons, 2), back))


def _back(voice: Voice, shown: Shown) -> tuple[Button, ...]:
    return (Button(voice.plain("steps-button-back"), f"step:one:{shown.step.id}"),)


def routines(voice: Voice, shown: Shown) -> Screen:
    data = f"step:routine:{shown.step.id}"
    buttons = [Button(voice.plain(f"routine-{one}"), f"{data}:{one}") for one in ROUTINES]
    return Screen(voice("steps-which-routine"), (*plans.in_rows(buttons, 2), _back(voice, shown)))


def days(voice: Voice, shown: Shown) -> Screen:
    rows = plans.day_rows(voice, f"step:days:{shown.step.id}", shown.days)
    return Screen(voice("plan-which-days"), (*rows, _back(voice, shown)))


def weeks(voice: Voice, shown: Shown) -> Screen:
    data = f"step:weeks:{shown.step.id}"
    buttons = [Button(voice.plain("steps-weeks", n=n), f"{data}:{n}") for n in WEEKS]
    buttons.append(Button(voice.plain("steps-no-end"), f"{data}:0"))
    return Screen(voice("steps-which-weeks"), (*plans.in_rows(buttons, 2), _back(voice, shown)))


def tips(voice: Voice, shown: Shown) -> Screen:
    buttons = [
        Button(
            ("✏️ " if one in shown.tips else "") + voice.plain(f"practice-barrier-{one}", child=shown.child_name),
            f"step:tip:{shown.step.id}:{one}",
        )
        for one in BARRIERS
    ]
    return Screen(voice("steps-which-tip"), (*plans.in_rows(buttons, 2), _back(voice, shown)))


def ask_tip(voice: Voice, shown: Shown, barrier: str, name: str) -> Screen:
    now = shown.tips.get(barrier) or practice_screens.shipped(voice, barrier, name, how=bool(shown.how or shown.media))
    label = voice.plain(f"practice-barrier-{barrier}", child=shown.child_name)
    return Screen(voice("steps-ask-tip", barrier=label, now=now))


def ask_text(voice: Voice) -> Screen:
    return Screen(voice("steps-ask-text"))


def ask_how(voice: Voice) -> Screen:
    return Screen(voice("steps-ask-how"))


def too_long(voice: Voice, most: int) -> Screen:
    return Screen(voice("steps-too-long", most=most))


def sure(voice: Voice, shown: Shown) -> Screen:
    """Staying is the first button."""
    yes = (Button(voice.plain("steps-end-yes"), f"step:end:{shown.step.id}:yes"),)
    return Screen(voice("steps-end-sure"), (_back(voice, shown), yes))


def told(voice: Voice, one: Told, media: Media | None) -> Screen:
    """For the family: what it is, how it goes, and the ways on."""
    row, name = one.row, one.row["therapist_name"] or voice.plain("role-other")
    if one.over:
        return Screen(voice("steps-told-over", step=one.step.text))
    lines = [voice("steps-told", name=name, child=row["child_name"]), line(voice, one.step, one.days)]
    if row["how_text"]:
        lines.append(voice("steps-how-words", words=row["how_text"]))
    lines.append(voice("steps-told-how"))
    return Screen("\n\n".join(lines), media=media)
