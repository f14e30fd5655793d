"""A schedule's rule: rhythm, window, first and last day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import from_ms, to_ms
from bot.domain import occurrences
from bot.domain.schedule import Rule

FIRST = date(2027, 3, 1)
NOON = to_ms(datetime(2027, 3, 1, 12, tzinfo=UTC))


def walk(rule: Rule, most: int = 10) -> list[tuple[str, str]]:
    after, seen = NOON, []
    for _ in range(most):
        moment = rule.next(after, FIRST)
        if moment is None:
            break
        seen.append((str(moment["local_date"]), str(moment["slot"])))
        after = int(moment["due_at"])
    return seen


def test_mornings_for_two_weeks_end_after_two_weeks() -> None:
    rule = Rule(1, "0123456", "08:00", FIRST, FIRST + timedelta(days=13), "Europe/Berlin")
    assert [day for day, _ in walk(rule, 50)] == [f"2027-03-{day:02}" for day in range(2, 15)]  # today's was at 07:00


def test_single_dates_end_with_the_last_one() -> None:
    rule = Rule(1, "on 2027-03-10 2027-04-10", "19:30", FIRST, None, "Europe/Berlin")
    assert walk(rule) == [("2027-03-10", "19:30"), ("2027-04-10", "19:30")]


def test_the_end_and_the_rhythm_s_own_end_whichever_is_first() -> None:
    rule = Rule(1, "on 2027-03-10 2027-04-10", "19:30", FIRST, date(2027, 3, 31), "Europe/Berlin")
    assert walk(rule) == [("2027-03-10", "19:30")]


def test_nothing_falls_before_the_first_day() -> None:
    rule = Rule(1, "every 3", "19:30", date(2027, 3, 20), None, "Europe/Berlin")
    assert [day for day, _ in walk(rule, 3)] == ["2027-03-20", "2027-03-23", "2027-03-26"]


@given(st.integers(1, 10_000), st.integers(0, 1430), st.integers(0, 500))
def test_a_moment_in_a_window_is_one_a_day_and_the_same_when_planned_again(seed: int, low: int, span: int) -> None:
    high = min(low + span, 1439)
    window = f"{low // 60:02}:{low % 60:02}-{high // 60:02}:{high % 60:02}"
    rule = Rule(seed, "0123456", window, FIRST, None, "Europe/Berlin")
    seen = walk(rule, 5)
    assert seen == walk(rule, 5)
    assert len({day for day, _ in seen}) == len(seen)
    assert all(window[:5] <= slot <= window[6:] for _, slot in seen)


def test_the_moments_of_a_window_differ() -> None:
    slots = {occurrences.slot_within("17:00-19:00", f"1 {FIRST + timedelta(days=day)}") for day in range(60)}
    assert len(slots) > 30


def test_a_window_is_due_at_the_local_minute() -> None:
    moment = Rule(7, "0123456", "02:00-02:59", date(2027, 3, 28), None, "Europe/Berlin").next(NOON, FIRST)
    assert moment is not None
    assert from_ms(int(moment["due_at"])).astimezone(ZoneInfo("Europe/Berlin")).hour == 3  # that hour was skipped
