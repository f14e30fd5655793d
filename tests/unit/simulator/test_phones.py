"""People with phones: what they do becomes updates, what the bot does becomes a screen."""

from typing import Any

import pytest

from bot.simulator import Phone, Simulator
from tests.unit.simulator.client import Client


def row(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()} for label in labels]]}


async def says(api: Client, ana: Phone, text: str, *labels: str) -> int:
    markup = {"reply_markup": row(*labels)} if labels else {}
    message = await api.result("sendMessage", chat_id=ana.user_id, text=text, **markup)
    return int(message["message_id"])


async def only_update(api: Client) -> Any:
    (update,) = await api.result("getUpdates")
    return update


async def pressed(api: Client) -> tuple[str, int]:
    query = (await only_update(api))["callback_query"]
    return query["data"], query["message"]["message_id"]


async def test_start_carries_its_code_and_is_marked_as_a_command(api: Client, sim: Simulator) -> None:
    sim.phone("Ben", last_name="B", username="ben", language_code="de").starts("abc")
    message = (await only_update(api))["message"]
    assert message["text"] == "/start abc"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "de"
    assert message["chat"]["username"] == "ben"


async def test_people_have_different_ids_and_own_chats(api: Client, sim: Simulator, ana: Phone) -> None:
    ben = sim.phone("Ben")
    ben.sends("hello")
    assert ben.user_id != ana.user_id
    ana.sees_nothing_of("hello")


async def test_only_words_that_look_like_commands_are_marked(ana: Phone) -> None:
    assert "entities" not in ana.sends("and/or 1/2 </b> /one/two")
    assert ana.sends("😀 /help")["entities"] == [{"type": "bot_command", "offset": 3, "length": 5}]


async def test_a_tap_prefers_the_newest_message_and_the_exact_label(api: Client, ana: Phone) -> None:
    await says(api, ana, "older", "Yes")
    newer = await says(api, ana, "newer", "Yes, but", "Yes")
    ana.taps("Yes")
    assert await pressed(api) == ("yes", newer)


async def test_a_tap_finds_a_part_of_a_label(api: Client, ana: Phone) -> None:
    number = await says(api, ana, "?", "😀 Very good")
    ana.taps("good")
    assert await pressed(api) == ("😀 very good", number)


async def test_a_tap_can_name_its_message(api: Client, ana: Phone) -> None:
    older = await says(api, ana, "older", "Yes")
    await says(api, ana, "newer", "Yes")
    ana.taps("Yes", message=ana.sees("older"))
    assert await pressed(api) == ("yes", older)


async def test_a_tap_on_nothing_fails_and_shows_the_screen(api: Client, ana: Phone) -> None:
    await says(api, ana, "How was it?", "Fine")
    with pytest.raises(AssertionError, match=r"(?s)no button 'Bad'.*How was it\?.*\[Fine\]"):
        ana.taps("Bad")


async def test_a_button_with_a_link_is_no_press(api: Client, ana: Phone) -> None:
    link = {"inline_keyboard": [[{"text": "Open", "url": "https://example.org"}]]}
    await api.result("sendMessage", chat_id=ana.user_id, text="x", reply_markup=link)
    with pytest.raises(AssertionError, match=r"opens https://example\.org"):
        ana.taps("Open")


async def test_the_first_button_is_that_of_the_newest_message_by_number(api: Client, ana: Phone) -> None:
    older = await says(api, ana, "older", "A")
    newer = await says(api, ana, "newer", "B", "C")
    await api.result(
        "editMessageText", chat_id=ana.user_id, message_id=older, text="edited later", reply_markup=row("D")
    )
    await says(api, ana, "no buttons")
    assert ana.buttons == ["B", "C"]
    ana.taps_first()
    assert await pressed(api) == ("b", newer)


async def test_there_must_be_a_first_button(ana: Phone) -> None:
    assert ana.buttons == []
    with pytest.raises(AssertionError, match="no buttons"):
        ana.taps_first()


async def test_a_forged_press_carries_any_data(api: Client, ana: Phone) -> None:
    ana.presses("'; drop", 12345)
    assert await pressed(api) == ("'; drop", 12345)


async def test_a_reply_carries_what_it_replies_to(api: Client, ana: Phone) -> None:
    number = await says(api, ana, "What did you see?")
    ana.replies("A dog", to=ana.sees("What did you see"))
    assert (await only_update(api))["message"]["reply_to_message"]["message_id"] == number
    assert ana.sees("A dog").reply_to == number


async def test_a_queued_update_keeps_the_text_it_had(api: Client, ana: Phone) -> None:
    note = ana.sends("/note frist")
    ana.edits(note, "first")
    sent, edited = await api.result("getUpdates")
    assert sent["message"]["text"] == "/note frist"
    assert edited["edited_message"]["text"] == "first"
    assert "entities" not in edited["edited_message"]
    assert edited["edited_message"]["edit_date"]
    assert [shown.text for shown in ana.screen if shown.mine] == ["/start", "first"]


