"""How fast messages go out: properties over any order of chats and any pauses, and what a 429 or an outage holds up."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ManualClock
from bot.delivering.pacing import BURST, LONGEST_WAIT, OUTAGE, PER_CHAT, WINDOW, Pacer

RATE = 29.5  # the default of MESSAGES_PER_SECOND
NEARLY = 1e-6
STEP = 1e-5  # the clock of a test knows microseconds
HERE, THERE, ELSEWHERE = 1, 2, 3


def pacer(rate: float = RATE) -> tuple[Pacer, ManualClock]:
    clock = ManualClock(datetime(2027, 3, 1, tzinfo=UTC))
    return Pacer(rate, clock), clock


# Wishes to write to a chat, each so many milliseconds after the one before: rushes, trickles and long silences.
wishes = st.lists(
    st.tuples(st.integers(1, 12), st.one_of(st.just(0), st.integers(0, 80), st.integers(500, 4_000))), max_size=250
)


def stream(asked: list[tuple[int, int]], late: int = 0) -> list[tuple[float, int]]:
    """When each message went out, and to whom: whoever has to wait comes back when told to, or so many ms later."""
    pace, clock = pacer()
    sent = []
    for number, (chat, pause) in enumerate(asked):
        clock.advance(milliseconds=pause)
        while (wait := max(pace.wait(chat), pace.place())) > 0:
            clock.advance(seconds=wait + STEP, milliseconds=late if number % 7 == 0 else 0)
        pace.take(chat)
        sent.append((clock.monotonic(), chat))
    return sent


@given(wishes, st.integers(0, 120))
def test_in_no_second_are_there_more_than_thirty_however_late_the_timers_ring(
    asked: list[tuple[int, int]], late: int
) -> None:
    times = [at for at, _ in stream(asked, late)]
    for at in times:
        assert sum(1 for other in times if at <= other <= at + 1) <= 30


def test_thirty_in_a_second_hold_also_for_a_stream_that_is_always_full() -> None:
    for late in (0, 1, 5, 16, 30, 100):
        times = [at for at, _ in stream([(number, 0) for number in range(300)], late)]
        assert max(sum(1 for other in times if at <= other <= at + 1) for at in times) <= 30


def test_a_full_stream_keeps_its_rate_though_timers_ring_a_little_late() -> None:
    times = [at for at, _ in stream([(number, 0) for number in range(600)], late=1)]
    assert 599 / (times[-1] - times[0]) == pytest.approx(RATE, rel=0.01)


@given(wishes, st.integers(0, 120))
def test_the_stream_never_catches_up(asked: list[tuple[int, int]], late: int) -> None:
    """A timer's lateness of less than one place is made up for by the next; more than that never is."""
    times = [at for at, _ in stream(asked, late)]
    for first, begin in enumerate(times):
        for places, end in enumerate(times[first + 1 :]):
            assert end - begin >= places / RATE - NEARLY


@given(st.integers(1, 20), st.floats(0.1, 600))
def test_after_a_pause_the_stream_goes_on_one_place_at_a_time(before: int, pause: float) -> None:
    pace, clock = pacer()
    for number in range(before):
        clock.advance(seconds=pace.place() + STEP)
        pace.take(number)
    clock.advance(seconds=pause)
    for number in range(5):
        pace.take(100 + number)
        assert pace.place() == pytest.approx(1 / RATE, abs=10 * STEP)
        clock.advance(seconds=pace.place() + STEP)


@given(wishes, st.integers(0, 120))
def test_a_chat_gets_three_at_once_and_then_one_a_second(asked: list[tuple[int, int]], late: int) -> None:
    chats = defaultdict(list)
    for at, chat in stream(asked, late):
        chats[chat].append(at)
    for times in chats.values():
        for first, begin in enumerate(times):
            for count, end in enumerate(times[first:], start=1):
                assert count <= BURST + (end - begin) / PER_CHAT + NEARLY


@given(wishes)
def test_nobody_waits_longer_than_the_pace_asks(asked: list[tuple[int, int]]) -> None:
    pace, clock = pacer()
    for chat, pause in asked:
        clock.advance(milliseconds=pause)
        assert pace.wait(chat) <= PER_CHAT
        assert pace.place() <= WINDOW
        if not pace.wait(chat) and not pace.place():
            pace.take(chat)


