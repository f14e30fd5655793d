"""Faults on the way out, as people see them: what Telegram answers, what the network does to it, and who cannot be
reached. Time stands still unless a test moves it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa

from bot.clock import from_ms
from bot.delivering import calling, transport
from bot.delivering.dispatcher import Dispatcher
from bot.delivering.pacing import Pacer
from bot.domain import sending
from bot.model import Button, Outgoing, Priority, Screen
from bot.simulator import Phone, faults
from bot.storage import schema
from bot.storage.ids import new_id
from bot.text.screens import help as help_screens
from tests.support.world import Person, World

PAGE = "<html><body><h1>502 Bad Gateway</h1>nginx</body></html>"
GOING_OUT = ("sendMessage", "editMessageText", "setMessageReaction", "getMe", "answerCallbackQuery")
OUTBOX = sa.select(schema.outbox).order_by(schema.outbox.c.id)
ROWS = ((Button("Yes", "urgent:ask:0"),),)


async def people(world: World, *names: str) -> list[Person]:
    """Strangers to the clinic who have spoken to the bot: messages reach them."""
    found = [world.person(name) for name in names]
    for one in found:
        one.phone.chat.started = True
    return found


async def queue(world: World, person: Person, text: str, **about: Any) -> int:
    message = new_id()
    one = Outgoing(message, person.phone.user_id, Screen(text, rows=ROWS), **about)
    await world.db.write(lambda tx: sending.put(tx, [one], world.clock.now_ms()))
    return message


async def edit(world: World, person: Person, message: int, text: str) -> None:
    one = Outgoing(new_id(), person.phone.user_id, Screen(text, rows=ROWS), edits=message)
    await world.db.write(lambda tx: sending.put(tx, [one], world.clock.now_ms()))


async def send(world: World) -> None:
    await world.program.dispatcher.drain()


async def wait(world: World, seconds: float, step: float = 10) -> None:
    """Time passes, and what may be sent is."""
    while seconds > 0:
        world.clock.advance(seconds=min(step, seconds))
        seconds -= step
        await send(world)


def down(world: World, fault: Any) -> None:
    """Nothing goes out; what people say still comes in."""
    for method in GOING_OUT:
        world.sim.faults.add(fault, method)


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer within a tenth of a second is none."""
    monkeypatch.setattr(transport, "CONNECT_TIMEOUT", 0.05)
    monkeypatch.setattr(calling, "post", partial(calling.post, read_timeout=0.05))


def shown(person: Person | Phone) -> list[str]:
    phone = person.phone if isinstance(person, Person) else person
    return [one.text for one in phone.screen if not one.mine]


def tries(world: World, person: Person) -> int:
    return sum(1 for call in world.sim.calls if call.chat_id == person.phone.user_id)


async def states(world: World) -> list[str]:
    return [row["state"] for row in await world.rows(OUTBOX)]


# 4: after the HTTP send, before `sent`


