"""The program dropped at each statement, commit and call of what it does, one after the other.

`make simulate` leaves none out. `make test` dies at every eighth, another eighth each time.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain import inviting
from bot.storage import schema
from tests.simulation import promises
from tests.simulation.crash import Fate
from tests.simulation.life import Life
from tests.simulation.mortal import MortalWorld, mortal_world

BEGIN = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)  # a Monday
HANDLED = ("savepoint", "insert", "select", "release", "before commit", "after commit")
SENT = ("before sendMessage", "after sendMessage", "update")

Scene = Callable[[int], Awaitable[None]]

pytestmark = pytest.mark.timeout(600)


@pytest_asyncio.fixture
async def life(tmp_path: Path, stride: int) -> AsyncIterator[Life]:
    async with mortal_world(tmp_path, BEGIN) as world:
        world.stride = stride
        found = Life(world, random.Random(1), 0)
        await found.begins(1, "18:30")
        yield found


async def at_every_boundary(world: MortalWorld, scene: Scene) -> int:
    """Play the scene again and again, each time dying later, until it is lived through; returns how often."""
    number, died, first = 0, -1, random.randrange(world.stride)
    while died < sum(world.kills.values()):
        died, number = sum(world.kills.values()), number + 1
        world.fate.at = world.fate.passed + number * world.stride - first
        await scene(number)
    world.fate.at = 0
    return number - 1


def told(world: MortalWorld, what: str, count: int, *expected: str) -> None:
    """Say how many places there were; each of the expected kinds among them."""
    print(f"\n{what}: died at each of {count} places; {dict(world.kills)}")  # noqa: T201 - the count is the result
    assert sum(world.kills.values()) >= count
    assert world.stride > 1 or set(expected) <= set(world.kills), set(expected) - set(world.kills)


async def test_fault_1_2_3_4_dying_anywhere_in_a_note(life: Life) -> None:
    """A note and its edit: stored once, acknowledged at least once, whichever step was the last."""
    world, parent = life.world, life.parents[0]

    async def scene(number: int) -> None:
        message = parent.phone.sends(f"note {number}")["message_id"]
        parent.said[message] = [f"note {number}"]
        await world.through(world.settle)
        parent.said[message].append(f"note {number}, edited")
        parent.phone.edits(message, f"note {number}, edited")
        await world.through(world.settle)
        stored = await world.rows(schema.note.select().where(schema.note.c.text.is_not(None)))
        assert len(stored) == number, world.fate.last

    count = await at_every_boundary(world, scene)
    told(world, "note", count, *HANDLED, *SENT, "before getUpdates", "after getUpdates")
    await life.ends()
    await promises.kept(life)


async def test_fault_1_dying_anywhere_between_a_question_and_its_first_answer(life: Life) -> None:
    """The day's question is asked once; the tap is taken once; a lost spinner costs nothing."""
    world, parent = life.world, life.parents[0]

    async def scene(number: int) -> None:
        await world.through(lambda: world.until(BEGIN + timedelta(days=number, hours=6)))
        shown = parent.phone.newest_with_buttons
        assert shown is not None
        parent.phone.presses(shown.all_buttons[0].data or "", shown)
        await world.through(world.settle)
        [answer, *_more] = await world.rows(schema.answer.select().order_by(schema.answer.c.id.desc()))
        assert not answer["skipped"]
        assert len(await world.rows(schema.check_in.select())) == number, world.kills
        assert len(await world.rows(schema.answer.select())) == number, world.kills
        with world.spared():
            await world.passes(hours=16)

    count = await at_every_boundary(world, scene)
    told(world, "question", count, *HANDLED, *SENT, "before editMessageText", "after answerCallbackQuery")
    await life.ends()
    await promises.kept(life)


async def test_fault_1_dying_anywhere_while_words_are_taken_as_an_answer(life: Life) -> None:
    """Typed words answer the question once, with a reaction and the next question or the receipt."""
    world, parent = life.world, life.parents[0]

    async def scene(number: int) -> None:
        with world.spared():
            await world.until(BEGIN + timedelta(days=number, hours=6))
            while not any("Skip" in label for label in parent.phone.buttons[:1]):
                parent.phone.taps_first()
                await world.settle()
        text = f"answer {number}"
        parent.said[parent.phone.sends(text)["message_id"]] = [text]
        await world.through(world.settle)
        answers = await world.rows(schema.answer.select().where(schema.answer.c.text.is_not(None)))
        assert len(answers) == number, world.kills

    count = await at_every_boundary(world, scene)
    told(world, "words", count, *HANDLED, "update", "before editMessageText", "after setMessageReaction")
    await life.ends()
    await promises.kept(life)


async def test_fault_1_dying_anywhere_in_a_day_that_nobody_answers(life: Life) -> None:
    """Asked once, closed once, told once in the digest of the next working day."""
    world, parent = life.world, life.parents[0]

    async def scene(number: int) -> None:
        with world.spared():  # a word in between, so that the questions do not give way to an offer of fewer
            parent.phone.sends("/help")
            await world.settle()
        await world.through(lambda: world.until(BEGIN + timedelta(days=number)))
        states = [one["state"] for one in await world.rows(schema.check_in.select())]
        assert states == ["expired"] * (number - 1), states
        due = await world.rows(schema.due.select().where(schema.due.c.opened == 0))
        assert len(due) == 2, "one waiting moment for the parent, one for the therapist"

    count = await at_every_boundary(world, scene)
    told(world, "unanswered day", count, *SENT, "before commit", "after commit", "before editMessageText")
    await life.ends()
    await promises.kept(life)


async def test_fault_1_dying_anywhere_in_joining(life: Life) -> None:
    """One tap, one seat, one consent; the therapist is told."""
    world = life.world

    async def scene(number: int) -> None:
        with world.spared():
            code = await _invited(world, f"Child of {number}")
            phone = world.sim.phone(f"New {number}")
            phone.starts(code)
            await world.settle()
            phone.taps_first()
            await world.settle()
        phone.taps_first()
        await world.through(world.settle)
        assert len(await world.rows(schema.consent.select().where(schema.consent.c.purpose == "care"))) == number + 1
        seats = schema.person.select().where(schema.person.c.joined_at.is_not(None))
        assert len(await world.rows(seats)) == number + 2

    count = await at_every_boundary(world, scene)
    told(world, "joining", count, *HANDLED, *SENT)
    assert await world.rows(schema.dead_update.select()) == []


async def _invited(world: MortalWorld, child: str) -> str:
    now = world.clock.now_ms()
    made = await world.db.write(lambda tx: inviting.invite_family(tx, 1, child, "en", "Europe/Berlin", now))
    return str(made.code)


async def test_fault_1_dying_again_anywhere_while_coming_back(life: Life) -> None:
    """Killed with rows on their way, and again at each step of the next start."""
    world, parent = life.world, life.parents[0]
    number, deaths = 0, 2
    while deaths > 1:
        number += 1
        fates = iter([Fate(at=number * world.stride)])
        world.next_fate = lambda fates=fates: next(fates, Fate())  # type: ignore[misc]
        text = f"note {number}"
        parent.said[parent.phone.sends(text)["message_id"]] = [text]
        before = sum(world.kills.values())
        world.fate.place = "after sendMessage"
        await world.through(world.settle)
        deaths = sum(world.kills.values()) - before
        assert deaths >= 1
        assert len(await world.rows(schema.note.select().where(schema.note.c.text.is_not(None)))) == number
    world.next_fate = Fate
    told(world, "coming back", number - 1, "after sendMessage", "update", "before commit")
    await life.ends()
    await promises.kept(life)
