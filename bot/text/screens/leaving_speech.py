"""How a caregiver's own copy speaks: in their language, on their clock, of one child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases


@dataclass(frozen=True, slots=True)
class Speech:
    """``therapist`` is the first of those who read it; "" where nobody does. Moments are ISO 8601 as in an export."""

    voice: Voice
    zone: ZoneInfo
    child: str = ""
    therapist: str = ""

    def label(self, message: str) -> str:
        return self.voice(message, child=self.child, name=self.therapist, step="")

    def date(self, iso: str) -> str:
        return numbers.whole_date(at(iso).astimezone(self.zone).date(), self.voice.language)

    def local(self, day: str) -> str:
        """A local date, YYYY-MM-DD, as it is written."""
        return numbers.whole_date(date.fromisoformat(day), self.voice.language)

    def time(self, iso: str) -> Html:
        return phrases.time(self.voice, to_ms(at(iso)), self.zone.key)

    def day(self, iso: str) -> Html:
        return phrases.day(self.voice, at(iso).astimezone(self.zone).date())


def at(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def line(text: str, when: str = "") -> str:
    """A paragraph of HTML; ``when`` stands behind it, paler."""
    return f'<p>{text} <span class="when">{when}</span></p>' if when else f"<p>{text}</p>"
