"""What may be sent, and the words of the refusals."""

from typing import Any

import aiohttp
import pytest

from bot.simulator import Phone, Simulator
from tests.unit.simulator.client import Client

PNG = b"\x89PNG\r\n\x1a\n picture"


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


async def test_a_chat_that_never_spoke_is_not_found(api: Client, sim: Simulator) -> None:
    stranger = sim.phone("Stranger")
    assert await api.refusal("sendMessage", chat_id=stranger.user_id, text="x") == (400, "Bad Request: chat not found")


async def test_a_missing_chat_id_is_refused(api: Client) -> None:
    assert await api.refusal("sendMessage", text="x") == (400, "Bad Request: chat_id is empty")


async def test_a_blocked_bot_is_told_so_until_unblocked(api: Client, ana: Phone) -> None:
    ana.blocks()
    refused = (403, "Forbidden: bot was blocked by the user")
    assert await api.refusal("sendMessage", chat_id=ana.user_id, text="x") == refused
    ana.unblocks()
    assert await api.result("sendMessage", chat_id=ana.user_id, text="x")


async def test_a_deleted_account_is_deactivated(api: Client, ana: Phone) -> None:
    ana.deletes_account()
    refused = (403, "Forbidden: user is deactivated")
    assert await api.refusal("sendMessage", chat_id=ana.user_id, text="x") == refused


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "message text is empty"),
        ("", "message text is empty"),
        (" \n\u200b", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
async def test_a_text_that_is_empty_or_too_long_is_refused(
    api: Client, ana: Phone, text: str | None, words: str
) -> None:
    assert await api.refusal("sendMessage", chat_id=ana.user_id, text=text) == (400, f"Bad Request: {words}")
    assert not ana.shows("x")


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "&lt;" * 4096, "<b>" + "x" * 4096 + "</b>"])
async def test_text_is_measured_after_parsing_in_utf16_units(api: Client, ana: Phone, text: str) -> None:
    assert await api.result("sendMessage", chat_id=ana.user_id, text=text, parse_mode="HTML")


async def test_a_caption_is_at_most_1024(api: Client, ana: Phone) -> None:
    photo = ana.sends_photo()["photo"][-1]["file_id"]
    assert await api.result("sendPhoto", chat_id=ana.user_id, photo=photo, caption="x" * 1024)
    refused = await api.refusal("sendPhoto", chat_id=ana.user_id, photo=photo, caption="x" * 1025)
    assert refused == (400, "Bad Request: message caption is too long")


async def test_an_unknown_parse_mode_is_refused(api: Client, ana: Phone) -> None:
    refused = await api.refusal("sendMessage", chat_id=ana.user_id, text="x", parse_mode="BBCode")
    assert refused == (400, "Bad Request: unsupported parse_mode")


@pytest.mark.parametrize(("data", "fits"), [("x" * 64, True), ("x" * 65, False), ("é" * 33, False), ("", False)])
async def test_callback_data_is_1_to_64_bytes(api: Client, ana: Phone, data: str, fits: bool) -> None:
    markup = keyboard({"text": "Yes", "callback_data": data})
    answer = await api.ask("sendMessage", chat_id=ana.user_id, text="?", reply_markup=markup)
    assert answer["ok"] is fits
    assert fits or answer["description"] == "Bad Request: BUTTON_DATA_INVALID"


BUTTON = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("no json", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"keyboard": ["x"]}, 'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays'),
        ({"keyboard": [[{}]]}, "can't parse keyboard button: Can't find field \"text\""),
        ({"keyboard": [[7]]}, "can't parse keyboard button: KeyboardButton must be an Object"),
        (keyboard("Yes"), f"{BUTTON}InlineKeyboardButton must be an Object"),
        (keyboard({"callback_data": "y"}), f'{BUTTON}Can\'t find field "text"'),
        (keyboard({"text": 7, "callback_data": "y"}), f'{BUTTON}Field "text" must be of type String'),
        (keyboard({"text": "Yes"}), f"{BUTTON}Text buttons are unallowed in the inline keyboard"),
        (keyboard({"text": "Yes", "callback_data": 7}), f'{BUTTON}Field "callback_data" must be of type String'),
        (keyboard({"text": "A", "url": "a b"}), "inline keyboard button URL 'a b' is invalid: Wrong HTTP URL"),
        (keyboard(*[{"text": "A", "callback_data": "a"}] * 101), "reply markup is too long"),
    ],
)
async def test_a_malformed_keyboard_is_refused(api: Client, ana: Phone, markup: Any, words: str) -> None:
    refused = await api.refusal("sendMessage", chat_id=ana.user_id, text="?", reply_markup=markup)
    assert refused == (400, f"Bad Request: {words}")