async def test_fault_4_a_process_that_dies_before_it_noted_the_sending_shows_the_question_twice_and_either_answers(
    world: World,
) -> None:
    """The check-in stands on the phone twice; an answer under either copy is stored once."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    ana.phone.sends("/checkin")
    await world.program.poller.step(0)
    dead = world.program.dispatcher
    await asyncio.gather(*(dead._one(row) for row in await dead._book(32)))
    world.program.dispatcher = Dispatcher(world.db, dead.request, dead.base_url, Pacer(0, world.clock), world.clock)
    await world.program.dispatcher.recover(everything=True)
    await send(world)
    first, second = (one for one in ana.phone.screen if one.has("Urgent help"))
    assert first.text == second.text
    await ana.taps(first.labels[0], first)
    await ana.does("presses", second.all_buttons[1].data, second)
    assert len({one.text for one in ana.phone.screen if one.has("Urgent help")}) == 1
    answers = await world.rows(sa.select(schema.answer.c.question))
    assert len(answers) == len({row["question"] for row in answers}) == 1
    assert set(await states(world)) == {"sent"}


# 25: 429


@pytest.mark.parametrize("seconds", [1, 35, 3_600])
async def test_fault_25_a_429_for_one_chat_is_waited_out_to_the_second_and_holds_up_nobody_else(
    world: World, seconds: int
) -> None:
    """The chat that was named gets its messages late and in order; all others at once."""
    ana, ben, eva = await people(world, "Ana", "Ben", "Eva")
    world.sim.faults.add(faults.TooMany(seconds), chat=ana.phone.user_id, times=1)
    for text in ("one", "two"):
        await queue(world, ana, text)
    await queue(world, ben, "hello")
    await send(world)
    await queue(world, eva, "hello")
    await send(world)
    assert (shown(ana), shown(ben), shown(eva)) == ([], ["hello"], ["hello"])
    await wait(world, seconds - 0.01, seconds)
    assert (shown(ana), tries(world, ana)) == ([], 1)
    await wait(world, 0.01)
    assert (shown(ana), tries(world, ana)) == (["one", "two"], 3)


@pytest.mark.parametrize("seconds", [1, 35, 3_600])
async def test_fault_25_a_429_for_everything_stops_everything_for_as_long_as_it_says(
    world: World, seconds: int
) -> None:
    """Two chats told the same are enough: nobody else is tried until it is over, then everybody gets everything."""
    some = await people(world, "Ana", "Ben", "Eva", "Leo", "Mia")
    world.sim.faults.add(faults.TooMany(seconds))
    for one in some[:2]:
        await queue(world, one, "hello")
    await send(world)
    for one in some[2:]:
        await queue(world, one, "hello", priority=Priority.SAFETY)
    await send(world)
    await wait(world, seconds - 0.01, seconds)
    assert [tries(world, one) for one in some] == [1, 1, 0, 0, 0]
    world.sim.faults.clear()
    await wait(world, 0.01)
    assert [shown(one) for one in some] == [["hello"]] * 5


async def test_fault_25_a_429_may_be_told_as_a_timedelta(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's setting for it changes nothing: the wait is the same."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    [ana] = await people(world, "Ana")
    world.sim.faults.add(faults.TooMany(35), chat=ana.phone.user_id, times=1)
    await queue(world, ana, "hello")
    await send(world)
    await wait(world, 34.9, 40)
    assert tries(world, ana) == 1
    await wait(world, 0.1)
    assert shown(ana) == ["hello"]


@pytest.mark.parametrize(
    "fault", [faults.TooMany(35, without_parameters=True), faults.TooMany(35, html=True)], ids=["bare", "html"]
)
async def test_fault_25_a_429_that_does_not_say_how_long_is_waited_out_a_little(
    world: World, fault: faults.TooMany
) -> None:
    """Some seconds later it is tried again, and shown once."""
    [ana] = await people(world, "Ana")
    world.sim.faults.add(fault, chat=ana.phone.user_id, times=1)
    await queue(world, ana, "hello")
    await send(world)
    await wait(world, 4.9)
    assert tries(world, ana) == 1
    await wait(world, 0.1)
    assert (shown(ana), await states(world)) == (["hello"], ["sent"])


# 26: the way to Telegram


ONCE_MORE: list[tuple[str, Callable[[], Any]]] = [
    ("closed after delivery", faults.DropAfter),
    ("reset in the answer", faults.CutShort),
    ("truncated JSON", lambda: faults.Garbage('{"ok": true, "result": {"message_id": 4')),
    ("HTML with 200", lambda: faults.Garbage(PAGE)),
    ("JSON that is no answer", lambda: faults.Garbage("[]")),
    ("an answer without a result", lambda: faults.Garbage('{"ok": true}')),
]


@pytest.mark.parametrize("make", [make for _, make in ONCE_MORE], ids=[name for name, _ in ONCE_MORE])
async def test_fault_26_a_message_whose_answer_is_lost_is_repeated_once(world: World, make: Callable[[], Any]) -> None:
    """It stands there twice; what is behind it in the chat follows, and its later edit reaches the copy we know."""
    [ana] = await people(world, "Ana")
    world.sim.faults.add(make(), "sendMessage", times=1)
    message = await queue(world, ana, "hello")
    await queue(world, ana, "behind it")
    await send(world)
    await wait(world, 2, 1)
    assert shown(ana) == ["hello", "hello", "behind it"]
    await edit(world, ana, message, "changed")
    await send(world)
    assert shown(ana) == ["hello", "changed", "behind it"]
    assert set(await states(world)) == {"sent"}


async def test_fault_26_an_answer_that_is_lost_every_time_shows_two_and_no_more(world: World) -> None:
    """Twice on the phone, then it is left as unknown."""
    [ana] = await people(world, "Ana")
    world.sim.faults.add(faults.DropAfter(), "sendMessage")
    await queue(world, ana, "hello")
    await send(world)
    await wait(world, 600)
    assert (shown(ana), await states(world)) == (["hello"] * 2, ["unknown"])


async def test_fault_26_a_read_timeout_after_delivery_is_a_lost_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shown twice, and settled as sent."""
    impatient(monkeypatch)
    [ana] = await people(world, "Ana")
    over = asyncio.Event()
    world.sim.faults.add(faults.Hang(over), "sendMessage", times=1)
    await queue(world, ana, "hello")
    await send(world)
    over.set()
    await wait(world, 2, 1)
    assert (shown(ana), await states(world)) == (["hello", "hello"], ["sent"])


