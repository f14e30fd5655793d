"""The days of a chart or a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Span:
    """Local dates, both included, on the reader's calendar."""

    first: date
    last: date
    timezone: str

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def local_date(self, moment: str) -> date:
        """On the reader's calendar, of an exported moment."""
        return datetime.fromisoformat(moment).astimezone(ZoneInfo(self.timezone)).date()

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last
