"""For an admin, or for each therapist: what is in doubt about the crisis numbers."""

from __future__ import annotations

from bot.domain.crisis_check import Doubt
from bot.model import Screen
from bot.text import numbers
from bot.text.catalogue import Voice


def doubt(voice: Voice, found: Doubt) -> Screen:
    parts = []
    if found.checked_on is not None:
        parts.append(voice("crisis-old", day=numbers.whole_date(found.checked_on, voice.language)))
    if found.unknown:
        parts.append(voice("crisis-unknown", n=found.unknown))
    if found.elsewhere:
        parts.append(voice("crisis-elsewhere", n=found.elsewhere))
    parts += [] if found.admin else [voice("crisis-no-admin")]
    return Screen("\n\n".join((*parts, voice("crisis-tell"))))