async def test_fault_26_half_an_hour_in_which_every_answer_hangs_costs_nobody_a_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message is not repeated into silence: a harmless call finds the way first, then each arrives."""
    impatient(monkeypatch)
    monkeypatch.setattr(calling, "PROBE_TIMEOUT", 0.05)
    some = await people(world, "Ana", "Ben", "Eva")
    over = asyncio.Event()
    down(world, faults.Hang(over, done=False))
    for one in some:
        await queue(world, one, "hello")
    await send(world)
    await wait(world, 1_800, 60)
    world.sim.faults.clear()
    over.set()
    monkeypatch.undo()
    await wait(world, 60)
    assert [shown(one) for one in some] == [["hello"]] * 3
    assert set(await states(world)) == {"sent"}


@asynccontextmanager
async def refused(world: World, _monkeypatch: pytest.MonkeyPatch) -> Any:
    await world.sim.stop_listening()
    yield
    await world.sim.resume_listening()


@asynccontextmanager
async def no_dns(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    async def nobody(*_: Any, **__: Any) -> Any:
        raise OSError(-3, "Temporary failure in name resolution")

    caller = world.program.dispatcher._caller
    right = caller.base_url
    with monkeypatch.context() as patch:
        patch.setattr(aiohttp.ThreadedResolver, "resolve", nobody)
        caller.base_url = "http://telegram.invalid/bot"
        yield
    caller.base_url = right


@asynccontextmanager
async def bad_gateway(world: World, _monkeypatch: pytest.MonkeyPatch) -> Any:
    down(world, faults.Status(502, body=PAGE))
    yield
    world.sim.faults.clear()


@asynccontextmanager
async def forbidding_proxy(world: World, _monkeypatch: pytest.MonkeyPatch) -> Any:
    down(world, faults.Status(403, body=PAGE))
    yield
    world.sim.faults.clear()


@pytest.mark.parametrize("outage", [refused, no_dns, bad_gateway, forbidding_proxy])
async def test_fault_26_half_an_hour_without_telegram_delays_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, outage: Any
) -> None:
    """Nothing is shown twice, nobody is taken for gone, and Telegram was not stormed meanwhile."""
    some = await people(world, "Ana", "Ben", "Eva")
    calls = len(world.sim.calls)
    async with outage(world, monkeypatch):
        for number in range(3):
            for one in some:
                await queue(world, one, f"number {number}")
        await send(world)
        await wait(world, 1_800)
        assert len(world.sim.calls) - calls < 150
        assert set(await states(world)) == {"pending"}
    await wait(world, 60)
    assert [shown(one) for one in some] == [["number 0", "number 1", "number 2"]] * 3
    assert set(await states(world)) == {"sent"}


@pytest.mark.parametrize("fault", [faults.Status(401, body=PAGE), faults.Status(404, body=PAGE), faults.Garbage("[]")])
async def test_fault_26_what_is_no_answer_of_telegrams_to_a_poll_is_only_an_outage(world: World, fault: Any) -> None:
    """A proxy's page does not speak for the token: the next poll goes on, and nothing was confirmed."""
    [ana] = await people(world, "Ana")
    ana.phone.starts("wrong")
    world.sim.faults.add(fault, "getUpdates", times=1)
    assert await world.program.poller.step(0) > 0
    await world.settle()
    ana.sees("does not work")


