"""A card for the child: what is drawn, and the line below it."""

from __future__ import annotations

import unicodedata

from bot.domain.cards import Material
from bot.model import Screen
from bot.reports.sheets import Celebration
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.literal import literal

LONGEST = 200


def drawn(voice: Voice, made: Material) -> Celebration:
    words = " ".join(_drawable(literal(made.words)).split())
    return Celebration(
        title=voice.plain(f"card-title-{made.what}", child=_drawable(literal(made.child.name))),
        words=words[:LONGEST],
        kind=voice.plain(f"card-kind-{made.what}"),
        day=numbers.long_date(made.on, voice.language),
        rtl=voice.rtl,
    )


def _drawable(words: str) -> str:
    """Without emoji, for which the drawing has no letters."""
    return "".join(one for one in words if unicodedata.category(one) not in ("So", "Sk", "Cf") and one != "\ufe0f")


def picture(voice: Voice, made: Material, content: bytes) -> Screen:
    return Screen(voice("card-caption", child=made.child.name), photo=content)
