"""The outbox on both engines: who is claimed when, what is settled how, and what a crash leaves."""

from __future__ import annotations

import json

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.delivering.outcomes import Outcome, Verdict
from bot.delivering.settling import STALE
from bot.model import Button, OutboxState, Outgoing, Priority, Screen
from bot.storage import outbox, schema
from bot.storage.database import Database
from bot.storage.ids import new_id
from tests.support.queueing import HERE, LEASE, NOW, THERE, TODAY, Queue, texts


@pytest_asyncio.fixture
async def queue(database: Database) -> Queue:
    return Queue(database)


async def test_safety_goes_first_then_replies_prompts_digests_newsletters_strangers(queue: Queue) -> None:
    for chat, priority in enumerate(reversed(Priority)):
        for n in range(2):
            await queue.say(f"{priority.name} {n}", 100 + chat * 2 + n, priority=priority)
    wanted = [f"{priority.name} {n}" for priority in Priority for n in range(2)]
    assert texts(await queue.claim(5)) + texts(await queue.claim(50)) == wanted


async def test_no_more_are_claimed_than_were_asked_for(queue: Queue) -> None:
    for chat in range(40):
        await queue.say(chat=chat)
    assert [len(await queue.claim(14)) for _ in range(4)] == [14, 14, 12, 0]


async def test_a_chat_gets_one_at_a_time_and_in_order(queue: Queue) -> None:
    for n in range(3):
        await queue.say(f"number {n}")
    await queue.say("another", THERE)
    seen = []
    for n in range(3):
        rows = await queue.claim()
        seen += texts([row for row in rows if row["chat_id"] == HERE])
        assert texts(await queue.claim()) == []
        await queue.sent(rows, 10 * n)
    assert seen == ["number 0", "number 1", "number 2"]


async def test_a_held_message_waits_and_those_behind_it_in_its_chat_with_it(queue: Queue) -> None:
    await queue.say("first")
    await queue.say("second")
    [row] = await queue.claim()
    await queue.settle((row, Outcome(Verdict.TOO_MANY, wait=35)))
    assert await queue.claim(at=NOW + 34_999) == []
    assert texts(await queue.claim(at=NOW + 35_000)) == ["first"]


async def test_a_429_of_one_chat_holds_up_no_other(queue: Queue) -> None:
    await queue.say("here")
    [row] = await queue.claim()
    await queue.say("there", THERE)
    await queue.settle((row, Outcome(Verdict.TOO_MANY, wait=3_600)))
    assert texts(await queue.claim()) == ["there"]


async def test_an_edit_waits_for_its_send(queue: Queue) -> None:
    message = await queue.say("question", priority=Priority.PROMPT)
    await queue.edit(message, "next question")
    rows = await queue.claim()
    assert texts(rows) == ["question"]
    assert await queue.claim() == []
    await queue.sent(rows, 77)
    [edit] = await queue.claim()
    assert (edit["method"], edit["message_id"]) == ("editMessageText", message)


async def test_an_edit_waits_also_while_its_send_is_held(queue: Queue) -> None:
    message = await queue.say("question", priority=Priority.PROMPT)
    [row] = await queue.claim()
    await queue.settle((row, Outcome(Verdict.NOT_SENT)))
    await queue.edit(message, "next question")
    assert await queue.claim() == []


async def test_a_newer_edit_replaces_an_older_one_that_was_not_made_yet(queue: Queue) -> None:
    message, other = await queue.say("question"), await queue.say("another", THERE)
    await queue.sent(await queue.claim())
    await queue.edit(other, "not touched", THERE)
    await queue.edit(message, "one")
    await queue.put(*(Outgoing(new_id(), HERE, Screen(text), edits=message) for text in ("two", "three")))
    assert sorted(texts(await queue.claim())) == ["not touched", "three"]


async def test_an_edit_on_its_way_is_not_taken_back(queue: Queue) -> None:
    message = await queue.say("question")
    await queue.sent(await queue.claim())
    await queue.edit(message, "one")
    under_way = await queue.claim()
    await queue.edit(message, "two")
    assert await queue.claim() == []
    await queue.settle((under_way[0], Outcome(Verdict.DONE)))
    assert texts(await queue.claim()) == ["two"]


