"""/behaviour: what to tell, the hour it was, how often on a day; and the list that a therapist keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.behaviour import BANDS, OBSERVED, Target
from bot.domain.behaviours import MOST, Seen
from bot.domain.families import Family
from bot.model import Button, Child, Screen
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import plans


def start(voice: Voice, child: Child, *, agreed: bool) -> Screen:
    verbs = ("now", "earlier", *(("count",) if agreed else ()))
    buttons = [Button(voice.plain(f"behaviours-{verb}"), f"beh:{verb}:{child.id}") for verb in verbs]
    return Screen(voice("behaviours-start", child=child.name), plans.in_rows(buttons, 1))


def hours(voice: Voice, child: int, passed: Sequence[str]) -> Screen:
    """The hours of today that are over, the newest first."""
    buttons = [Button(one, f"beh:at:{child}:{plans.plain(one)}") for one in passed]
    return Screen(voice("behaviours-which-hour" if buttons else "behaviours-no-hour"), plans.in_rows(buttons, 4))


def which(voice: Voice, targets: Sequence[Target]) -> Screen:
    rows = tuple((Button(voice.plain("plain-name", child=one.text), f"beh:of:{one.id}"),) for one in targets)
    return Screen(voice("behaviours-which"), rows)


def bands(voice: Voice, seen: Seen, on: date) -> Screen:
    data = f"beh:band:{seen.target.id}"
    rows = tuple((Button(voice.plain(f"behaviours-band-{one}"), f"{data}:{one}:{on:%Y%m%d}"),) for one in BANDS)
    return Screen(voice("behaviours-band", day=_day(voice, on), what=seen.target.text), rows)


def observed(voice: Voice, seen: Seen, on: date, band: str) -> Screen:
    data = f"beh:seen:{seen.target.id}:{band}:{on:%Y%m%d}"
    rows = tuple((Button(voice.plain(f"behaviour-observed-{one}"), f"{data}:{one}"),) for one in OBSERVED)
    return Screen(voice("behaviour-observed", child=seen.seat["child_name"]), rows)


def counted(voice: Voice, seen: Seen, on: date, band: str, hours: str, *, settled: bool = False) -> Screen:
    """``settled``: its buttons have gone."""
    text = voice(
        "behaviours-counted",
        day=_day(voice, on),
        what=seen.target.text,
        band=voice.plain(f"behaviours-band-{band}"),
        child=seen.seat["child_name"],
        observed=voice.plain(f"behaviour-observed-{hours}"),
    )
    data = f"{seen.target.id}:{band}:{on:%Y%m%d}:{hours}"
    rows = (
        (Button(voice.plain("checkin-fine"), f"beh:fine:{data}"),),
        (Button(voice.plain("checkin-change"), f"beh:of:{seen.target.id}:{on:%Y%m%d}"),),
    )
    return Screen(text, () if settled else rows)


def _day(voice: Voice, on: date) -> str:
    return numbers.long_date(on, voice.language)


def listed(voice: Voice, found: Family, targets: Sequence[Target]) -> Screen:
    child = found.child
    lines = [voice("targets-title", child=child["name"])]
    lines += [voice("targets-line", what=one.text) for one in targets] or [voice("targets-none")]
    buttons = [Button(voice.plain("plain-name", child=one.text), f"bt:one:{one.id}") for one in targets]
    if len(targets) < MOST:
        buttons.append(Button(voice.plain("targets-button-add"), f"bt:add:{child['id']}"))
    else:
        lines.append(voice("targets-full"))
    back = Button(voice.plain("families-button-back", child=child["name"]), f"fam:child:{child['id']}")
    return Screen("\n\n".join(lines), plans.in_rows([*buttons, back], 1))


def one(voice: Voice, target: Target) -> Screen:
    buttons = [Button(voice.plain(f"targets-button-{verb}"), f"bt:{verb}:{target.id}") for verb in ("text", "end")]
    back = (Button(voice.plain("targets-button"), f"bt:list:{target.child}"),)
    return Screen(voice("targets-line", what=target.text), (*plans.in_rows(buttons, 2), back))


def ask_text(voice: Voice) -> Screen:
    return Screen(voice("targets-ask-text"))


def sure(voice: Voice, target: Target) -> Screen:
    """Staying is the first button."""
    back = (Button(voice.plain("targets-button"), f"bt:list:{target.child}"),)
    yes = (Button(voice.plain("targets-end-yes"), f"bt:end:{target.id}:yes"),)
    return Screen(f"{voice('targets-line', what=target.text)}\n\n{voice('targets-end-sure')}", (back, yes))
