"""Edits, deletions, reactions and answers to presses."""

from typing import Any

import pytest

from bot.simulator import Phone, Simulator
from tests.unit.simulator.client import Client
from tests.unit.simulator.conftest import Clock

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a"
    " current content and reply markup of the message"
)
TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


async def sent(api: Client, ana: Phone, **params: Any) -> dict[str, Any]:
    """Where the message stands that has just been sent."""
    message = await api.result("sendMessage", chat_id=ana.user_id, **{"text": "Old", **params})
    return {"chat_id": ana.user_id, "message_id": message["message_id"]}


async def test_an_edit_shows_and_takes_the_keyboard_away(api: Client, ana: Phone) -> None:
    place = await sent(api, ana, reply_markup=YES)
    edited = await api.result("editMessageText", **place, text="<b>New</b>", parse_mode="HTML")
    assert edited["edit_date"]
    assert (ana.sees("New").buttons, ana.sees("New").edit_date) == ([], edited["edit_date"])
    ana.sees_nothing_of("Old")


async def test_an_edit_without_a_change_is_refused(api: Client, ana: Phone) -> None:
    place = await sent(api, ana, reply_markup=YES)
    assert await api.refusal("editMessageText", **place, text="Old", reply_markup=YES) == (400, UNCHANGED)
    assert await api.refusal("editMessageReplyMarkup", **place, reply_markup=YES) == (400, UNCHANGED)
    assert await api.result("editMessageText", **place, text="Old")
    assert await api.refusal("editMessageText", **place, text="Old") == (400, UNCHANGED)


async def test_an_edit_of_nothing_is_refused(api: Client, ana: Phone) -> None:
    refused = (400, "Bad Request: message to edit not found")
    assert await api.refusal("editMessageText", chat_id=ana.user_id, message_id=99, text="x") == refused


async def test_an_edit_of_a_deleted_message_is_refused(api: Client, ana: Phone) -> None:
    place = await sent(api, ana)
    ana.deletes(place["message_id"])
    assert await api.refusal("editMessageText", **place, text="x") == (400, "Bad Request: message to edit not found")


async def test_a_persons_message_cannot_be_edited(api: Client, ana: Phone) -> None:
    number = ana.sends("mine")["message_id"]
    refused = (400, "Bad Request: message can't be edited")
    assert await api.refusal("editMessageText", chat_id=ana.user_id, message_id=number, text="x") == refused


async def test_an_edit_is_checked_like_a_new_text(api: Client, ana: Phone) -> None:
    place = await sent(api, ana)
    assert await api.refusal("editMessageText", **place, text="") == (400, "Bad Request: message text is empty")
    assert await api.refusal("editMessageText", **place, text="x" * 4097) == (400, "Bad Request: message is too long")
    refused = (400, "Bad Request: inline keyboard expected")
    assert await api.refusal("editMessageText", **place, text="x", reply_markup={"force_reply": True}) == refused


async def test_text_and_caption_are_not_edited_as_each_other(api: Client, ana: Phone) -> None:
    place = await sent(api, ana)
    refused = (400, "Bad Request: there is no caption in the message to edit")
    assert await api.refusal("editMessageCaption", **place, caption="x") == refused
    photo = ana.sends_photo()["photo"][-1]["file_id"]
    place["message_id"] = (await api.result("sendPhoto", chat_id=ana.user_id, photo=photo))["message_id"]
    refused = (400, "Bad Request: there is no text in the message to edit")
    assert await api.refusal("editMessageText", **place, text="x") == refused
    assert await api.result("editMessageCaption", **place, caption="A caption")
    assert ana.shows("A caption")
    assert await api.refusal("editMessageCaption", **place, caption="A caption") == (400, UNCHANGED)


async def test_media_can_be_replaced(api: Client, ana: Phone) -> None:
    photo, other = (ana.sends_photo()["photo"][-1]["file_id"] for _ in range(2))
    message = await api.result("sendPhoto", chat_id=ana.user_id, photo=photo, caption="Before")
    place = {"chat_id": ana.user_id, "message_id": message["message_id"]}
    await api.result("editMessageMedia", **place, media={"type": "photo", "media": other, "caption": "After"})
    assert ana.sees("After").file_id == other
    ana.sees_nothing_of("Before")
    assert (await api.refusal("editMessageMedia", **place, media={"media": other}))[0] == 400


async def test_a_blocked_bot_cannot_edit(api: Client, ana: Phone) -> None:
    place = await sent(api, ana)
    ana.blocks()
    refused = (403, "Forbidden: bot was blocked by the user")
    assert await api.refusal("editMessageText", **place, text="x") == refused


