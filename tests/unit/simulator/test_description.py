"""Every call and every answer agrees with the published description of the Bot API."""

from typing import Any

import aiohttp
import pytest

from bot.simulator import Phone, Simulator
from bot.simulator.methods import METHOD_NAMES
from tests.support.bot_api import ABSENT, BotApi
from tests.unit.simulator.client import Client

DESCRIPTION = BotApi.load()
NEEDED = pytest.mark.skipif(DESCRIPTION is None, reason=ABSENT)
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}], [{"text": "Site", "url": "https://example.org"}]]}
PNG = b"\x89PNG picture"


@pytest.fixture
def description() -> BotApi:
    assert DESCRIPTION
    return DESCRIPTION


async def play(api: Client, ana: Phone) -> None:
    """A session that touches every method."""
    await api.result("getMe")
    await play_sending(api, {"chat_id": ana.user_id}, ana)
    await play_editing(api, {"chat_id": ana.user_id}, ana)
    await play_settings(api, {"chat_id": ana.user_id}, ana)


async def play_sending(api: Client, chat: dict[str, Any], ana: Phone) -> None:
    form = aiohttp.FormData({"chat_id": str(ana.user_id), "caption": "<i>Look</i>", "parse_mode": "HTML"})
    form.add_field("photo", PNG, filename="a.png")
    photo = (await api.upload("sendPhoto", form))["result"]["photo"][0]["file_id"]
    voice, video = ana.sends_voice()["voice"]["file_id"], ana.sends_video()["video"]["file_id"]
    document, sticker = ana.sends_document()["document"]["file_id"], ana.sends_sticker()["sticker"]["file_id"]
    await api.result("sendVoice", **chat, voice=voice, disable_notification=True)
    await api.result("sendVideo", **chat, video=video, protect_content=True)
    await api.result("sendAudio", **chat, audio=ana.sends_audio()["audio"]["file_id"], caption="Singing")
    await api.result("sendVideoNote", **chat, video_note=ana.sends_video_note()["video_note"]["file_id"])
    await api.result("sendAnimation", **chat, animation=ana.sends_animation()["animation"]["file_id"], caption="Ha")
    await api.result("sendDocument", **chat, document=document, reply_parameters={"message_id": 1})
    await api.result("sendSticker", **chat, sticker=sticker)
    await api.result("sendLocation", **chat, latitude=51.5, longitude=0)
    album = [{"type": "photo", "media": photo, "caption": "Two"}, {"type": "photo", "media": photo}]
    await api.result("sendMediaGroup", **chat, media=album)
    await api.result("sendChatAction", **chat, action="typing")
    await api.result("copyMessage", **chat, from_chat_id=ana.user_id, message_id=1)
    await api.result("forwardMessage", **chat, from_chat_id=ana.user_id, message_id=1)
    await api.result("getFile", file_id=voice)


async def play_editing(api: Client, chat: dict[str, Any], ana: Phone) -> None:
    text = {"text": "<b>Well?</b> <a href='https://example.org'>x</a>", "parse_mode": "HTML", "reply_markup": YES}
    effect = "5107584321108051014"
    place = {
        **chat,
        "message_id": (await api.result("sendMessage", **chat, **text, message_effect_id=effect))["message_id"],
    }
    ana.taps("Yes")
    ana.reacts(place["message_id"], "👍")
    for update in await api.result("getUpdates"):
        if query := update.get("callback_query"):
            await api.result("answerCallbackQuery", callback_query_id=query["id"], text="Thanks", show_alert=False)
    await api.result("editMessageText", **place, text="Good", reply_markup=YES)
    await api.result("editMessageReplyMarkup", **place)
    await api.result("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👍"}])
    await api.result("pinChatMessage", **place, disable_notification=True)
    photo = ana.sends_photo()["photo"][-1]["file_id"]
    pictured = {**chat, "message_id": (await api.result("sendPhoto", **chat, photo=photo))["message_id"]}
    await api.result("editMessageCaption", **pictured, caption="A caption")
    await api.result("editMessageMedia", **pictured, media={"type": "photo", "media": photo, "caption": "Another"})
    await api.result("deleteMessage", **pictured)
    await api.result("deleteMessages", **chat, message_ids=[1, 2])


