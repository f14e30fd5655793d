"""What is the same for everyone in this clinic."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.clock import Clock
from bot.domain.escalating import Route
from bot.domain.flags import Rules
from bot.domain.haste import Haste
from bot.post import Post
from bot.reports.workshop import Workshop
from bot.text.catalogue import Catalogue, Voice


@dataclass(frozen=True, slots=True)
class House:
    """``timezone`` is an IANA name, ``country`` ISO 3166 alpha-2 or ""; ``bot_username`` is "" until Telegram told.

    ``erased`` is the list of the erased, None where no backup could bring anybody back. ``rules`` are
    the thresholds of a digest; ``brief_hours`` before a visit its brief comes, 0: never. ``workshop`` draws; whoever
    opens a house closes it. ``post`` sends e-mail, where that is set up; an alarm that nobody has taken after
    ``escalate_minutes`` goes to the next on call, 0: never. ``haste`` knows who presses faster than people do.
    """

    catalogue: Catalogue
    clock: Clock
    clinic: str
    language: str
    timezone: str
    country: str
    bot_username: str = ""
    erased: Path | None = None
    rules: Rules = field(default_factory=Rules)
    brief_hours: int = 2
    workshop: Workshop = field(default_factory=Workshop)
    post: Post | None = None
    escalate_minutes: int = 15
    haste: Haste = field(default_factory=Haste)

    @property
    def route(self) -> Route:
        """How an alarm goes its way here."""
        return Route(self.escalate_minutes * 60_000, self.post is not None)

    def voice(self, language: str, address: str = "formal", gender: str = "unsaid") -> Voice:
        return self.catalogue.voice(language, address=address, gender=gender)
