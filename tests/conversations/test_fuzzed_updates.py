"""Random updates, whole and broken: none stops the others, and every accepted message is acknowledged."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.storage import schema
from tests.support import bot_api
from tests.support.fuzzing import Fuzz
from tests.support.safety import kept, safe
from tests.support.world import Person, World, open_world

GROUPS, OF = 20, 1000  # `make fuzz` goes on


def acknowledgements(person: Person) -> int:
    return sum("Kept safely" in one.text for one in person.phone.screen)


async def a_group(world: World, fuzz: Fuzz, ben: Person) -> None:
    """A thousand odd ones, and among them what an ordinary parent says."""
    before = acknowledgements(ben)
    for number in range(OF):
        world.sim.raw_update(fuzz.update())
        if number % 20 == 0:
            ben.phone.sends(f"an ordinary day, number {len(ben.phone.chat.messages)}")
    await world.settle()
    assert world.sim.pending_updates == 0
    assert acknowledgements(ben) == before + OF // 20
    world.clock.advance(minutes=61)


async def everything_is_kept_and_acknowledged(world: World, ben: Person) -> None:
    """Each note, and each message that waits for a consent, has a line of its own; an album has one for all of it."""
    said = [one.text for one in ben.phone.screen if one.text.startswith("an ordinary day")]
    texts = Counter(await kept(world))
    assert {text: texts[text] for text in said} == dict.fromkeys(said, 1)
    shown = Counter(row["message_id"] for row in await world.rows(schema.copy.select()))
    for table in (schema.note, schema.held):
        for row in await world.rows(table.select()):
            if row["message_id"] is not None:
                assert shown[row["message_id"]] == 1, (table.name, dict(row))
    reactions = [call for call in world.sim.calls if call.method == "setMessageReaction"]
    answers = {row["telegram_message_id"] for row in await world.rows(schema.inbound.select()) if row["answer_id"]}
    assert len(await world.rows(schema.inbound.select())) > GROUPS * 5  # more than what Ben said
    assert answers <= {call.params["message_id"] for call in reactions}


class Room:
    """A world in a loop of its own: Hypothesis calls plain functions."""

    def __init__(self, runner: asyncio.Runner, folder: Path) -> None:
        self._runner, self._opened = runner, open_world(folder, wired=True)
        self.world = runner.run(self._opened.__aenter__())
        self.world.odd_updates = True
        self.dana = runner.run(self.world.therapist("Dana"))

    def parent(self, name: str, child: str) -> Person:
        return self._runner.run(self.world.parent_of(self.dana, name, child))

    def close(self) -> None:
        self._runner.run(self._opened.__aexit__(None, None, None))


@pytest.mark.skipif(bot_api.description() is None, reason=bot_api.ABSENT)
def test_fault_9_20_21_random_updates_cost_only_themselves(tmp_path: Path) -> None:
    """Made from the description of the Bot API and broken: no error escapes, every batch goes on."""
    api = bot_api.description()
    assert api is not None
    with asyncio.Runner() as runner, closing(Room(runner, tmp_path)) as room:
        world, ben = room.world, room.parent("Ben", "Lena")
        known = [room.parent("Ana", "Mika"), room.dana, world.person("Eve")]
        runner.run(known[0].sends("/checkin"))
        data = [button.data or "" for one in known[0].phone.screen for button in one.all_buttons]
        people = [(one.phone.user, one.phone.chat.info) for one in known]

        @settings(max_examples=GROUPS, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
        @given(seed=st.integers(0, 2**32))
        def groups(seed: int) -> None:
            runner.run(a_group(world, Fuzz(api, seed, people, data), ben))

        groups()
        handed_out = sum(len(call.response["result"]) for call in world.sim.calls if call.method == "getUpdates")
        assert handed_out > GROUPS * OF
        runner.run(everything_is_kept_and_acknowledged(world, ben))
        runner.run(safe(world, "canary", "Mika", "Lena"))
