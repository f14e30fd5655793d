"""What is usual is told from usual days: nights on a journey or in a month of fasting are no part of it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain import digest_usual
from bot.domain.flags import Kind, Rules

TODAY = date(2027, 3, 30)


def night(days_ago: int, sleep: str, *, unusual: bool, question: str = "sleep") -> dict[str, Any]:
    return {
        "person_id": 1,
        "template": "basics" if question == "sleep" else "pulse",
        "template_version": 1,
        "form": None,
        "local_date": (TODAY - timedelta(days=days_ago)).isoformat(),
        "slot": "08:00",
        "state": "done",
        "closes_at": 0,
        "unusual": int(unusual),
        "question": question,
        "value": json.dumps(sleep),
        "answered": 1,
    }


@pytest.mark.parametrize(("unusual", "raised"), [(False, [Kind.FALL]), (True, [])])
def test_sleep_on_a_journey_or_in_a_fast_raises_no_flag(unusual: bool, raised: list[Kind]) -> None:
    rows = [night(ago, "good", unusual=False) for ago in range(20, 5, -1)]
    rows += [night(ago, "very_bad", unusual=unusual) for ago in (3, 2, 1)]
    assert [one.kind for one in digest_usual.of(rows, TODAY, 1, Rules()).flags] == raised


def test_what_is_usual_is_frozen_meanwhile() -> None:
    """After the journey the nights are compared with those before it."""
    rows = [night(ago, "good", unusual=False) for ago in range(30, 22, -1)]
    rows += [night(ago, "very_bad", unusual=True) for ago in range(22, 3, -1)]
    rows += [night(ago, "good", unusual=False) for ago in (3, 2, 1)]
    assert digest_usual.of(rows, TODAY, 1, Rules()).flags == ()


def test_a_hard_day_is_one_on_a_journey_too() -> None:
    rows = [night(ago, "good", unusual=False, question="day") for ago in range(20, 5, -1)]
    rows += [night(ago, "very_hard", unusual=True, question="day") for ago in (3, 2, 1)]
    assert [one.kind for one in digest_usual.of(rows, TODAY, 1, Rules()).flags] == [Kind.FALL]