async def test_fault_26_a_500_is_tried_again(world: World) -> None:
    """Telegram says that it restarts: a second later the message is there, once."""
    [ana] = await people(world, "Ana")
    world.sim.faults.add(faults.Status(500, "Internal Server Error: restart"), "sendMessage", times=1)
    await queue(world, ana, "hello")
    await send(world)
    assert shown(ana) == []
    await wait(world, 1)
    assert (shown(ana), await states(world)) == (["hello"], ["sent"])


async def test_fault_26_an_edit_whose_answer_is_lost_is_made_once(world: World) -> None:
    """Telegram answers the repetition with "not modified": that is as good as done."""
    [ana] = await people(world, "Ana")
    message = await queue(world, ana, "one")
    await send(world)
    world.sim.faults.add(faults.DropAfter(), "editMessageText", times=1)
    await edit(world, ana, message, "two")
    await send(world)
    await wait(world, 2, 1)
    assert (shown(ana), await states(world)) == (["two"], ["sent", "sent"])


# 30: a bulk send with blocked chats


async def test_fault_30_a_bulk_send_goes_past_every_tenth_chat_that_has_blocked_the_bot(world: World) -> None:
    """Everybody else gets it once; who blocked is marked, and nothing more is tried for them."""
    everybody = await people(world, *(f"Person {n}" for n in range(400)))
    insert = schema.account.insert().values(id=sa.bindparam("id"), created_at=0)
    ids = [{"id": one.phone.user_id} for one in everybody]
    await world.db.write(lambda tx: tx.run_many(insert, ids))
    for one in everybody[::10]:
        one.phone.chat.blocked = True
    both = [
        Outgoing(new_id(), one.phone.user_id, Screen(text), Priority.NEWSLETTER)
        for text in ("news", "more news")
        for one in everybody
    ]
    await world.db.write(lambda tx: sending.put(tx, both, world.clock.now_ms()))
    await send(world)
    assert [shown(one) for one in everybody] == [[] if n % 10 == 0 else ["news", "more news"] for n in range(400)]
    assert [tries(world, one) for one in everybody] == [1 if n % 10 == 0 else 2 for n in range(400)]
    blocked = await world.rows(sa.select(schema.account.c.id).where(schema.account.c.blocked_at.is_not(None)))
    assert {row["id"] for row in blocked} == {one.phone.user_id for one in everybody[::10]}
    assert sorted(await states(world)) == ["failed"] * 80 + ["sent"] * 720


# 38: a prompt that became stale meanwhile


PULSE = (
    sa.select(schema.due.c.due_at)
    .select_from(schema.due.join(schema.schedule))
    .where(schema.schedule.c.template == "pulse", schema.due.c.opened == 0)
)


