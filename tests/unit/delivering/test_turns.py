"""Whose turn it is: the most urgent first, nobody too late, nobody after a stop."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ManualClock
from bot.delivering.outcomes import Outcome, Verdict
from bot.delivering.pacing import Pacer
from bot.delivering.turns import Turns
from bot.model import Priority
from bot.storage.database import Row

SOON = 0.02  # seconds: a place in the stream, really waited for
RATE = 1 / SOON


class Stage:
    """Turns by a clock that is moved by hand. `order` is who went, in their order."""

    def __init__(self, rate: float = RATE) -> None:
        self.clock = ManualClock(datetime(2027, 3, 1, tzinfo=UTC))
        self.pacer = Pacer(rate, self.clock)
        self.turns = Turns(self.pacer, self.clock)
        self.order: list[int] = []
        self.pacer.take(0)  # the first place is gone: everybody has to wait

    async def ask(self, number: int, priority: Priority = Priority.REPLY, **about: int) -> Outcome | None:
        outcome = await self.turns.turn(row(number, priority, **about))
        self.order.append(number)
        return outcome

    async def waiting(self, number: int, priority: Priority = Priority.REPLY, **about: int) -> Asked:
        task = asyncio.create_task(self.ask(number, priority, **about))
        await asyncio.sleep(0)
        assert not task.done()
        return task

    async def passes(self, places: int) -> None:
        """Time for so many places; each is looked at."""
        for _ in range(places):
            self.clock.advance(seconds=SOON * 1.01)
            self.turns._admit()
            await asyncio.sleep(0)
            await asyncio.sleep(0)


Asked = asyncio.Task[Outcome | None]


def row(number: int, priority: Priority, chat: int = 0, expires_at: int | None = None) -> Row:
    return {"id": number, "priority": int(priority), "chat_id": chat or 1000 + number, "expires_at": expires_at}


@given(st.lists(st.sampled_from(Priority), min_size=1, max_size=20))
def test_safety_first_then_replies_then_prompts_then_digests(wishes: list[Priority]) -> None:
    async def play() -> list[int]:
        stage = Stage()
        tasks = [await stage.waiting(number, priority) for number, priority in enumerate(wishes)]
        await stage.passes(len(wishes))
        assert [await task for task in tasks] == [None] * len(wishes)
        return stage.order

    assert asyncio.run(play()) == sorted(range(len(wishes)), key=lambda number: (wishes[number], number))


async def test_a_safety_message_takes_the_very_next_place() -> None:
    stage = Stage()
    for number in range(14):
        await stage.waiting(number, Priority.NEWSLETTER)
    await stage.passes(3)
    await stage.waiting(99, Priority.SAFETY)
    await stage.passes(1)
    assert stage.order == [0, 1, 2, 99]
    stage.turns.stop()


async def test_a_place_is_waited_for_without_anybody_looking() -> None:
    stage = Stage()
    task = await stage.waiting(1)
    stage.clock.advance(seconds=SOON)
    assert await asyncio.wait_for(task, 2) is None


async def test_without_a_limit_it_is_everybodys_turn() -> None:
    stage = Stage(rate=0)
    assert [await stage.ask(number) for number in range(100)] == [None] * 100


async def test_a_stale_message_takes_nobodys_place() -> None:
    stage = Stage()
    await stage.passes(1)
    assert await stage.ask(1, expires_at=stage.clock.now_ms()) == Outcome(Verdict.STALE, detail="stale")
    assert stage.pacer.place() == 0


async def test_a_message_that_becomes_stale_while_it_waits_does_not_go() -> None:
    stage = Stage()
    task = await stage.waiting(1, expires_at=stage.clock.now_ms() + 1)
    await stage.passes(1)
    assert await task == Outcome(Verdict.STALE, detail="stale")


async def test_a_429_for_all_is_obeyed_by_what_already_waits() -> None:
    stage = Stage()
    tasks = [await stage.waiting(number) for number in range(3)]
    stage.pacer.too_many(8, 35)
    stage.pacer.too_many(9, 35)
    await stage.passes(1)
    outcomes = [await task for task in tasks]
    assert [one.verdict for one in outcomes if one] == [Verdict.HELD] * 3
    assert [one.wait for one in outcomes if one] == pytest.approx([35] * 3, abs=0.1)


async def test_a_chat_that_must_wait_does_not_keep_others_from_their_turn() -> None:
    stage = Stage()
    stage.pacer.too_many(7, 60)
    tasks = [await stage.waiting(number) for number in (2, 3)]
    held = await stage.ask(1, chat=7)
    await stage.passes(2)
    assert held is not None
    assert held.verdict is Verdict.HELD
    assert [await task for task in tasks] == [None, None]


async def test_what_waits_when_it_stops_goes_back_at_once_and_so_does_what_comes_later() -> None:
    stage = Stage(rate=0.001)
    tasks = [await stage.waiting(number) for number in range(3)]
    stage.turns.stop()
    assert await asyncio.wait_for(asyncio.gather(*tasks), 1) == [Outcome(Verdict.HELD)] * 3
    assert await stage.ask(4) == Outcome(Verdict.HELD)
    assert stage.turns._timer is None


async def test_who_gave_up_waiting_takes_no_place() -> None:
    stage = Stage()
    task = await stage.waiting(1)
    other = await stage.waiting(2)
    task.cancel()
    await stage.passes(1)
    assert await other is None
