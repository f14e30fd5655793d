"""Everything that a phone, a channel or a business can send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.model import Json
from bot.simulator import Phone
from bot.storage import schema
from tests.support.safety import exported, kept, safe
from tests.support.world import Person, World


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


def said(person: Person) -> list[str]:
    return [one.text for one in person.screen if not one.mine]


async def consented(world: World) -> Person:
    ana = await family(world)
    for action in ("sends_voice", "sends_photo"):
        await ana.does(action)
        await ana.taps("Yes, keep it")
    return ana


LARGE = 21 * 1024 * 1024
KEPT: dict[str, tuple[str, Callable[[Phone], Any]]] = {
    "a photo": ("photo", lambda phone: phone.sends_photo("Her tower")),
    "a voice note": ("voice", lambda phone: phone.sends_voice()),
    "a sound file": ("audio", lambda phone: phone.sends_audio()),
    "a video of 21 MB": ("video", lambda phone: phone.sends_video(LARGE)),
    "a round video": ("video_note", lambda phone: phone.sends_video_note()),
    "a short film": ("animation", lambda phone: phone.sends_animation()),
    "a file of 21 MB": ("document", lambda phone: phone.sends_document(LARGE)),
}


@pytest.mark.parametrize("what", KEPT)
async def test_fault_20_what_can_be_kept_is_kept_with_one_acknowledgement(world: World, what: str) -> None:
    """It stands in the export with its kind and file, however large it is."""
    ana = await consented(world)
    kind, send = KEPT[what]
    before = len(said(ana))
    send(ana.phone)
    await world.settle()
    [child] = await exported(world)
    assert child["notes"][-1]["media"]["kind"] == kind
    assert said(ana)[before:] == [ana.newest.text]
    assert ana.newest.text.startswith("✓ Kept safely")
    await safe(world, "Mika")


CANNOT: dict[str, Callable[[Phone], Any]] = {
    "a sticker": lambda phone: phone.sends_sticker(),
    "a location": lambda phone: phone.sends_location(),
    "a contact": lambda phone: phone.sends_contact("+4912345678", "Canary Lopez"),
    "a poll": lambda phone: phone.sends_poll(),
    "a die": lambda phone: phone.sends_dice(),
}


@pytest.mark.parametrize("what", CANNOT)
async def test_fault_20_what_cannot_be_kept_is_said_kindly(world: World, what: str) -> None:
    """One line that says so; nothing of it is stored."""
    ana = await family(world)
    before = len(said(ana))
    CANNOT[what](ana.phone)
    await world.settle()
    assert said(ana)[before:] == ["I can keep words, voice notes, photos, videos and files.\nThis one I cannot keep."]
    assert (await exported(world))[0]["notes"] == []
    await safe(world, "Mika", "Canary", "4912345678")


async def test_fault_20_an_album_is_one_message(world: World) -> None:
    """Ten pictures, one acknowledgement; each picture stands in the export once."""
    ana = await consented(world)
    before = len(said(ana))
    await ana.does("sends_album", 10, "The whole day")
    assert len(said(ana)) == before + 1
    assert len((await exported(world))[0]["notes"]) == 12
    assert (await kept(world)).count("The whole day") == 1
    await safe(world, "Mika")


async def test_fault_20_a_forward_is_kept_as_what_it_is(world: World) -> None:
    """Its words are a note, also where we had asked for a nickname: somebody else's words are no answer to that."""
    ana = await family(world)
    await ana.does("forwards", "The school wrote about today")
    assert await kept(world) == ["The school wrote about today"]
    await safe(world, "Mika")


async def test_fault_20_a_message_made_with_another_bot_is_kept(world: World) -> None:
    """via_bot: the parent chose to send it."""
    ana = await family(world)
    helper = {"id": 4242, "is_bot": True, "first_name": "Helper", "username": "helper_bot"}
    ana.phone.sends_content({"text": "A poem about Mika", "via_bot": helper})
    await world.settle()
    assert await kept(world) == ["A poem about Mika"]
    await safe(world, "Mika")


async def test_fault_20_a_press_under_a_message_that_is_out_of_reach_still_answers(world: World) -> None:
    """Telegram gives an inaccessible message with a press; the answer counts, and the check-in goes on."""
    ana = await family(world)
    await ana.sends("/checkin")
    shown = ana.sees("How was")
    button = next(one for one in shown.all_buttons if "Good" in one.label)
    message = ana.phone.chat.messages[shown.message_id]
    ana.phone.chat.messages[shown.message_id] = {"chat": ana.phone.chat.info, "message_id": shown.message_id, "date": 0}
    ana.phone.presses(button.data or "", shown)
    ana.phone.chat.messages[shown.message_id] = message
    await world.settle()
    ana.sees("Anything Dana should know?")
    await safe(world, "Mika")


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
