"""/practice: which step, how it goes, what helps, and the moment picked for tomorrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.practice import UNSURE, Step
from bot.domain.practising import Booked, Known
from bot.model import Button, Screen
from bot.text.catalogue import Voice
from bot.text.screens import plans


def which(voice: Voice, child: str, steps: Sequence[Step]) -> Screen:
    rows = tuple((Button(voice.plain("plain-name", child=one.text), f"home:log:{one.id}"),) for one in steps)
    return Screen(voice("practice-which", child=child), rows)


def nothing(voice: Voice, child: str, name: str) -> Screen:
    return Screen(voice("practice-nothing", child=child, name=name or voice.plain("role-other")))


def ways_on(voice: Voice, check_in: int) -> tuple[Button, ...]:
    """Under a log: how it goes, and a moment for tomorrow."""
    return (
        Button(voice.plain("practice-button-how"), f"home:how:{check_in}"),
        Button(voice.plain("practice-button-book"), f"home:book:{check_in}"),
    )


def tips(voice: Voice, known: Known, chosen: Sequence[str]) -> Screen:
    """What comes back for what got in the way: the therapist's own words, else a plain line of ours."""
    lines = [_tip(voice, known, one) for one in chosen]
    shows = UNSURE in chosen and known.has_how
    rows = ((Button(voice.plain("practice-button-how"), f"home:card:{known.step.id}"),),) if shows else ()
    return Screen("\n\n".join(lines), rows)


def _tip(voice: Voice, known: Known, barrier: str) -> str:
    own = known.tips.get(barrier)
    if own:
        return voice("practice-tip-own", name=known.therapist, words=own)
    return voice(_shipped(barrier, how=known.has_how), **_name(voice, barrier, known.therapist))


def shipped(voice: Voice, barrier: str, name: str, *, how: bool) -> str:
    """Our own line for a barrier; not HTML."""
    return voice.plain(_shipped(barrier, how=how), **_name(voice, barrier, name))


def _shipped(barrier: str, *, how: bool) -> str:
    return "practice-tip-not_sure_how-none" if barrier == UNSURE and not how else f"practice-tip-{barrier}"


def _name(voice: Voice, barrier: str, name: str) -> Mapping[str, str]:
    return {"name": name or voice.plain("role-other")} if barrier in (UNSURE, "other") else {}


def card(voice: Voice, known: Known) -> Screen:
    """How it goes: words, and what there is to see or hear."""
    step = known.step
    lines = [voice("practice-how", step=step.text)]
    lines.append(voice("practice-how-routine", routine=voice.plain(f"routine-{step.routine}")))
    if known.how:
        lines.append(voice.plain_html(known.how))
    elif known.media is None:
        lines.append(voice("practice-how-none", name=known.therapist or voice.plain("role-other")))
    return Screen("\n\n".join(lines), media=known.media)


def book(voice: Voice, known: Known, usual: str, *, every_hour: bool) -> Screen:
    """The hour that is usual for this routine first; then any other."""
    data, step = f"home:at:{known.step.id}", known.step
    routine = voice.plain(f"routine-{step.routine}")
    label = voice.plain("practice-book-usual", routine=routine, hour=usual)
    rows: plans.Rows = ((Button(label, f"{data}:{plans.plain(usual)}"),),)
    if every_hour:
        rows += plans.hour_rows(data, usual, plans.HOURS)
    else:
        rows += ((Button(voice.plain("practice-book-other"), f"home:hours:{step.id}"),),)
    return Screen(voice("practice-book", step=step.text), rows)


def booked(voice: Voice, known: Known, one: Booked, *, settled: bool = False) -> Screen:
    """Keeping it needs no tap; ``settled``: its buttons have gone."""
    keep = (Button(voice.plain("checkin-fine"), f"home:keep:{one.id}"),)
    rows = () if settled else (keep, (Button(voice.plain("practice-unbook"), f"home:unbook:{one.id}"),))
    return Screen(voice("practice-booked", hour=one.slot, step=known.step.text), rows)


def unbooked(voice: Voice) -> Screen:
    return Screen(voice("practice-unbooked"))
