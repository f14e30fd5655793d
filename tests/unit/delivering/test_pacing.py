"""How fast messages go out: properties over any order of chats and any pauses, and what a 429 or an outage holds up."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ManualClock
from bot.delivering.pacing import BURST, LONGEST_WAIT, OUTAGE, PER_CHAT, Pacer

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


def stream(asked: list[tuple[int, int]]) -> list[tuple[float, int]]:
    """When each message went out, and to whom: what has to wait is asked again when it was told to."""
    pace, clock = pacer()
    sent = []
    for chat, pause in asked:
        clock.advance(milliseconds=pause)
        while (wait := pace.wait(chat)) > 0:
            clock.advance(seconds=wait + STEP)
        sent.append((clock.monotonic() + pace.take(chat), chat))
    return sent


@given(wishes)
def test_in_no_second_are_there_more_than_thirty(asked: list[tuple[int, int]]) -> None:
    times = [at for at, _ in stream(asked)]
    for at in times:
        assert sum(1 for other in times if at <= other < at + 1 - NEARLY) <= 30


@given(wishes)
def test_the_stream_never_catches_up(asked: list[tuple[int, int]]) -> None:
    times = [at for at, _ in stream(asked)]
    assert all(later - earlier >= 1 / RATE - NEARLY for earlier, later in pairwise(times))


@given(wishes)
def test_a_chat_gets_three_at_once_and_then_one_a_second(asked: list[tuple[int, int]]) -> None:
    chats = defaultdict(list)
    for at, chat in stream(asked):
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
        assert pace.wait(chat) <= PER_CHAT + len(asked) / RATE
        if not pace.wait(chat):
            pace.take(chat)


def test_without_a_limit_nobody_waits() -> None:
    pace, _clock = pacer(0)
    for _ in range(1_000):
        assert pace.wait(HERE) == 0
        assert pace.take(HERE) == 0


@pytest.mark.parametrize("seconds", [1, 35, 3_600])
def test_a_429_of_one_chat_holds_up_that_chat_to_the_second_and_nobody_else(seconds: int) -> None:
    pace, clock = pacer()
    pace.too_many(HERE, seconds)
    assert pace.held(HERE) == pace.wait(HERE) == seconds
    assert pace.wait(THERE) == pace.held(THERE) == pace.paused() == 0
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
    assert pace.held(HERE) == 35


def test_after_a_429_for_all_the_stream_goes_on_at_its_pace() -> None:
    pace, clock = pacer()
    pace.too_many(HERE, 35)
    pace.too_many(THERE, 35)
    clock.advance(seconds=40)
    waits = [pace.take(chat) for chat in range(10, 20)]
    assert waits == pytest.approx([n / RATE for n in range(10)])


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