async def evening(world: World) -> Person:
    """A parent, a minute before the first question."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    [row] = await world.rows(PULSE)
    await world.until(from_ms(row["due_at"] - 60_000))
    return ana


CHECK_INS = sa.select(schema.check_in.c.state, schema.check_in.c.state_reason, schema.check_in.c.sent_at).order_by(
    schema.check_in.c.due_at
)


@pytest.mark.parametrize("hours", [2, 5, 13], ids=["into the quiet hours", "past the window", "until the morning"])
async def test_fault_38_a_prompt_that_could_not_go_out_in_time_never_does(world: World, hours: int) -> None:
    """No question at night and none about yesterday; the check-in counts as not delivered, and the next one comes."""
    ana = await evening(world)
    before = shown(ana)
    down(world, faults.Status(502, "Bad Gateway"))
    await world.passes(hours=hours)
    world.sim.faults.clear()
    await world.passes(hours=16 - hours)
    assert shown(ana) == before
    [missed] = await world.rows(CHECK_INS)
    assert (missed["state"], missed["state_reason"], missed["sent_at"]) == ("missed", "not_delivered", None)
    await world.passes(hours=9)
    assert len(shown(ana)) == len(before) + 1
    assert [row["state"] for row in await world.rows(CHECK_INS)] == ["missed", "open"]


async def test_fault_38_a_prompt_delayed_a_little_still_comes(world: World) -> None:
    """Telegram is back within the hour, before the quiet hours: the question is asked once."""
    ana = await evening(world)
    before = shown(ana)
    down(world, faults.Status(502, "Bad Gateway"))
    await world.passes(minutes=30)
    world.sim.faults.clear()
    await wait(world, 60)
    assert len(shown(ana)) == len(before) + 1


# what Telegram refuses


async def test_markup_that_telegram_cannot_read_is_shown_once_as_plain_words(world: World) -> None:
    [ana] = await people(world, "Ana")
    await queue(world, ana, "<b>Mika &lt;3</b> <nonsense> &amp; Ana")
    await send(world)
    assert shown(ana) == ["Mika <3  & Ana"]
    assert tries(world, ana) == 2


async def test_words_that_stay_unreadable_are_given_up_and_hold_up_nothing(world: World) -> None:
    [ana] = await people(world, "Ana")
    world.sim.faults.add(faults.Status(400, "Bad Request: can't parse entities: no"), times=2)
    await queue(world, ana, "one")
    await queue(world, ana, "two")
    await send(world)
    assert (shown(ana), await states(world)) == (["two"], ["failed", "sent"])


async def test_a_question_whose_message_was_deleted_is_asked_anew(world: World) -> None:
    [ana] = await people(world, "Ana")
    message = await queue(world, ana, "one")
    await send(world)
    ana.phone.deletes(ana.newest)
    await edit(world, ana, message, "two")
    await send(world)
    assert (shown(ana), ana.buttons) == (["two"], ["Yes"])


async def test_an_edit_that_changes_nothing_is_as_good_as_made(world: World) -> None:
    [ana] = await people(world, "Ana")
    message = await queue(world, ana, "one")
    await send(world)
    await edit(world, ana, message, "one")
    await send(world)
    assert (shown(ana), await states(world)) == (["one"], ["sent", "sent"])


async def test_an_edit_is_made_on_every_copy(world: World) -> None:
    [ana] = await people(world, "Ana")
    message = await queue(world, ana, "one")
    await send(world)
    [row] = await world.rows(OUTBOX)
    again = row["chat_id"], ana.phone.world.add_message(ana.phone.chat, ana.phone.world.bot, {"text": "one"})
    values = {"chat_id": again[0], "telegram_message_id": again[1]["message_id"], "message_id": message, "at": 0}
    insert = schema.copy.insert().values({name: sa.bindparam(name) for name in values})
    await world.db.write(lambda tx: tx.run(insert, values))
    await edit(world, ana, message, "two")
    await send(world)
    assert shown(ana) == ["two", "two"]


async def test_what_was_said_here_never_follows_a_chat_into_a_group(world: World) -> None:
    [ana] = await people(world, "Ana")
    moved = faults.Status(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -100_123})
    world.sim.faults.add(moved, "sendMessage", times=1)
    await queue(world, ana, "hello")
    await send(world)
    assert (await states(world), {call.chat_id for call in world.sim.calls if call.method == "sendMessage"}) == (
        ["failed"],
        {ana.phone.user_id},
    )


async def test_somebody_who_blocks_is_marked_and_welcome_back(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    ana.phone.chat.blocked = True
    await queue(world, ana, "hello")
    await send(world)
    marked = sa.select(schema.account.c.id).where(schema.account.c.blocked_at.is_not(None))
    assert [row["id"] for row in await world.rows(marked)] == [ana.phone.user_id]
    await ana.does("unblocks")
    await ana.sends("She slept well.")
    assert await world.rows(marked) == []
    ana.sees("Kept")


async def test_a_row_that_nobody_can_send_does_not_hold_up_its_chat_for_ever(world: World) -> None:
    [ana] = await people(world, "Ana")
    message = await queue(world, ana, "one")
    await send(world)
    await edit(world, ana, message, "two")
    broken = schema.outbox.update().where(schema.outbox.c.state == "pending").values(payload="no JSON")
    await world.db.write(lambda tx: tx.run(broken))
    await queue(world, ana, "three")
    await send(world)
    await wait(world, 5, 1)
    assert (shown(ana), await states(world)) == (["one", "three"], ["sent", "unknown", "sent"])


async def test_a_screen_with_nothing_to_see_costs_only_the_update_that_wanted_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    monkeypatch.setattr(help_screens, "help_for", lambda *_: Screen(""))
    dana.phone.sends("/help")
    ana.phone.sends("She slept well.")
    await world.settle()
    ana.sees("Kept")
    assert len(await world.rows(sa.select(schema.dead_update.c.id))) == 1
    assert "/help" not in dana.newest.text