async def test_a_message_in_parts_is_one_message_and_its_last_part_is_the_one_that_changes(queue: Queue) -> None:
    message = new_id()
    button = ((Button("Next", "x"),),)
    await queue.put(Outgoing(message, HERE, Screen(" ".join(["word"] * 2_000), rows=button)))
    shown = []
    for n in range(3):
        rows = await queue.claim()
        assert ("reply_markup" in json.loads(rows[0]["payload"])) == (n == 2)
        await queue.sent(rows, 50 + n)
        shown.append(rows[0]["message_id"])
    assert len(set(shown)) == 3
    assert await queue.copies(message) == [52]


# What becomes of a row at once, the first time: its state, and its error.
FOLLOWS = {
    Verdict.SENT: OutboxState.SENT,
    Verdict.DONE: OutboxState.SENT,
    Verdict.NOT_SENT: OutboxState.PENDING,
    Verdict.LOST: OutboxState.PENDING,
    Verdict.SERVER: OutboxState.PENDING,
    Verdict.TOO_MANY: OutboxState.PENDING,
    Verdict.MARKUP: OutboxState.PENDING,  # once, as plain text
    Verdict.EFFECT: OutboxState.FAILED,  # it had none
    Verdict.GONE: OutboxState.FAILED,
    Verdict.BLOCKED: OutboxState.FAILED,
    Verdict.REFUSED: OutboxState.FAILED,
    Verdict.UNAUTHORIZED: OutboxState.PENDING,
    Verdict.HELD: OutboxState.PENDING,
    Verdict.STALE: OutboxState.EXPIRED,
}


async def test_every_outcome_is_settled_in_one_group(queue: Queue) -> None:
    for chat, verdict in enumerate(Verdict):
        await queue.say(verdict.value, chat)
    rows = await queue.claim()
    outcomes = [(row, Outcome(Verdict(text), 5)) for row, text in zip(rows, texts(rows), strict=True)]
    await queue.settle(*outcomes)
    assert await queue.states() == [FOLLOWS[verdict].value for verdict in Verdict]


async def test_what_was_settled_keeps_no_words(queue: Queue) -> None:
    for chat in range(3):
        await queue.say("Mika laughed", chat)
    first, second, third = await queue.claim()
    lost, refused = Outcome(Verdict.STALE), Outcome(Verdict.REFUSED)
    await queue.settle((first, Outcome(Verdict.SENT, 1)), (second, lost), (third, refused))
    assert [(row["payload"], row["upload"]) for row in await queue.everything()] == [("", None)] * 3


async def test_a_lost_answer_is_repeated_once_only(queue: Queue) -> None:
    await queue.say()
    for _ in range(2):
        [row] = await queue.claim(at=NOW + 60_000)
        await queue.settle((row, Outcome(Verdict.LOST)))
    assert await queue.states() == ["unknown"]


async def test_what_was_proven_unsent_does_not_use_up_the_repetition(queue: Queue) -> None:
    await queue.say()
    for n, verdict in enumerate([Verdict.NOT_SENT, Verdict.SERVER] * 5 + [Verdict.LOST], start=1):
        [row] = await queue.claim(at=NOW + n * 60_000)
        await queue.settle((row, Outcome(verdict)), at=NOW + n * 60_000)
    assert await queue.states() == ["pending"]


@pytest.mark.parametrize("verdict", [Verdict.NOT_SENT, Verdict.SERVER])
async def test_what_could_not_be_sent_for_a_day_is_given_up(queue: Queue, verdict: Verdict) -> None:
    """A day of the machine: a simulated calendar may run through weeks in one outage."""
    await queue.say()
    [row] = await queue.claim()
    await queue.settle((row, Outcome(verdict)), at=NOW + STALE, today=TODAY + 100 * STALE)
    assert await queue.states() == ["pending"]
    [row] = await queue.claim(at=NOW + STALE + 60_000)
    await queue.settle((row, Outcome(verdict)), at=NOW + STALE + 60_000)
    assert await queue.states() in (["failed"], ["unknown"])


async def test_markup_that_telegram_cannot_read_goes_once_as_plain_text(queue: Queue) -> None:
    await queue.say("<b>Mika &lt;3</b> &amp; Ana")
    [row] = await queue.claim()
    await queue.settle((row, Outcome(Verdict.MARKUP)))
    [row] = await queue.claim()
    content = json.loads(row["payload"])
    assert (content["text"], "parse_mode" in content) == ("Mika <3 & Ana", False)
    await queue.settle((row, Outcome(Verdict.MARKUP)))
    assert await queue.states() == ["failed"]


async def test_a_reaction_that_is_refused_becomes_a_short_message(queue: Queue) -> None:
    await queue.put(Outgoing(new_id(), HERE, Screen("👍"), reaction_to=9))
    [row] = await queue.claim()
    await queue.settle((row, Outcome(Verdict.REFUSED)))
    [row] = await queue.claim()
    assert (row["method"], json.loads(row["payload"])) == ("sendMessage", {"chat_id": HERE, "text": "👍"})