async def test_a_caption_is_edited_as_a_caption(ana: Phone) -> None:
    photo = ana.sends_photo("befor")
    ana.edits(photo, "before")
    assert (ana.sees("before").kind, ana.sees("before").file_id) == ("photo", photo["photo"][-1]["file_id"])


async def test_every_kind_of_message_arrives(api: Client, ana: Phone) -> None:
    ana.sends_voice(seconds=14)
    ana.sends_video(file_size=21_000_000)
    ana.sends_document(file_size=5)
    ana.sends_sticker()
    ana.sends_location()
    ana.sends_contact()
    ana.sends_poll()
    ana.sends_dice()
    updates = await api.result("getUpdates")
    kinds = ["voice", "video", "document", "sticker", "location", "contact", "poll", "dice"]
    assert [kind for kind, update in zip(kinds, updates, strict=True) if kind in update["message"]] == kinds
    assert [shown.kind for shown in ana.screen[1:]] == kinds
    assert updates[0]["message"]["voice"]["duration"] == 14
    assert updates[1]["message"]["video"]["file_size"] == 21_000_000


async def test_an_album_is_several_messages_of_one_group(api: Client, ana: Phone) -> None:
    ana.sends_album(3, "At the lake")
    messages = [update["message"] for update in await api.result("getUpdates")]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["At the lake", None, None]
    assert len({message["photo"][-1]["file_id"] for message in messages}) == 3


async def test_a_forward_names_an_origin(api: Client, ana: Phone) -> None:
    ana.forwards("From elsewhere")
    assert (await only_update(api))["message"]["forward_origin"]["type"] == "hidden_user"


async def test_blocking_and_unblocking_are_told_to_the_bot(api: Client, ana: Phone) -> None:
    ana.blocks()
    ana.unblocks()
    changes = [update["my_chat_member"] for update in await api.result("getUpdates")]
    told = [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]
    assert told == [("member", "kicked"), ("kicked", "member")]


async def test_a_group_can_be_left(api: Client, ana: Phone) -> None:
    group = ana.adds_bot_to_group("Family")
    assert (await only_update(api))["my_chat_member"]["chat"]["title"] == "Family"
    assert await api.result("leaveChat", chat_id=group.id)
    assert (await api.ask("sendMessage", chat_id=group.id, text="x"))["error_code"] == 403
    refused = (400, "Bad Request: chat member status can't be changed in private chats")
    assert await api.refusal("leaveChat", chat_id=ana.user_id) == refused


async def test_a_screen_is_in_order_of_the_message_numbers(api: Client, ana: Phone) -> None:
    await says(api, ana, "Question", "Yes")
    ana.sends("Answer")
    assert [(shown.mine, shown.text) for shown in ana.screen] == [
        (True, "/start"),
        (False, "Question"),
        (True, "Answer"),
    ]
    assert ana.newest
    assert ana.newest.text == "Answer"
    assert ana.shows("Yes")


async def test_what_is_not_there_is_not_seen(ana: Phone) -> None:
    with pytest.raises(AssertionError, match=r"(?s)does not see 'Hello'.*/start"):
        ana.sees("Hello")
    with pytest.raises(AssertionError, match="Ana sees '/start'"):
        ana.sees_nothing_of("/start")


async def test_a_reply_keyboard_stays_until_it_is_removed(api: Client, ana: Phone) -> None:
    keyboard = {"keyboard": [["Yes", {"text": "No"}]], "resize_keyboard": True}
    await api.result("sendMessage", chat_id=ana.user_id, text="?", reply_markup=keyboard)
    await says(api, ana, "and?")
    assert ana.reply_keyboard == keyboard
    await api.result("sendMessage", chat_id=ana.user_id, text="!", reply_markup={"remove_keyboard": True})
    assert ana.reply_keyboard is None


async def test_a_reaction_of_a_person_shows_and_tells_old_and_new(api: Client, ana: Phone) -> None:
    await api.result("getUpdates", allowed_updates=["message_reaction"])
    number = await says(api, ana, "Well done")
    ana.reacts(number, "❤")
    assert ana.sees("Well done").reactions == ["❤"]
    ana.reacts(number, "")
    assert ana.sees("Well done").reactions == []
    _, taken_back = await api.result("getUpdates")
    assert taken_back["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "❤"}]
    assert taken_back["message_reaction"]["new_reaction"] == []


async def test_waiting_for_what_does_not_come_fails_and_shows_the_screens(sim: Simulator, ana: Phone) -> None:
    with pytest.raises(AssertionError, match=r"(?s)not so within 0 seconds.*Ana: /start"):
        await sim.until(lambda: ana.shows("Hello"), seconds=0)
