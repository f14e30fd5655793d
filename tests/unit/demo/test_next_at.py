"""Where “Next morning” goes: by the clocks of the clinic, whatever they do at night."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.demo.theatre import next_at

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2027-03-25T06:30:00Z", "2027-03-25T06:31:00Z"),  # a minute before
        ("2027-03-25T06:31:00Z", "2027-03-26T06:31:00Z"),  # just then: the next one
        ("2027-03-27T20:00:00Z", "2027-03-28T05:31:00Z"),  # the night that is an hour shorter
        ("2027-10-30T20:00:00Z", "2027-10-31T06:31:00Z"),  # the night that is an hour longer
        ("2027-10-31T01:30:00Z", "2027-10-31T06:31:00Z"),  # from the second of two equal hours
    ],
)
def test_the_next_morning(now: str, morning: str) -> None:
    assert next_at(datetime.fromisoformat(now).astimezone(UTC), BERLIN, 7, 31) == datetime.fromisoformat(morning)