async def test_a_question_whose_message_is_gone_is_shown_anew_and_other_words_are_not(queue: Queue) -> None:
    asked, said = await queue.say("question"), await queue.say("word", THERE)
    await queue.sent(await queue.claim(), 10)
    await queue.put(Outgoing(new_id(), HERE, Screen("next", rows=((Button("Yes", "y"),),)), edits=asked))
    await queue.edit(said, "other word", THERE)
    rows = await queue.claim()
    await queue.settle(*((row, Outcome(Verdict.GONE)) for row in rows))
    again = await queue.claim()
    assert [(row["method"], row["message_id"]) for row in again] == [("sendMessage", asked)]
    await queue.sent(again, 20)
    assert sorted(await queue.copies(asked)) == [10, 20]


async def test_a_message_that_was_shown_twice_has_two_copies(queue: Queue) -> None:
    message = await queue.say()
    [row] = await queue.claim()
    await queue.settle((row, Outcome(Verdict.LOST)))
    [row] = await queue.claim(at=NOW + 1_000)
    await queue.sent([row], 31)
    await queue.db.write(lambda tx: outbox.shown(tx, [_copy(message, 30)]))
    assert sorted(await queue.copies(message)) == [30, 31]


def _copy(message: int, telegram: int) -> dict[str, int]:
    return {"row": message, "chat": HERE, "telegram": telegram, "message": message, "at": NOW, "asked_at": TODAY}


async def test_a_person_who_cannot_be_reached_is_marked_and_the_rest_for_them_given_up(queue: Queue) -> None:
    for chat in (HERE, THERE):
        values = {"id": chat, "created_at": NOW}
        insert = schema.account.insert().values({name: sa.bindparam(name) for name in values})
        await queue.db.write(lambda tx, insert=insert, values=values: tx.run(insert, values))
    for text in ("one", "two", "three"):
        await queue.say(text)
    await queue.say("other", THERE)
    rows = await queue.claim()
    await queue.settle(*((row, Outcome(Verdict.BLOCKED)) for row in rows if row["chat_id"] == HERE))
    blocked = sa.select(schema.account.c.id, schema.account.c.blocked_at).order_by(schema.account.c.id)
    marked = await queue.db.read(lambda tx: tx.rows(blocked))
    assert [(row["id"], row["blocked_at"]) for row in marked] == [(HERE, NOW), (THERE, None)]
    assert await queue.states() == ["failed", "failed", "failed", "sending"]


@pytest.mark.parametrize("verdict", [Verdict.SENT, Verdict.BLOCKED, Verdict.REFUSED, Verdict.STALE])
async def test_a_stranger_leaves_nothing_behind(queue: Queue, verdict: Verdict) -> None:
    await queue.say("one", priority=Priority.STRANGER)
    await queue.say("two", priority=Priority.STRANGER)
    rows = await queue.claim()
    await queue.settle(*((row, Outcome(verdict, 5)) for row in rows))
    for row in await queue.claim():
        await queue.settle((row, Outcome(verdict, 6)))
    assert await queue.everything() == []
    assert await queue.db.read(lambda tx: tx.rows(sa.select(schema.copy))) == []


async def test_what_a_dead_process_was_sending_goes_again_once_its_lease_is_over(queue: Queue) -> None:
    await queue.say("one")
    await queue.say("two", THERE)
    assert len(await queue.claim()) == 2
    assert await queue.db.write(lambda tx: outbox.recover(tx, NOW + LEASE - 1)) == 0
    assert await queue.db.write(lambda tx: outbox.recover(tx, NOW + LEASE)) == 2
    assert texts(await queue.claim()) == ["one", "two"]


async def test_an_outcome_that_comes_too_late_changes_nothing(queue: Queue) -> None:
    await queue.say()
    [row] = await queue.claim()
    await queue.sent([row])
    await queue.settle((row, Outcome(Verdict.REFUSED)))
    assert await queue.states() == ["sent"]


async def test_settled_rows_are_forgotten_in_time_and_waiting_ones_never(queue: Queue) -> None:
    await queue.say("old")
    await queue.say("waits", THERE)
    first, _second = await queue.claim()
    await queue.sent([first])
    assert await queue.db.write(lambda tx: outbox.forget(tx, NOW + 1)) == 1
    assert await queue.states() == ["sending"]
