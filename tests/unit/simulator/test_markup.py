"""HTML as Telegram reads it."""

from typing import Any

import pytest

from bot.simulator import Phone
from bot.simulator.errors import ApiError
from bot.simulator.markup import parse_html
from tests.unit.simulator.client import Client


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("I <3 you", 'Unsupported start tag "3" at byte offset 2'),
        ("<3", "Unclosed start tag at byte offset 0"),
        ("ü<script>x</script>", 'Unsupported start tag "script" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("a <i x", 'Unclosed start tag "i" at byte offset 2'),
        ("a <i x =  ", 'Unclosed start tag "i" at byte offset 2'),
        ("a <i =x>", 'Empty attribute name in the tag "i" at byte offset 2'),
        ("a <i x=a,b>", "Unexpected end of name token at byte offset 7"),
        ('a <a href="x>', "Unclosed start tag at byte offset 2"),
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>open</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("closed</b>", "Unexpected end tag at byte offset 6"),
        ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
        ("<i>a</em>", 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&lt;3 &amp; &quot;x&quot; &#128512;&#x1F600;", '<3 & "x" 😀😀', []),
        ("&copy; &#0; &#xD800; & ;", "&copy; &#0; &#xD800; & ;", []),
        ("😀<b>x</b>", "😀x", [{"type": "bold", "offset": 2, "length": 1}]),
        ("<strong>a</strong>", "a", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<EM>a</em>", "a", [{"type": "italic", "offset": 0, "length": 1}]),
        ("<ins>a</ins>", "a", [{"type": "underline", "offset": 0, "length": 1}]),
        ("<strike>a</strike>", "a", [{"type": "strikethrough", "offset": 0, "length": 1}]),
        ("<code>a</code>", "a", [{"type": "code", "offset": 0, "length": 1}]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ('<span class="tg-spoiler">a</span>', "a", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("<blockquote>a</blockquote>", "a", [{"type": "blockquote", "offset": 0, "length": 1}]),
        ("<blockquote expandable>a</>", "a", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ("<a href='tg://user?id=1&amp;x'>a</a>", "a", [{"type": "text_link", "url": "tg://user?id=1&x"}]),
        ('<tg-emoji emoji-id="5">a</tg-emoji>', "a", [{"type": "custom_emoji", "custom_emoji_id": "5"}]),
        ("<b></b>x<a>y</a>", "xy", []),
    ],
)
def test_good_html_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    got, found = parse_html(source)
    assert got == text
    assert len(found) == len(entities)
    assert all(wanted.items() <= entity.items() for wanted, entity in zip(entities, found, strict=True))


def test_nested_tags_are_listed_from_the_outside() -> None:
    _, entities = parse_html("<b>a<i>b</i></b>")
    assert [entity["type"] for entity in entities] == ["bold", "italic"]


async def test_white_space_is_cut_off_and_entities_move_with_it(api: Client, ana: Phone) -> None:
    sent = await api.result("sendMessage", chat_id=ana.user_id, text="  <b> a</b> b <i> </i>", parse_mode="html")
    assert sent["text"] == "a b"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_a_broken_tag_is_refused_over_http(api: Client, ana: Phone) -> None:
    refused = await api.refusal("sendMessage", chat_id=ana.user_id, text="a <3 b", parse_mode="HTML")
    assert refused == (400, 'Bad Request: can\'t parse entities: Unsupported start tag "3" at byte offset 2')
    assert await api.result("sendMessage", chat_id=ana.user_id, text="a <3 b")
