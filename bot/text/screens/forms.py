"""Questions and choices as they were asked, for a record system: of any child, in one line."""

from __future__ import annotations

import re

from bot.text.catalogue import MissingText, Voice

_ANYBODY = {"child": "the child", "name": "the therapist", "step": "…", "item": "…"}
_ISOLATES = re.compile("[\u2066-\u2069]")


def words(voice: Voice, message: str) -> str:
    """Nothing where there is no such text, or one that needs to know more."""
    try:
        return _ISOLATES.sub("", voice.plain(message, **_ANYBODY)).partition("\n")[0]
    except MissingText:
        return ""
