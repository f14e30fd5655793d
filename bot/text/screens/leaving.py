"""Taking the own entries along, and deleting them."""

from __future__ import annotations

import json

from bot.domain import exporting_numbers
from bot.domain.leaving import Own
from bot.model import Button, Document, Screen
from bot.text.catalogue import Voice
from bot.text.screens import leaving_page


def families_only(voice: Voice) -> Screen:
    return Screen(voice("leave-therapist"))


def coming(voice: Voice) -> Screen:
    return Screen(voice("leave-coming"))


def copies(voice: Voice, own: Own, clinic: str) -> tuple[Screen, Screen]:
    """The same twice: to read, and as data."""
    name = f"homenotes-{own.document['exported_at'][:10]}"
    page = leaving_page.page(voice, own, clinic).encode("utf-8", "replace")
    data = json.dumps(exporting_numbers.numbered(own.document), ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return (
        Screen(voice("leave-page"), document=Document(f"{name}.html", page)),
        Screen(voice("leave-data"), document=Document(f"{name}.json", data)),
    )


def sure(voice: Voice, *, asked_for_help: bool) -> Screen:
    """Keeping it is the first button; one tap on the last deletes."""
    text = voice("leave-sure")
    if asked_for_help:
        text = f"{text}\n{voice('leave-sure-help')}"
    rows = (("leave-stay", "stay"), ("leave-copy-first", "copy"), ("leave-yes", "delete"))
    return Screen(text, tuple((Button(voice.plain(label), f"leave:{verb}"),) for label, verb in rows))


def kept(voice: Voice) -> Screen:
    return Screen(voice("leave-kept"))


def deleted(voice: Voice) -> Screen:
    return Screen(voice("leave-done"))


def held(voice: Voice) -> Screen:
    """Nothing was deleted, and a human knows of the wish; leaving is still open."""
    return Screen(voice("leave-held"), ((Button(voice.plain("privacy-leave"), "privacy:leave"),),))


def held_told(voice: Voice, who: str, child: str) -> Screen:
    """For the therapist."""
    return Screen(voice("leave-held-notice", name=who, child=child))


def told(voice: Voice, who: str, child: str) -> Screen:
    """For the therapist."""
    return Screen(voice("leave-notice", name=who, child=child))
