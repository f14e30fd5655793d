"""Each world holds every call against the published description of the Bot API; this says whether it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import bot_api
from tests.support.world import open_world

at_hand = pytest.mark.skipif(bot_api.description() is None, reason=bot_api.ABSENT)


def test_the_description_is_at_hand() -> None:
    if bot_api.description() is None:
        pytest.skip(bot_api.ABSENT)


async def a_wrong_call(folder: Path) -> None:
    async with open_world(folder) as world:
        await world.person("Ana").starts()
        [sent] = [call for call in world.sim.calls if call.method == "sendMessage"]
        sent.params["txet"] = "wrong"


async def a_wrong_update(folder: Path) -> None:
    async with open_world(folder) as world:
        world.sim.raw_update({"message": {"message_id": 5, "date": 0}})
        await world.settle()


@at_hand
async def test_a_world_with_a_call_that_telegram_does_not_know_fails_at_its_end(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"sendMessage\.txet: unknown"):
        await a_wrong_call(tmp_path)


@at_hand
async def test_a_world_with_an_update_that_telegram_would_not_send_fails_at_its_end(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"message\.chat: missing"):
        await a_wrong_update(tmp_path)
