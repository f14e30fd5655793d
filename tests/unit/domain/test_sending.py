"""What is said becomes rows: the very JSON that Telegram gets, in as many calls as it takes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.domain import sending, splitting
from bot.model import CAPTION_LIMIT, TEXT_LIMIT, Button, Document, Effect, Media, Outgoing, Screen
from bot.storage.ids import PARTS, new_id
from tests.support.bot_api import ABSENT, BotApi

CHAT = 1001
BUTTON = ((Button("Next", "x"),),)
KEYBOARD = {"inline_keyboard": [[{"text": "Next", "callback_data": "x"}]]}


def rows(screen: Screen, **about: Any) -> list[dict[str, Any]]:
    [prepared] = sending.prepare([Outgoing(new_id(), CHAT, screen, **about)], 5)
    return list(prepared.rows)


def calls(screen: Screen, **about: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(row["method"], json.loads(row["payload"])) for row in rows(screen, **about)]


def test_words_are_one_message() -> None:
    assert calls(Screen("<b>Hi</b>", BUTTON)) == [
        (
            "sendMessage",
            {
                "chat_id": CHAT,
                "text": "<b>Hi</b>",
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
                "reply_markup": KEYBOARD,
            },
        )
    ]


def test_buttons_and_the_effect_stand_with_the_last_part_and_the_manner_with_every_one() -> None:
    long = Screen("word " * 2_000, BUTTON, silent=True, protected=True, effect=Effect.HEART)
    parts = [payload for _, payload in calls(long)]
    assert len(parts) == 3
    assert ["reply_markup" in part for part in parts] == [False, False, True]
    assert [part.get("message_effect_id") for part in parts] == [None, None, Effect.HEART]
    assert all(part["protect_content"] and part["disable_notification"] for part in parts)


@pytest.mark.parametrize("words", [20_000, 300_000])
def test_the_parts_of_a_message_keep_to_their_own_ids_and_only_the_last_is_the_message(words: int) -> None:
    message = new_id()
    [prepared] = sending.prepare([Outgoing(message, CHAT, Screen("word " * (words // 5)))], 5)
    ids = [row["id"] for row in prepared.rows]
    known_as = [row["message_id"] for row in prepared.rows]
    assert ids == sorted(set(ids))
    assert max(ids + known_as) < message + PARTS
    assert known_as[-1] == message
    assert len(set(known_as)) == len(known_as)


@pytest.mark.parametrize("kind", ["photo", "voice", "audio", "video", "animation", "document"])
def test_a_medium_has_its_words_as_caption(kind: str) -> None:
    [(method, payload)] = calls(Screen("Mika", BUTTON, Media(kind, "file"), protected=True))
    assert (method, payload[kind], payload["caption"]) == (f"send{kind.title()}", "file", "Mika")
    assert payload["reply_markup"] == KEYBOARD
    assert payload["protect_content"]


def test_what_is_too_long_for_a_caption_follows_as_a_message() -> None:
    text = "word " * 300
    medium, words = calls(Screen(text, BUTTON, Media("voice", "file"), protected=True))
    assert splitting.visible(text) > CAPTION_LIMIT
    assert ("caption" in medium[1], "reply_markup" in medium[1]) == (False, False)
    assert (words[1]["text"], words[1]["reply_markup"]) == (text, KEYBOARD)
    assert medium[1]["protect_content"]
    assert words[1]["protect_content"]


def test_a_picture_of_our_own_goes_with_the_row() -> None:
    [row] = rows(Screen("A chart", photo=b"PNG"))
    assert (row["method"], row["upload"], json.loads(row["payload"])["photo"]) == (
        "sendPhoto",
        b"PNG",
        "attach://picture.png",
    )


def test_a_document_goes_with_the_row_under_its_name() -> None:
    [row] = rows(Screen("Yours", BUTTON, document=Document("notes.json", b"{}")))
    payload = json.loads(row["payload"])
    assert (row["method"], row["upload"], payload["document"], payload["caption"], payload["reply_markup"]) == (
        "sendDocument",
        b"{}",
        "attach://notes.json",
        "Yours",
        KEYBOARD,
    )


def test_a_file_of_somebody_is_never_taken_for_one_of_ours() -> None:
    [row] = rows(Screen("A photo", media=Media("photo", "my-picture")))
    assert row["upload"] is None


def test_an_edit_that_is_too_long_says_that_there_is_more() -> None:
    [(method, payload)] = calls(Screen("<b>" + "word " * 2_000 + "</b>", BUTTON), edits=7)
    assert method == "editMessageText"
    assert payload["text"].endswith("</b>\n…")
    assert splitting.visible(payload["text"]) <= TEXT_LIMIT
    assert payload["reply_markup"] == KEYBOARD


def test_a_reaction_is_one_call() -> None:
    reaction = [{"type": "emoji", "emoji": "👍"}]
    assert calls(Screen("👍"), reaction_to=9) == [
        ("setMessageReaction", {"chat_id": CHAT, "message_id": 9, "reaction": reaction})
    ]


def test_half_characters_and_nul_go_out_as_something_that_can_be_read() -> None:
    [(_, payload)] = calls(Screen("a\x00b\ud83dc", ((Button("x\ud83d", "y"),),)))
    assert payload["text"] == "ab?c"
    assert payload["reply_markup"]["inline_keyboard"][0][0]["text"] == "x?"


@pytest.mark.parametrize("screen", [Screen(""), Screen("", media=Media("hologram", "x"))])
def test_what_cannot_be_shown_is_refused_when_it_is_prepared(screen: Screen) -> None:
    with pytest.raises((ValueError, KeyError)):
        sending.prepare([Outgoing(new_id(), CHAT, screen)], 5)


SCREENS = [
    Screen("Hi", BUTTON, silent=True, protected=True, effect=Effect.CONFETTI),
    Screen("Hi", ((Button("Site", url="https://example.org"),),)),
    Screen("word " * 2_000, BUTTON, protected=True),
    Screen("Mika", BUTTON, Media("voice", "file"), protected=True),
    Screen("", media=Media("video_note", "file"), protected=True),
]


@pytest.mark.parametrize("screen", SCREENS)
def test_every_call_is_as_the_bot_api_describes_it(screen: Screen) -> None:
    described = BotApi.load()
    if described is None:
        pytest.skip(ABSENT)
    for method, payload in [*calls(screen), *calls(Screen("👍"), reaction_to=9)]:
        assert described.check_call(method, payload) == []