async def test_a_deleted_message_is_gone_and_cannot_be_deleted_twice(api: Client, ana: Phone) -> None:
    place = await sent(api, ana)
    assert await api.result("deleteMessage", **place)
    ana.sees_nothing_of("Old")
    refused = (400, "Bad Request: message to delete not found")
    assert await api.refusal("deleteMessage", **place) == refused


async def test_a_message_can_be_deleted_for_48_hours(api: Client, ana: Phone, clock: Clock) -> None:
    first, second = await sent(api, ana), await sent(api, ana)
    clock.forward(hours=48)
    assert await api.result("deleteMessage", **first)
    clock.forward(seconds=1)
    refused = (400, "Bad Request: message can't be deleted for everyone")
    assert await api.refusal("deleteMessage", **second) == refused


async def test_several_are_deleted_as_far_as_they_are_there(api: Client, ana: Phone) -> None:
    place = await sent(api, ana)
    assert await api.result("deleteMessages", chat_id=ana.user_id, message_ids=[place["message_id"], 99])
    ana.sees_nothing_of("Old")
    refused = (400, "Bad Request: message identifiers are not specified")
    assert await api.refusal("deleteMessages", chat_id=ana.user_id, message_ids=[]) == refused
    refused = (400, "Bad Request: too many message identifiers specified")
    assert await api.refusal("deleteMessages", chat_id=ana.user_id, message_ids=list(range(1, 102))) == refused


async def test_of_several_one_that_is_too_old_spoils_it_for_all(api: Client, ana: Phone, clock: Clock) -> None:
    old = await sent(api, ana)
    clock.forward(hours=48, seconds=1)
    young = await sent(api, ana)
    both = {"chat_id": ana.user_id, "message_ids": [old["message_id"], young["message_id"]]}
    refused = (400, "Bad Request: message can't be deleted for everyone")
    assert await api.refusal("deleteMessages", **both) == refused


@pytest.mark.parametrize(
    ("reaction", "words"),
    [
        ([{"type": "emoji", "emoji": "🪴"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "❤"}], "REACTIONS_TOO_MANY"),
    ],
)
async def test_a_reaction_that_telegram_does_not_have_is_refused(
    api: Client, ana: Phone, reaction: list[dict[str, str]], words: str
) -> None:
    number = ana.sends("hm")["message_id"]
    refused = await api.refusal("setMessageReaction", chat_id=ana.user_id, message_id=number, reaction=reaction)
    assert refused == (400, f"Bad Request: {words}")


async def test_a_reaction_shows_and_can_be_taken_back(api: Client, ana: Phone) -> None:
    place = {"chat_id": ana.user_id, "message_id": ana.sends("hm")["message_id"]}
    await api.result("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert ana.sees("hm").reactions == ["👍"]
    await api.result("setMessageReaction", **place, reaction=[])
    assert ana.sees("hm").reactions == []
    refused = (400, "Bad Request: message to react not found")
    assert await api.refusal("setMessageReaction", chat_id=ana.user_id, message_id=99) == refused


async def test_a_press_is_answered_within_150_seconds(api: Client, ana: Phone, clock: Clock) -> None:
    await sent(api, ana, reply_markup=YES)
    ana.taps("Yes")
    (update,) = await api.result("getUpdates")
    query = update["callback_query"]["id"]
    clock.forward(seconds=150)
    assert await api.result("answerCallbackQuery", callback_query_id=query, text="Thanks", show_alert=True)
    assert [(answer.text, answer.show_alert) for answer in ana.answers] == [("Thanks", True)]
    clock.forward(seconds=1)
    assert await api.refusal("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_an_unknown_press_cannot_be_answered(api: Client) -> None:
    assert await api.refusal("answerCallbackQuery", callback_query_id="7") == TOO_OLD


async def test_an_answer_is_at_most_200_long(api: Client, ana: Phone) -> None:
    ana.presses("x", 1)
    (update,) = await api.result("getUpdates")
    query = {"callback_query_id": update["callback_query"]["id"]}
    assert await api.refusal("answerCallbackQuery", **query, text="x" * 201) == (400, "Bad Request: MESSAGE_TOO_LONG")


async def test_a_message_can_be_pinned(api: Client, sim: Simulator, ana: Phone) -> None:
    place = await sent(api, ana)
    assert await api.result("pinChatMessage", **place)
    assert (await api.result("getChat", chat_id=ana.user_id))["pinned_message"]["text"] == "Old"
    refused = (400, "Bad Request: message to pin not found")
    assert await api.refusal("pinChatMessage", chat_id=ana.user_id, message_id=99) == refused
