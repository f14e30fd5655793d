"""The clock: a calendar that may be simulated, a machine that never is."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SHORTEST_INTERVAL, ManualClock, SimulatedClock, SystemClock, from_ms, to_ms

START = datetime(2027, 3, 27, 6, tzinfo=UTC)


@given(st.integers(min_value=0, max_value=4_102_444_800_000))
def test_milliseconds_survive_the_way_there_and_back(ms: int) -> None:
    assert to_ms(from_ms(ms)) == ms


def test_simulated_calendar_starts_where_told_and_runs_faster() -> None:
    clock = SimulatedClock.parse("2027-03-27T06:00:00Z*600")
    first, began = clock.now(), time.monotonic()
    assert timedelta(0) <= first - START < timedelta(minutes=10)
    while time.monotonic() < began + 0.002:
        pass
    assert clock.now() - first >= timedelta(seconds=1.2)
    assert clock.now().tzinfo is UTC
    assert abs(clock.now_ms() - to_ms(clock.now())) < 60_000


def test_simulation_leaves_the_machine_alone() -> None:
    clock = SimulatedClock.parse("2030-01-01T00:00:00Z*1000000")
    assert clock.simulated
    assert abs(clock.machine_ms() - time.time() * 1000) < 1000
    assert abs(clock.monotonic() - time.monotonic()) < 1


def test_ticks_keep_their_simulated_rhythm_as_far_as_the_machine_allows() -> None:
    clock = SimulatedClock.parse("2027-03-27T06:00:00Z*600")
    assert clock.interval(600) == pytest.approx(1)
    assert clock.interval(1) == SHORTEST_INTERVAL
    assert SystemClock().interval(60) == 60


def test_offset_is_turned_into_utc_and_the_speed_may_be_left_out() -> None:
    clock = SimulatedClock.parse("2027-03-27T08:00:00+02:00")
    assert clock.start == START
    assert clock.rate == 1


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2027-03-27T06:00:00*600", "2027-03-27T06:00:00Z*0"]
    + [f"2027-03-27T06:00:00Z*{rate}" for rate in ("-1", "nan", "inf", "fast", "1000001")],
)
def test_wrong_simulated_clock_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        SimulatedClock.parse(text)


def test_system_clock_is_the_machine() -> None:
    clock = SystemClock()
    assert not clock.simulated
    assert abs(clock.now_ms() - clock.machine_ms()) < 1000
    assert abs(to_ms(clock.now()) - clock.now_ms()) < 1000


def test_manual_clock_moves_all_three_together() -> None:
    clock = ManualClock(START)
    machine, seconds = clock.machine_ms(), clock.monotonic()
    clock.advance(hours=1)
    assert clock.now() == START + timedelta(hours=1)
    assert clock.machine_ms() - machine == 3_600_000
    assert clock.monotonic() - seconds == 3600
    clock.set(START + timedelta(days=1))
    assert clock.now_ms() == to_ms(START) + 86_400_000