async def test_an_unknown_effect_is_refused(api: Client, ana: Phone) -> None:
    refused = await api.refusal("sendMessage", chat_id=ana.user_id, text="x", message_effect_id="1")
    assert refused == (400, "Bad Request: EFFECT_ID_INVALID")
    await api.result("sendMessage", chat_id=ana.user_id, text="Yes!", message_effect_id="5046509860389126442")
    assert ana.sees("Yes!").effect_id == "5046509860389126442"


async def test_a_reply_to_nothing_is_refused_unless_allowed(api: Client, ana: Phone) -> None:
    reply: dict[str, Any] = {"message_id": 999}
    refused = await api.refusal("sendMessage", chat_id=ana.user_id, text="x", reply_parameters=reply)
    assert refused == (400, "Bad Request: message to be replied not found")
    reply["allow_sending_without_reply"] = True
    assert await api.result("sendMessage", chat_id=ana.user_id, text="x", reply_parameters=reply)


async def test_a_reply_shows_what_it_replies_to(api: Client, ana: Phone) -> None:
    question = ana.sends("Why?")["message_id"]
    await api.result("sendMessage", chat_id=ana.user_id, text="So.", reply_parameters={"message_id": question})
    assert ana.sees("So.").reply_to == question


async def test_silent_and_protected_messages_are_shown_as_such(api: Client, ana: Phone) -> None:
    flags = {"disable_notification": True, "protect_content": True}
    await api.result("sendMessage", chat_id=ana.user_id, text="hush", **flags)
    await api.result("sendMessage", chat_id=ana.user_id, text="loud")
    assert (ana.sees("hush").silent, ana.sees("hush").protected) == (True, True)
    assert (ana.sees("loud").silent, ana.sees("loud").protected) == (False, False)


@pytest.mark.parametrize("flag", ["protect_content", "disable_notification"])
@pytest.mark.parametrize("given", [1, 0, [], {}])
async def test_a_flag_that_is_no_boolean_is_refused(api: Client, ana: Phone, flag: str, given: Any) -> None:
    refused = await api.refusal("sendMessage", chat_id=ana.user_id, text="x", **{flag: given})
    assert refused == (400, f"Bad Request: {flag} must be a Boolean")


async def test_an_effect_plays_in_a_private_chat_only(api: Client, ana: Phone) -> None:
    group = ana.adds_bot_to_group()
    effect = "5046509860389126442"
    refused = await api.refusal("sendMessage", chat_id=group.id, text="x", message_effect_id=effect)
    assert refused == (400, "Bad Request: EFFECT_ID_INVALID")


async def test_effects_and_protection_stand_in_a_transcript(api: Client, ana: Phone) -> None:
    effect = "5046509860389126442"
    await api.result("sendMessage", chat_id=ana.user_id, text="Yes!", message_effect_id=effect, protect_content=True)
    assert "Yes! 🎉✨ 🔒" in ana.transcript()


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        ("no such id", "wrong file identifier/HTTP URL specified"),
        (None, "there is no photo in the request"),
        ("attach://nothing", "there is no photo in the request"),
        ("https://example.org/x.png", "failed to get HTTP URL content"),
    ],
)
async def test_a_file_that_is_not_there_is_refused(api: Client, ana: Phone, photo: str | None, words: str) -> None:
    refused = await api.refusal("sendPhoto", chat_id=ana.user_id, photo=photo)
    assert refused == (400, f"Bad Request: {words}")


async def test_a_file_of_another_kind_is_refused(api: Client, ana: Phone) -> None:
    voice = ana.sends_voice()["voice"]["file_id"]
    refused = await api.refusal("sendPhoto", chat_id=ana.user_id, photo=voice)
    assert refused == (400, "Bad Request: can't use file of type VoiceNote as Photo")


