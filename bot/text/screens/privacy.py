"""/privacy: who reads, where it is, what Telegram can see; every yes with a way back."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import consents
from bot.domain.consents import Agreed
from bot.model import Button, Preset, Purpose, Screen
from bot.text import numbers
from bot.text.catalogue import Voice


def privacy(
    voice: Voice,
    readers: str,
    switches: tuple[tuple[str, bool], ...],
    agreed: Agreed | None,
    presets: tuple[Preset, ...] = (),
    *,
    urgent_stays: bool = False,
    rests: bool = False,
) -> Screen:
    """``switches``: (purpose, given), each one tap to change; none for someone who is no caregiver.

    ``presets``: what the clinic allows them, where that is not everything. ``urgent_stays``: a picture or voice note
    whose yes is taken back belongs to an alarm. ``rests``: their access rests or has ended.
    """
    if not switches and not rests:
        return Screen(voice("privacy-therapist"))
    rows = tuple((_switch(voice, purpose, given=given),) for purpose, given in switches)
    text = "\n\n".join(
        (
            voice("privacy-rests") if rests else voice("privacy-readers", name=readers),
            voice("privacy-stored"),
            voice("privacy-telegram"),
            voice("privacy-yours"),
            *([voice("privacy-urgent-stays")] if urgent_stays else []),
            *(voice(f"privacy-preset-{one}") for one in presets),
            *([] if agreed is None else [_agreed(voice, agreed)]),
        )
    )
    agreement = () if rests else ((Button(voice.plain("privacy-text"), "privacy:text"),),)
    own = tuple(Button(voice.plain(f"command-{verb}"), f"do:{verb}") for verb in ("export", "delete_my_data"))
    hide = () if rests else ((Button(voice.plain("command-hide"), "do:hide"),),)
    return Screen(text, (*rows, *agreement, own, *hide, (Button(voice.plain("privacy-leave"), "privacy:leave"),)))


def _agreed(voice: Voice, agreed: Agreed) -> str:
    day = numbers.whole_date(from_ms(agreed.at).astimezone(ZoneInfo(agreed.timezone)).date(), voice.language)
    said = voice("privacy-agreed", day=day, version=agreed.version)
    return said if agreed.version == consents.TEXT_VERSION else f"{said}\n{voice('privacy-text-changed')}"


def text(voice: Voice, readers: str, clinic: str, agreed: Agreed | None) -> Screen:
    """What is agreed to, all of it; a yes is asked for where they have not read this one."""
    back = (Button(voice.plain("privacy-text-back"), "privacy:keep"),)
    leave = (Button(voice.plain("privacy-leave"), "privacy:leave"),)
    told = (voice("join-details", clinic=clinic, version=consents.TEXT_VERSION), voice("join-agreement", name=readers))
    if agreed is not None and agreed.version == consents.TEXT_VERSION:
        return Screen("\n\n".join(told), (back, leave))
    asked = f"{told[1]}\n{voice('join-all-right')}"
    yes = (Button(voice.plain("join-agree"), f"privacy:agree:{consents.TEXT_VERSION}"),)
    return Screen("\n\n".join((told[0], asked)), (yes, leave, back))


def _switch(voice: Voice, purpose: str, *, given: bool) -> Button:
    state, to = ("on", "no") if given else ("off", "yes")
    return Button(voice.plain(f"privacy-{purpose}-{state}"), f"privacy:{purpose}:{to}")


def earlier(voice: Voice, purpose: Purpose) -> Screen:
    """A yes was taken back: what was sent before may go too. Keeping it is the first button."""
    keep = (Button(voice.plain("privacy-keep"), "privacy:keep"),)
    delete = (Button(voice.plain("privacy-delete"), f"privacy:delete:{purpose.value}"),)
    return Screen(voice(f"privacy-earlier-{purpose.value}"), (keep, delete))


def deleted(voice: Voice, *, urgent_stays: bool) -> Screen:
    said = ("privacy-deleted", "privacy-urgent-stays") if urgent_stays else ("privacy-deleted",)
    return Screen("\n".join(voice(one) for one in said))


def sure(voice: Voice) -> Screen:
    """Leaving: staying is the first button."""
    stay = (Button(voice.plain("privacy-stay"), "privacy:stay"),)
    return Screen(voice("privacy-leave-sure"), (stay, (Button(voice.plain("privacy-leave-yes"), "privacy:gone"),)))


def gone(voice: Voice) -> Screen:
    """What they said may go, too."""
    return Screen(voice("privacy-gone"), ((Button(voice.plain("privacy-gone-delete"), "leave:ask"),),))


def told(voice: Voice, who: str, child: str) -> Screen:
    """For the therapist."""
    return Screen(voice("privacy-gone-notice", name=who, child=child))