def test_without_a_limit_nobody_waits() -> None:
    pace, _clock = pacer(0)
    for _ in range(1_000):
        assert pace.wait(HERE) == pace.place() == 0
        pace.take(HERE)


@pytest.mark.parametrize("seconds", [1, 35, 3_600])
def test_a_429_of_one_chat_holds_up_that_chat_to_the_second_and_nobody_else(seconds: int) -> None:
    pace, clock = pacer()
    pace.too_many(HERE, seconds)
    assert pace.wait(HERE) == seconds
    assert pace.wait(THERE) == pace.paused() == 0
    clock.advance(seconds=seconds - 0.01)
    assert pace.wait(HERE) > 0
    clock.advance(seconds=0.01)
    assert pace.wait(HERE) == pytest.approx(0)


@pytest.mark.parametrize("seconds", [1, 35, 3_600])
def test_two_chats_told_to_wait_until_the_same_moment_speak_of_everything(seconds: int) -> None:
    pace, clock = pacer()
    pace.too_many(HERE, seconds)
    clock.advance(milliseconds=200)
    pace.too_many(THERE, seconds)
    assert pace.paused() == pace.wait(ELSEWHERE) == pytest.approx(seconds)
    clock.advance(seconds=seconds)
    assert pace.paused() == 0


def test_a_chat_held_for_an_hour_does_not_turn_a_short_429_of_another_into_an_hour_for_all() -> None:
    pace, clock = pacer()
    pace.too_many(HERE, 3_600)
    clock.advance(minutes=10)
    pace.too_many(THERE, 5)
    assert pace.paused() == 0
    assert pace.wait(THERE) == 5


def test_a_shorter_429_does_not_shorten_a_longer_one() -> None:
    pace, _clock = pacer()
    pace.too_many(HERE, 35)
    pace.too_many(HERE, 1)
    assert pace.wait(HERE) == 35


def test_after_a_429_for_all_the_stream_goes_on_at_its_pace() -> None:
    pace, clock = pacer()
    pace.too_many(HERE, 35)
    pace.too_many(THERE, 35)
    clock.advance(seconds=40)
    waits = []
    for chat in range(10, 20):
        waits.append(pace.place())
        clock.advance(seconds=pace.place() + STEP)
        pace.take(chat)
    assert waits == pytest.approx([0] + [1 / RATE] * 9, abs=10 * STEP)


def test_calls_that_fail_together_are_one_failure() -> None:
    pace, clock = pacer()
    began = clock.monotonic()
    clock.advance(seconds=1)
    for _ in range(14):
        pace.failed(began)
    assert pace.doubtful
    assert pace.paused() == 0
    assert pace.ahead(32) > 1


def test_an_outage_is_waited_out_ever_longer_one_message_at_a_time() -> None:
    pace, clock = pacer()
    waits = []
    for _ in range(OUTAGE + 9):
        clock.advance(seconds=1)
        pace.failed(clock.monotonic())
        waits.append(round(pace.paused(), 6))
        clock.advance(seconds=pace.paused())
    assert waits == [0] * (OUTAGE - 1) + [0.5, 1, 2, 4, 8, 16, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]
    assert pace.ahead(32) == 1


def test_one_message_that_comes_through_ends_an_outage() -> None:
    pace, clock = pacer()
    for _ in range(OUTAGE):
        clock.advance(seconds=1)
        pace.failed(clock.monotonic())
    pace.succeeded()
    assert not pace.doubtful
    assert pace.ahead(32) == int(RATE / 2)


@given(st.floats(0, 60), st.integers(1, 64))
def test_no_more_is_claimed_than_goes_out_in_half_a_second(rate: float, parallel: int) -> None:
    pace, _clock = pacer(rate)
    assert 1 <= pace.ahead(parallel) <= parallel
    if rate >= 4:
        assert pace.ahead(parallel) <= rate / 2


def test_only_chats_that_still_have_to_wait_are_remembered() -> None:
    pace, clock = pacer()
    for chat in range(5_500):
        pace.take(chat)
        clock.advance(seconds=2)
    assert len(pace._chats) <= 5_001
