"""Updates that come twice, broken or not at all, and a program that dies over them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.domain import sending
from bot.storage import schema
from bot.storage.seal import Seal
from tests.support.safety import kept, safe
from tests.support.world import KEY, Person, World

WORDS = "Mika built a tower of seven"


class Killed(BaseException):
    """The process, at this very point."""


def reborn(world: World) -> None:
    """The next process: it knows what was stored, and nothing else."""
    world.program.poller = replace(world.program.poller, offset=0, failures=0, after=world.program.after)


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


def acknowledged(person: Person) -> int:
    return sum(one.text.startswith("✓ Kept safely") for one in person.screen)


async def test_fault_2_killed_before_the_commit_the_batch_comes_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it was stored; Telegram hands it out again, and it stands once with one acknowledgement."""
    ana = await family(world)
    ana.phone.sends(WORDS)

    async def dies(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(sending, "put_prepared", dies)
        with pytest.raises(Killed):
            await world.program.poller.step(0)
    assert await kept(world) == []
    reborn(world)
    await world.settle()
    assert await kept(world) == [WORDS]
    assert acknowledged(ana) == 1
    await safe(world, "Mika")


async def test_fault_3_killed_after_the_commit_the_batch_is_known(world: World) -> None:
    """Telegram hands the batch out again: it is known, nothing is stored or said twice."""
    ana = await family(world)
    ana.phone.sends(WORDS)

    async def dies(_: Any) -> None:
        raise Killed

    world.program.poller.after = dies
    with pytest.raises(Killed):
        await world.program.poller.step(0)
    assert world.sim.pending_updates == 1
    reborn(world)
    await world.settle()
    assert await kept(world) == [WORDS]
    assert acknowledged(ana) == 1
    await safe(world, "Mika")


EVE = {"is_bot": False, "first_name": "Eve"}
BROKEN: tuple[dict[str, Any], ...] = (
    {"message": {"message_id": "five", "chat": 7}},
    {"message": []},
    {"message": {"message_id": 5, "date": "yesterday", "chat": {"id": 1001}}},
    {"message": {"from": {"id": 2**70}, "message_id": 5, "date": 0, "chat": {"id": 2**70, "type": "private"}}},
    {"callback_query": {"id": ["\ud800"], "data": None}},
    {"message": {"from": {"id": True}}},
    {"message": {"message_id": 5, "date": 0, "chat": {"id": "\ud800", "type": "group"}, "from": {"id": 6, **EVE}}},
    {"message": {"message_id": 5, "date": 0, "chat": {"id": 2**70, "type": "group"}, "from": {"id": 6, **EVE}}},
    {"a_kind_of_next_year": {"secret": "Mika"}},
    {},
)


@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
async def test_fault_9_an_update_nobody_can_parse_costs_only_itself(world: World, broken: dict[str, Any]) -> None:
    """The other 99 of its batch are kept and acknowledged; it is put aside, sealed, and the next batch comes."""
    ana = await family(world)
    for number in range(50):
        ana.phone.sends(f"{WORDS} and {number}")
    world.odd_updates = True
    world.sim.raw_update(broken)
    for number in range(50, 99):
        ana.phone.sends(f"{WORDS} and {number}")
    await world.settle()
    assert len(await kept(world)) == acknowledged(ana) == 99
    assert world.sim.pending_updates == 0
    assert len(await world.rows(schema.dead_update.select())) <= 1
    await safe(world, "Mika")


async def test_fault_9_an_unreadable_message_of_somebody_we_know_is_kept_and_said(world: World) -> None:
    """A sealed dead update, which the installation's key opens, and an honest line."""
    ana = await family(world)
    world.odd_updates = True
    world.sim.raw_update({"message": {"from": ana.phone.user, "text": WORDS, "chat": "?"}})
    await world.settle()
    [dead] = await world.rows(schema.dead_update.select())
    assert WORDS in Seal(KEY).open(dead["payload"], bound_to=f"dead:{dead['update_id']}")
    assert dead["account_id"] == ana.phone.user_id
    ana.sees("Something went wrong on our side")
    await safe(world, "Mika", WORDS)


async def test_fault_10_a_handler_that_fails_for_one_chat_costs_no_other(world: World) -> None:
    """Each of its updates is kept aside and apologised for; the batch goes on, for this chat and for all."""
    ana = await family(world)
    ben = await world.parent_of(world.people["Dana"], "Ben", "Lena")

    async def fails(update: Update, _: Any) -> None:
        if update.effective_user and update.effective_user.id == ana.phone.user_id:
            raise ValueError(update.message.text if update.message else "")

    handler = TypeHandler(Update, fails)
    world.program.application.add_handler(handler, -1)
    for number in range(3):
        ana.phone.sends(f"{WORDS} and {number}")
        ben.phone.sends(f"Lena sang {number} songs")
    await world.settle()
    assert await kept(world) == [f"Lena sang {number} songs" for number in range(3)]
    assert acknowledged(ben) == 3
    assert len(await world.rows(schema.dead_update.select())) == 3
    assert sum("went wrong" in one.text for one in ana.screen) == 3
    world.program.application.remove_handler(handler, -1)
    await ana.sends(WORDS)
    assert WORDS in await kept(world)
    await safe(world, "Mika", "Lena")


async def test_fault_9_an_unreadable_message_of_a_stranger_leaves_a_number_only(world: World) -> None:
    """Five polite lines an hour, nothing of it kept; somebody who is joining gets to know that it did not work."""
    eve = world.person("Eve")
    await eve.starts("guess")
    world.odd_updates = True
    for number in range(9):
        world.sim.raw_update({"message": {"from": eve.phone.user, "text": f"{WORDS} {number}", "chat": "?"}})
    await world.settle()
    assert sum("did not work" in one.text for one in eve.screen) == 4
    for table in schema.metadata.sorted_tables:
        for row in await world.rows(table.select()):
            assert str(eve.phone.user_id) not in map(str, row.values()), table.name
    await safe(world, WORDS)


async def test_fault_9_a_press_that_cannot_be_handled_is_let_go(world: World) -> None:
    """Its spinner stops, and the line is honest."""
    ana = await family(world)
    world.odd_updates = True
    query = world.sim.world.new_query(ana.phone.user_id)
    world.sim.raw_update({"callback_query": {"id": query, "from": ana.phone.user, "message": 5}})
    await world.settle()
    assert [one.query_id for one in ana.phone.answers][-1] == query
    ana.sees("Something went wrong on our side")
    await safe(world)
