"""Offsets and long polls, as on the real server."""

import asyncio
from typing import Any

import pytest

from bot.simulator import Phone, Simulator
from tests.unit.simulator.client import Client
from tests.unit.simulator.conftest import Clock


async def texts(api: Client, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await api.result("getUpdates", **params)]


async def polling(api: Client, sim: Simulator, **params: Any) -> "asyncio.Task[dict[str, Any]]":
    """A long poll that has reached the server."""
    before = sim.handed_out
    task = asyncio.create_task(api.ask("getUpdates", timeout=50, **params))
    await sim.until(lambda: sim.handed_out > before)
    return task


async def test_updates_come_again_until_an_offset_confirms_them(api: Client, sim: Simulator, ana: Phone) -> None:
    for text in ("one", "two", "three"):
        ana.sends(text)
    first = await api.result("getUpdates")
    assert await texts(api) == ["one", "two", "three"]
    assert await texts(api, offset=first[1]["update_id"]) == ["two", "three"]
    assert sim.pending_updates == 2
    assert await texts(api) == ["two", "three"]
    assert await texts(api, offset=first[2]["update_id"] + 1) == []
    assert sim.pending_updates == 0


async def test_a_negative_offset_forgets_all_but_the_last(api: Client, sim: Simulator, ana: Phone) -> None:
    for text in ("one", "two", "three"):
        ana.sends(text)
    assert await texts(api, offset=-2) == ["two", "three"]
    assert sim.pending_updates == 2


@pytest.mark.parametrize(("limit", "given"), [(3, 3), (100, 100), (1000, 100), (0, 1), (None, 100)])
async def test_a_batch_holds_at_most_the_limit_and_never_over_a_hundred(
    api: Client, ana: Phone, limit: int | None, given: int
) -> None:
    for number in range(105):
        ana.sends(str(number))
    params = {} if limit is None else {"limit": limit}
    assert await texts(api, **params) == [str(number) for number in range(given)]


async def test_a_long_poll_ends_with_the_first_update(api: Client, sim: Simulator, ana: Phone) -> None:
    poll = await polling(api, sim)
    assert not poll.done()
    ana.sends("here")
    assert [update["message"]["text"] for update in (await poll)["result"]] == ["here"]


async def test_a_long_poll_without_news_ends_empty(api: Client) -> None:
    assert await api.result("getUpdates", timeout=1) == []


async def test_a_newer_poll_ends_the_older_one(api: Client, sim: Simulator, ana: Phone) -> None:
    older = await polling(api, sim)
    newer = await polling(api, sim)
    assert (await older)["error_code"] == 409
    words = "terminated by other getUpdates request; make sure that only one bot instance is running"
    assert (await older)["description"] == f"Conflict: {words}"
    ana.sends("for the newer")
    assert len((await newer)["result"]) == 1


async def test_a_poll_ends_when_the_token_is_revoked(api: Client, sim: Simulator) -> None:
    poll = await polling(api, sim)
    sim.revoke_token()
    assert (await poll)["error_code"] == 401


async def test_setting_a_webhook_ends_the_poll(api: Client, sim: Simulator) -> None:
    poll = await polling(api, sim)
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await poll)["error_code"] == 409


async def test_updates_are_kept_for_a_day(api: Client, ana: Phone, clock: Clock) -> None:
    ana.sends("early")
    clock.forward(hours=23)
    ana.sends("late")
    assert await texts(api) == ["early", "late"]
    clock.forward(hours=1)
    assert await texts(api) == ["late"]


async def test_presses_are_kept_for_150_seconds_only(api: Client, ana: Phone, clock: Clock) -> None:
    ana.presses("x", 1)
    ana.sends("a word")
    clock.forward(seconds=149)
    assert len(await api.result("getUpdates")) == 2
    clock.forward(seconds=1)
    assert await texts(api) == ["a word"]


async def test_only_what_is_allowed_is_queued_and_that_is_remembered(api: Client, sim: Simulator, ana: Phone) -> None:
    await api.result("getUpdates", allowed_updates=["message_reaction"])
    assert ana.sends("unheard")
    ana.reacts(1, "👍")
    (update,) = await api.result("getUpdates")
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]


async def test_reactions_are_not_sent_unasked(api: Client, ana: Phone) -> None:
    assert ana.reacts(1, "👍") is None
    assert await api.result("getUpdates") == []


async def test_anything_can_be_queued_raw(api: Client, sim: Simulator) -> None:
    strange = {"channel_post": {"message_id": 1, "chat": "no chat"}}
    number = sim.raw_update(strange)
    assert await api.result("getUpdates") == [{**strange, "update_id": number}]


async def test_a_raw_update_keeps_a_low_id_of_its_own(api: Client, sim: Simulator, ana: Phone) -> None:
    ana.sends("one")
    (first,) = await api.result("getUpdates")
    after = first["update_id"] + 1
    sim.raw_update({"update_id": 5, "message": {"text": "an old id"}})
    assert await texts(api, offset=after) == ["an old id"]
    assert await texts(api, offset=6) == []


async def test_the_same_batch_can_come_again(api: Client, sim: Simulator, ana: Phone) -> None:
    ana.sends("one")
    ana.sends("two")
    batch = await api.result("getUpdates")
    after = batch[-1]["update_id"] + 1
    assert await api.result("getUpdates", offset=after) == []
    sim.repeat_last_batch()
    assert await api.result("getUpdates", offset=after) == batch
    assert await api.result("getUpdates", offset=after) == []


async def test_one_update_can_come_again(api: Client, sim: Simulator, ana: Phone) -> None:
    ana.sends("one")
    ana.sends("two")
    first, second = await api.result("getUpdates")
    await api.result("getUpdates", offset=second["update_id"] + 1)
    sim.hand_out_again([first["update_id"]])
    assert await api.result("getUpdates", offset=second["update_id"] + 1) == [first]


async def test_ids_can_restart_lower(api: Client, sim: Simulator, ana: Phone) -> None:
    ana.sends("before")
    (before,) = await api.result("getUpdates")
    sim.restart_ids(at=100)
    ana.sends("after")
    # The unconfirmed rest of the old numbering comes first, and alone.
    assert await api.result("getUpdates") == [before]
    (after,) = await api.result("getUpdates", offset=before["update_id"] + 1)
    assert (after["update_id"], after["message"]["text"]) == (100, "after")
    assert await api.result("getUpdates", offset=101) == []


async def test_one_press_can_come_under_several_ids(api: Client, sim: Simulator, ana: Phone) -> None:
    pressed = ana.presses("x", 1)
    assert pressed is not None
    sim.duplicate_press(pressed, copies=2)
    updates = await api.result("getUpdates")
    assert len({update["update_id"] for update in updates}) == 3
    assert len({update["callback_query"]["id"] for update in updates}) == 1
