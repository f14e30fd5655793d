"""Questions and choices as they were asked, for a record system: of any child, in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.text.catalogue import MissingText, Voice

_ANYBODY = {"child": "the child", "name": "the therapist", "step": "…"}
_PLACE = re.compile(r"\{(child|name|step|item)\}")
_ISOLATES = re.compile("[\u2066-\u2069]")


def words(voice: Voice, message: str, own: Mapping[str, str], item: str) -> str:
    """Nothing where there is no such text, or one that needs to know more.

    ``own``, by language, are a clinic's words in the place of the catalogue's; ``item``: what it is asked about.
    """
    filled = {**_ANYBODY, "item": item or "…"}
    if own:
        text = own.get(voice.language) or next(iter(own.values()))
        return _PLACE.sub(lambda found: filled[found[1]], text).partition("\n")[0]
    try:
        return _ISOLATES.sub("", voice.plain(message, **filled)).partition("\n")[0]
    except MissingText:
        return ""