async def test_a_photo_that_is_no_picture_is_refused(api: Client, ana: Phone) -> None:
    form = aiohttp.FormData({"chat_id": str(ana.user_id)})
    form.add_field("photo", b"words", filename="a.png")
    assert (await api.upload("sendPhoto", form))["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_an_uploaded_photo_can_be_sent_again_by_its_id(api: Client, sim: Simulator, ana: Phone) -> None:
    form = aiohttp.FormData({"chat_id": str(ana.user_id), "caption": "Look"})
    form.add_field("photo", PNG, filename="a.png")
    sent = (await api.upload("sendPhoto", form))["result"]
    assert sim.calls[-1].params["photo"] == "attach://photo"
    await api.result("sendPhoto", chat_id=ana.user_id, photo=sent["photo"][-1]["file_id"])
    assert [shown.kind for shown in ana.screen[-2:]] == ["photo", "photo"]
    assert ana.sees("Look").file_id == sent["photo"][-1]["file_id"]


async def test_an_upload_may_be_attached_under_another_name(api: Client, sim: Simulator, ana: Phone) -> None:
    form = aiohttp.FormData({"chat_id": str(ana.user_id), "document": "attach://report"})
    form.add_field("report", b"%PDF", filename="week.pdf", content_type="application/pdf")
    sent = (await api.upload("sendDocument", form))["result"]
    assert sent["document"]["file_name"] == "week.pdf"
    assert set(sim.calls[-1].params) == {"chat_id", "document"}


async def test_a_file_can_be_downloaded(api: Client, ana: Phone) -> None:
    form = aiohttp.FormData({"chat_id": str(ana.user_id)})
    form.add_field("document", b"%PDF", filename="week.pdf")
    document = (await api.upload("sendDocument", form))["result"]["document"]
    path = (await api.result("getFile", file_id=document["file_id"]))["file_path"]
    root = api.base_url.removesuffix("bot")
    async with api.session.get(f"{root}file/bot{api.sim.token}/{path}") as response:
        assert await response.read() == b"%PDF"
    async with api.session.get(f"{root}file/bot{api.sim.token}/else") as response:
        assert response.status == 404
    async with api.session.get(f"{root}file/bot1:OTHER/{path}") as response:
        assert response.status == 401


async def test_a_file_over_20_megabytes_cannot_be_fetched(api: Client, ana: Phone) -> None:
    fits = ana.sends_video(file_size=20 * 1024 * 1024)["video"]["file_id"]
    assert await api.result("getFile", file_id=fits)
    big = ana.sends_video(file_size=20 * 1024 * 1024 + 1)["video"]["file_id"]
    assert await api.refusal("getFile", file_id=big) == (400, "Bad Request: file is too big")


async def test_an_unknown_file_id_is_refused(api: Client) -> None:
    refused = (400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert await api.refusal("getFile", file_id="x") == refused


async def test_an_album_goes_out_whole_or_not_at_all(api: Client, ana: Phone) -> None:
    photo = ana.sends_photo()["photo"][-1]["file_id"]
    good, bad = {"type": "photo", "media": photo, "caption": "Both"}, {"type": "photo", "media": "x"}
    before = len(ana.screen)
    await api.refusal("sendMediaGroup", chat_id=ana.user_id, media=[good, bad])
    assert len(ana.screen) == before
    album = await api.result("sendMediaGroup", chat_id=ana.user_id, media=[good, good])
    assert len({message["media_group_id"] for message in album}) == 1
    assert len(ana.screen) == before + 2


@pytest.mark.parametrize(
    ("count", "words"), [(0, "there are no messages to send"), (11, "too many messages to send as an album")]
)
async def test_an_album_of_a_wrong_size_is_refused(api: Client, ana: Phone, count: int, words: str) -> None:
    item = {"type": "photo", "media": ana.sends_photo()["photo"][-1]["file_id"]}
    refused = await api.refusal("sendMediaGroup", chat_id=ana.user_id, media=[item] * count)
    assert refused == (400, f"Bad Request: {words}")


async def test_a_message_can_be_copied_and_forwarded_to_another_chat(api: Client, sim: Simulator, ana: Phone) -> None:
    ben = sim.phone("Ben")
    ben.starts()
    voice = ana.sends_voice()
    where = {"chat_id": ben.user_id, "from_chat_id": ana.user_id}
    await api.result("copyMessage", **where, message_id=voice["message_id"], caption="From home")
    assert ben.sees("From home").file_id == voice["voice"]["file_id"]
    forwarded = await api.result("forwardMessage", **where, message_id=voice["message_id"])
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Ana"
    assert await api.refusal("copyMessage", **where, message_id=99) == (400, "Bad Request: message to copy not found")
    refused = (400, "Bad Request: message to forward not found")
    assert await api.refusal("forwardMessage", **where, message_id=99) == refused


async def test_an_unknown_chat_action_is_refused(api: Client, ana: Phone) -> None:
    refused = await api.refusal("sendChatAction", chat_id=ana.user_id, action="dancing")
    assert refused == (400, "Bad Request: wrong parameter action in request")
    assert await api.result("sendChatAction", chat_id=ana.user_id, action="typing")
    assert ana.chat.actions == ["typing"]


async def test_a_location_needs_both_numbers(api: Client, ana: Phone) -> None:
    refused = await api.refusal("sendLocation", chat_id=ana.user_id, latitude=1.5)
    assert refused == (400, "Bad Request: there is no location in the request")
    assert await api.result("sendLocation", chat_id=ana.user_id, latitude=1.5, longitude=2)
