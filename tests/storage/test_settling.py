"""What follows from an outcome beside the row's own end: a chat waits, a call is halved, an edit becomes a message."""

from __future__ import annotations

import json

import pytest

from bot.delivering.outcomes import Outcome, Verdict
from bot.domain import taking_back
from bot.model import EFFECT, Button, Effect, Outgoing, Priority, Screen
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.ids import new_id
from tests.support.queueing import HERE, NOW, THERE, Queue, texts

REFUSED = Outcome(Verdict.REFUSED)


@pytest.fixture
async def queue(database: Database) -> Queue:
    return Queue(database)


async def deletes(queue: Queue, *messages: int) -> None:
    seen = [{"chat_id": HERE, "telegram_message_id": one} for one in messages]
    await queue.put(*taking_back.calls(seen, Priority.REPLY))


@pytest.mark.parametrize("kept", [{1}, {9}, {3, 4}, {1, 5, 9}, set(range(1, 10))], ids=str)
async def test_of_messages_to_delete_those_alone_stay_that_telegram_keeps(queue: Queue, kept: set[int]) -> None:
    await deletes(queue, *range(1, 10))
    asked: list[list[int]] = []
    for _ in range(20):
        for row in await queue.claim():
            asked.append(json.loads(row["payload"])["message_ids"])
            await queue.settle((row, REFUSED if kept & set(asked[-1]) else Outcome(Verdict.DONE)))
    gone = [one for call in asked if not kept & set(call) for one in call]
    assert sorted(gone) == sorted(set(range(1, 10)) - kept)
    assert sorted(call[0] for call in asked if len(call) == 1 and kept & set(call)) == sorted(kept)
    assert (await queue.states()).count("failed") == len(kept)


@pytest.mark.parametrize("verdict", [Verdict.TOO_MANY, Verdict.HELD])
async def test_a_chat_that_has_to_wait_waits_with_everything_but_what_is_urgent(queue: Queue, verdict: Verdict) -> None:
    await queue.say("question", priority=Priority.PROMPT)
    await queue.say("elsewhere", THERE, priority=Priority.PROMPT)
    one, other = await queue.claim()
    for priority in (Priority.REPLY, Priority.SAFETY):
        await queue.say(priority.name, priority=priority)
    await queue.settle((one, Outcome(verdict, wait=35)), (other, Outcome(Verdict.SENT, 7)))
    assert texts(await queue.claim()) == ["SAFETY"]
    await queue.say("at once", THERE)
    assert texts(await queue.claim(at=NOW + 34_999)) == ["at once"]


@pytest.mark.parametrize(
    ("priority", "silent"), [(Priority.SAFETY, False), (Priority.REPLY, True), (Priority.PROMPT, None)]
)
async def test_an_edit_whose_message_is_gone_comes_back_without_a_sound_unless_it_is_urgent(
    queue: Queue, priority: Priority, silent: bool | None
) -> None:
    """What changes by itself brings no message back: None."""
    message = await queue.say()
    await queue.sent(await queue.claim())
    next_one = Screen("next", rows=((Button("Yes", "y"),),))
    await queue.put(Outgoing(new_id(), HERE, next_one, priority, edits=message))
    [edit] = await queue.claim()
    await queue.settle((edit, Outcome(Verdict.GONE)))
    back = [json.loads(row["payload"]).get("disable_notification", False) for row in await queue.claim()]
    assert back == ([] if silent is None else [silent])


async def test_what_cannot_be_decorated_goes_plain_once(queue: Queue) -> None:
    await queue.put(Outgoing(new_id(), HERE, Screen("Well done", effect=Effect.CONFETTI)))
    [row] = await queue.claim()
    await queue.settle((row, Outcome(Verdict.EFFECT)))
    [again] = await queue.claim()
    before, after = json.loads(row["payload"]), json.loads(again["payload"])
    assert before == {**after, EFFECT: Effect.CONFETTI.value}
    await queue.settle((again, Outcome(Verdict.EFFECT)))
    assert await queue.states() == ["failed"]


async def test_what_was_erased_in_flight_or_came_back_too_late_leaves_no_half_to_be_asked_for(queue: Queue) -> None:
    for _ in range(2):
        await deletes(queue, 1, 2)
    [erased] = await queue.claim()
    await queue.db.write(lambda tx: tx.run(schema.outbox.delete().where(schema.outbox.c.id == erased["id"])))
    await queue.settle((erased, REFUSED))
    [late] = await queue.claim()
    await queue.settle((late, Outcome(Verdict.DONE)))
    await queue.settle((late, REFUSED))
    assert await queue.states() == ["sent"]