async def play_settings(api: Client, chat: dict[str, Any], ana: Phone) -> None:
    scope = {"type": "chat", **chat}
    await api.result("setMyCommands", commands=[{"command": "help", "description": "Help"}], scope=scope)
    await api.result("getMyCommands", scope=scope, language_code="en")
    await api.result("deleteMyCommands", scope={"type": "all_private_chats"})
    await api.result("setMyName", name="Homenotes")
    await api.result("setMyDescription", description="Notes from home")
    await api.result("setMyShortDescription", short_description="Notes")
    await api.result("setChatMenuButton", **chat, menu_button={"type": "commands"})
    await api.result("getChat", **chat)
    await api.result("getChatMember", **chat, user_id=ana.user_id)
    await api.result("leaveChat", chat_id=ana.adds_bot_to_group().id)
    await api.result("setWebhook", url="http://127.0.0.1:9/hook", secret_token="x", allowed_updates=["message"])
    await api.result("getWebhookInfo")
    await api.result("deleteWebhook", drop_pending_updates=False)


@NEEDED
async def test_a_session_with_every_method_agrees_with_the_description(
    api: Client, sim: Simulator, ana: Phone, description: BotApi
) -> None:
    await play(api, ana)
    problems = []
    for call in sim.calls:
        problems += description.check_call(call.method, call.params)
        problems += description.check_result(call.method, call.response["result"])
    assert problems == []
    assert {call.method for call in sim.calls} == set(METHOD_NAMES.values())


@NEEDED
async def test_every_update_of_a_phone_agrees_with_the_description(
    api: Client, ana: Phone, description: BotApi
) -> None:
    await api.result("getUpdates", allowed_updates=["message", "edited_message", "message_reaction", "my_chat_member"])
    note = ana.sends("/note one")
    ana.edits(note, "two")
    ana.replies("three", to=note)
    ana.reacts(note, "👍")
    for send in (ana.sends_voice, ana.sends_photo, ana.sends_album, ana.sends_video, ana.sends_document):
        send()
    for send_played in (ana.sends_audio, ana.sends_video_note, ana.sends_animation):
        send_played()
    for send_other in (ana.sends_sticker, ana.sends_location, ana.sends_contact, ana.sends_poll, ana.sends_dice):
        send_other()
    ana.forwards("four")
    ana.blocks()
    ana.unblocks()
    ana.adds_bot_to_group()
    updates = await api.result("getUpdates")
    assert len(updates) == 23
    assert [line for update in updates for line in description.check_update(update)] == []


@NEEDED
async def test_presses_agree_with_the_description(api: Client, ana: Phone, description: BotApi) -> None:
    await api.result("sendMessage", chat_id=ana.user_id, text="?", reply_markup=YES)
    ana.taps("Yes")
    ana.presses("forged", 12345)
    updates = await api.result("getUpdates")
    assert [line for update in updates for line in description.check_update(update)] == []
    assert len(updates) == 2


@NEEDED
@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"chat_id": 1}, "sendMessage.text: missing"),
        ({"chat_id": 1, "text": "x", "txet": "x"}, "sendMessage.txet: unknown"),
        ({"chat_id": 1, "text": 7}, "sendMessage.text: 7 is not of type String"),
        ({"chat_id": True, "text": "x"}, "sendMessage.chat_id: True is not of type Integer"),
        (
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "y"}]]}},
            "sendMessage.reply_markup.inline_keyboard[0][0].text: missing",
        ),
        ({"chat_id": 1, "text": "x", "entities": {}}, "sendMessage.entities: {} is not an array"),
    ],
)
def test_a_wrong_call_is_found(description: BotApi, params: dict[str, Any], problem: str) -> None:
    assert description.check_call("sendMessage", params) == [problem]


@NEEDED
def test_a_wrong_result_is_found(description: BotApi) -> None:
    message = {"message_id": 1, "date": 2, "chat": {"id": 3, "type": "private"}}
    assert description.check_result("sendMessage", message) == []
    assert description.check_result("sendMessage", message | {"date": "2"}) == [
        "sendMessage.date: '2' is not of type Integer"
    ]
    assert description.check_result("getChatMember", {"status": "guest", "user": {}}) != []
    assert description.check_call("sendMassage", {}) == ["sendMassage: no such method"]
