"""What is said elsewhere: in groups, in channels, in the name of a business. It is not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.model import Json
from bot.storage import schema
from tests.support.safety import kept, safe
from tests.support.world import Person, World


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


def said(person: Person) -> list[str]:
    return [one.text for one in person.screen if not one.mine]


GROUP: Json = {"id": -100123, "type": "supergroup", "title": "Canary group"}
CHANNEL: Json = {"id": -100456, "type": "channel", "title": "Canary channel"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def message_in(chat: Json, **more: Any) -> Json:
    return {"message_id": 77, "date": 1_800_000_000, "chat": chat, "text": "canary words", **more}


def business(person: Person) -> Json:
    return {**message_in(person.phone.chat.info), "from": person.phone.user, "business_connection_id": "b1"}


ELSEWHERE: dict[str, Callable[[Person], Json]] = {
    "a channel post": lambda _: {"channel_post": message_in(CHANNEL, sender_chat=CHANNEL)},
    "an edited channel post": lambda _: {"edited_channel_post": message_in(CHANNEL, edit_date=1_800_000_001)},
    "an anonymous admin": lambda _: {"message": {**message_in(GROUP, sender_chat=GROUP), "from": ANONYMOUS}},
    "a parent in a group": lambda ana: {"message": {**message_in(GROUP), "from": ana.phone.user}},
    "a parent who edits in a group": lambda ana: {
        "edited_message": {**message_in(GROUP, edit_date=1_800_000_001), "from": ana.phone.user}
    },
    "a business message": lambda ana: {"business_message": business(ana)},
    "an edited business message": lambda ana: {"edited_business_message": business(ana)},
    "deleted business messages": lambda ana: {
        "deleted_business_messages": {
            "business_connection_id": "b1",
            "chat": ana.phone.chat.info,
            "message_ids": [1, 2],
        }
    },
    "a guest message": lambda ana: {"guest_message": {**message_in(GROUP, guest_query_id="g"), "from": ana.phone.user}},
    "a reaction": lambda ana: {
        "message_reaction": {
            "chat": ana.phone.chat.info,
            "message_id": 1,
            "user": ana.phone.user,
            "date": 1_800_000_000,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    },
    "an inline query": lambda ana: {
        "inline_query": {"id": "5", "from": ana.phone.user, "query": "canary words", "offset": ""}
    },
    "a press in a group": lambda ana: {
        "callback_query": {
            "id": "9",
            "from": ana.phone.user,
            "message": {**message_in(GROUP), "from": ANONYMOUS},
            "chat_instance": "1",
            "data": "do:settings",
        }
    },
    "a press under an inline message": lambda ana: {
        "callback_query": {
            "id": "9",
            "from": ana.phone.user,
            "inline_message_id": "x",
            "chat_instance": "1",
            "data": "do:settings",
        }
    },
}


@pytest.mark.parametrize("where", ELSEWHERE)
async def test_fault_20_what_is_said_elsewhere_is_not_read(world: World, where: str) -> None:
    """Nothing is stored, nothing is answered, nothing dies; a group or a channel is left."""
    ana = await family(world)
    update = ELSEWHERE[where](ana)
    before, calls = len(ana.screen), len(world.sim.calls)
    world.sim.raw_update(update)
    await world.settle()
    assert len(ana.screen) == before
    assert await kept(world) == []
    assert await world.rows(schema.dead_update.select()) == []
    in_group = any(isinstance(part, dict) and part.get("chat", part.get("message", {}).get("chat")) in (GROUP, CHANNEL)
                   for part in update.values())  # fmt: skip
    left = "leaveChat" in [call.method for call in list(world.sim.calls)[calls:]]
    assert left == in_group
    await ana.sends("still here")
    assert await kept(world) == ["still here"]
    await safe(world, "Mika", "canary")


async def test_fault_20_a_group_that_adds_us_is_left_each_time(world: World) -> None:
    """Once for being added; what is said there meanwhile is read by nobody."""
    ana = await family(world)
    group = await ana.does("adds_bot_to_group")
    await ana.does("sends_to_group", group, "canary words of the family")
    await ana.does("sends_to_group", group, "/start@homenotes_bot")
    assert [call.method for call in world.sim.calls].count("sendMessage") == len(said(ana)) + len(
        said(world.people["Dana"])
    )
    assert await kept(world) == []
    await safe(world, "Mika", "canary")
