"""Conversations by chance: Hypothesis plays everybody's thumbs, and hundreds of seeded taps and words follow."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.support.conversing import COMMANDS, ODD, Conversing, answered, secret
from tests.support.world import open_world

WORLDS, ROUNDS = 1, 24  # some 240 updates; `make fuzz` goes on
PEOPLE = st.integers(0, 5)


async def conversed(seed: int, rounds: int, folder: Path) -> int:
    """Returns how many updates there were."""
    async with open_world(folder, wired=True) as world:
        world.odd_updates = True
        conversing = Conversing(world, Random(seed))
        await conversing.begin()
        for _ in range(rounds):
            await conversing.round()
        assert conversing.unspoken() == []
        return conversing.handled


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_whatever_people_tap_and_say_nobody_is_left_unanswered_and_nobody_sees_anothers_words(
    tmp_path: Path, seed: int
) -> None:
    """Two families, three caregivers, two therapists and a stranger; stale, foreign and forged presses too."""
    assert await conversed(seed, ROUNDS, tmp_path) > ROUNDS * 8


class Thumbs(RuleBasedStateMachine):
    """One thing at a time, so that what fails can be told in a few steps."""

    def __init__(self) -> None:
        super().__init__()
        self.runner, self.stack = asyncio.Runner(), AsyncExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        world = self.runner.run(self.stack.enter_async_context(open_world(folder, wired=True)))
        world.odd_updates = True
        self.all = Conversing(world, Random(0))
        self.runner.run(self.all.begin())

    @rule(who=PEOPLE, command=st.sampled_from(COMMANDS))
    def commands(self, who: int, command: str) -> None:
        self._says(who, f"/{command}")

    @rule(who=PEOPLE, odd=st.sampled_from(ODD))
    def says(self, who: int, odd: str) -> None:
        self._says(who, f"{secret(self.all.people[who].phone.name)} {odd}")

    def _says(self, who: int, text: str) -> None:
        one = self.all.people[who]
        before = answered(one)
        one.phone.sends(text)
        self.runner.run(self.all.world.settle())
        left = [one] if answered(one) == before and who < len(self.all.people) - 1 else []
        self.runner.run(self.all.check(left))

    @rule(who=PEOPLE, shown=st.integers(0, 3), button=st.integers(0, 30), twice=st.booleans())
    def taps(self, who: int, shown: int, button: int, *, twice: bool) -> None:
        """Of the newest four messages with buttons; or twice, as an impatient thumb does."""
        phone = self.all.people[who].phone
        messages = [one for one in phone.screen if one.all_buttons][::-1][shown : shown + 1]
        for one in messages:
            data = one.all_buttons[button % len(one.all_buttons)].data
            if data and not data.startswith("link:yes"):
                for _ in range(1 + twice):
                    phone.presses(data, one)
        self._follow()

    @rule(who=PEOPLE, other=PEOPLE, button=st.integers(0, 30))
    def presses_what_another_was_shown(self, who: int, other: int, button: int) -> None:
        theirs = [one for one in self.all.people[other].phone.screen if one.all_buttons]
        mine = self.all.people[who].phone
        if theirs and mine.screen:
            data = theirs[-1].all_buttons[button % len(theirs[-1].all_buttons)].data
            if data and not data.startswith("link:yes"):
                mine.presses(data, mine.screen[-1])
        self._follow()

    @rule(who=PEOPLE, kind=st.sampled_from(("voice", "photo", "video", "document", "sticker", "location", "contact")))
    def sends(self, who: int, kind: str) -> None:
        getattr(self.all.people[who].phone, f"sends_{kind}")()
        self._follow()

    @rule(minutes=st.sampled_from((1, 90, 1500)))
    def time_passes(self, minutes: int) -> None:
        self.all.world.clock.advance(minutes=minutes)
        self.runner.run(self.all.world.tick())

    def _follow(self) -> None:
        self.runner.run(self.all.world.settle())

    @invariant()
    def nothing_failed_and_nothing_leaked(self) -> None:
        self.runner.run(self.all.check([]))
        assert self.all.unspoken() == []

    def teardown(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()


Thumbs.TestCase.settings = settings(
    max_examples=4,
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestThumbs = Thumbs.TestCase
