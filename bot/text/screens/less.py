"""When a family is silent: an offer to ask less, never a reproach. And the hour that fits better, as a question."""

from __future__ import annotations

from bot.domain.silence import FEWER
from bot.model import Button, Screen
from bot.storage.database import Row
from bot.text.catalogue import Voice
from bot.text.screens import plans


def asked(voice: Voice, schedule: int) -> Screen:
    """Going on as before stands first: whoever taps without reading changes nothing."""
    fewer = [Button(voice.plain(f"less-button-{key}"), f"less:{key}:{schedule}") for key in FEWER]
    rows = (
        (Button(voice.plain("less-button-keep"), f"less:keep:{schedule}"),),
        *((button,) for button in fewer),
        (Button(voice.plain("less-button-hour"), f"set:hour:{schedule}"),),
        (Button(voice.plain("less-button-pause"), "rest:show"),),
    )
    return Screen(voice("less-asked"), rows, silent=True)


def kept(voice: Voice, when: str) -> Screen:
    """``when`` the next question comes; "" where none is to come. Today's may be answered at once."""
    return Screen(voice("less-kept", when=when) if when else voice("settings-kept"), _today(voice))


def fewer(voice: Voice, plan: Row, when: str) -> Screen:
    return Screen(voice("less-fewer", days=plans.rhythm(voice, plan), when=when), _today(voice))


def _today(voice: Voice) -> plans.Rows:
    return ((Button(voice.plain("command-checkin"), "do:checkin"),),)


def stopped(voice: Voice) -> Screen:
    """After two weeks: the press alone is the word that ends it."""
    return Screen(voice("less-stopped"), ((Button(voice.plain("less-button-on"), "less:on:0"),),), silent=True)


def on(voice: Voice, when: str) -> Screen:
    return Screen(voice("less-on", when=when) if when else voice("pause-ended-open"))


def other_hour(voice: Voice, plan: Row, usual: str) -> Screen:
    """Only ever a question; to leave it stands first."""
    rows = (
        (Button(voice.plain("less-button-stay", hour=plan["time"]), f"less:stay:{plan['id']}"),),
        (Button(voice.plain("less-button-move", hour=usual), f"less:at{plans.plain(usual)}:{plan['id']}"),),
    )
    return Screen(voice("less-other-hour", hour=usual), rows, silent=True)
