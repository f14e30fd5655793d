"""Long texts in parts: each as Telegram takes it, nothing torn, nothing lost. Telegram's reader is the simulator's."""

from __future__ import annotations

import html
import html.entities

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import MessageLimit

from bot import model
from bot.domain import splitting
from bot.simulator.markup import parse_html
from bot.storage.ids import PARTS

FAMILY, FLAG, THUMB, KEYCAP = "👨‍👩‍👧‍👦", "🇺🇦", "👍🏽", "3️⃣"
RAINBOW = "🏳️‍🌈"
ACCENTED = "e\u0301\u0323"
JOINED = (FAMILY, FLAG, THUMB, KEYCAP, RAINBOW, ACCENTED)


def shown(part: str) -> str:
    return parse_html(part)[0]


def follows(parts: list[str], text: str) -> None:
    """The parts, one after the other, are the text: only white space may be missing, and only between them."""
    rest = text
    for part in parts:
        words = shown(part).strip()
        rest = rest.lstrip()
        assert rest.startswith(words)
        rest = rest[len(words) :]
    assert not rest.strip()


# Anything people type: with `<3`, ampersands and joined emoji more often than chance would have it. What no row can
# hold (half characters, NUL) is taken out before.
texts = st.lists(
    st.one_of(
        st.sampled_from(["<3", "&", "&amp;", "&lt;", '"', "'", "</b>", "\n", "\n\n", " ", "\t", *JOINED]),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40),
        st.integers(1, 60).flatmap(lambda n: st.sampled_from([word * n for word in ("a", "<", "&", *JOINED)])),
    ),
    max_size=30,
).map("".join)
limits = st.integers(12, 200)


@given(texts, limits)
def test_every_part_fits_after_escaping(text: str, limit: int) -> None:
    for part in splitting.split(html.escape(text), limit):
        assert splitting.units(shown(part)) <= limit


@given(texts, limits)
def test_the_parts_are_the_text(text: str, limit: int) -> None:
    follows(splitting.split(html.escape(text), limit), text)


@given(texts, limits)
def test_no_part_is_empty_to_the_eye_of_telegram(text: str, limit: int) -> None:
    parts = splitting.split(html.escape(text), limit)
    assert len(parts) == 1 or all(shown(part).strip() for part in parts)


tags = st.sampled_from(["b", "i", "u", "code", "blockquote", "tg-spoiler"])
marked_up = st.recursive(
    texts.map(html.escape),
    lambda inner: st.builds(
        lambda tag, words: f"<{tag}>{''.join(words)}</{tag}>", tags, st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def formats(part: str) -> list[tuple[str, frozenset[str]]]:
    """Every visible character with the formats it stands in."""
    text, entities = parse_html(part)
    wide = text.encode("utf-16-le")
    spans = [(e["type"], e["offset"] * 2, (e["offset"] + e["length"]) * 2) for e in entities]
    found, at = [], 0
    for character in text:
        if not character.isspace():
            found.append((character, frozenset(kind for kind, begin, end in spans if begin <= at < end)))
        at += len(character.encode("utf-16-le"))
    assert at == len(wide)
    return found


@given(marked_up, limits)
def test_no_format_is_torn_or_lost_at_a_cut(markup: str, limit: int) -> None:
    parts = splitting.split(markup, limit)
    assert all(splitting.units(shown(part)) <= limit for part in parts)
    assert [one for part in parts for one in formats(part)] == formats(markup)


@pytest.mark.parametrize("joined", JOINED)
@pytest.mark.parametrize("limit", [12, 50, 4096])
def test_what_is_seen_as_one_character_stays_one(joined: str, limit: int) -> None:
    parts = splitting.split(joined * 3_000, limit)
    assert len(parts) > 1
    assert all(shown(part).replace(joined, "") == "" for part in parts)


def test_entities_stay_whole() -> None:
    parts = splitting.split("&lt;3" * 3_000, 4095)
    assert all(shown(part).replace("<3", "").strip("<3") == "" for part in parts)
    assert "".join(shown(part) for part in parts) == "<3" * 3_000


def test_words_stay_whole_where_there_are_spaces() -> None:
    text = " ".join(f"word{n}&amp;more" for n in range(2_000))
    parts = splitting.split(text, 4096)
    assert len(parts) > 3
    assert [word for part in parts for word in part.split(" ")] == text.split(" ")


def test_a_character_with_thousands_of_accents_is_cut_all_the_same() -> None:
    text = "e" + "\u0301" * 9_000
    parts = splitting.split(text, 4096)
    assert "".join(parts) == text
    assert max(splitting.units(part) for part in parts) == 4096


@pytest.mark.parametrize("text", ["", "<3", "x" * 4096, "&lt;" * 4096, "👍" * 2048])
def test_what_fits_is_left_alone(text: str) -> None:
    assert splitting.split(text, 4096) == [text]


def test_a_hundred_thousand_characters_after_escaping_are_cut_in_no_time() -> None:
    parts = splitting.split("&#x27;" * 17_000, 4096)
    assert len(parts) == 5
    assert len(parts) <= PARTS


def test_the_limits_are_telegrams() -> None:
    assert model.TEXT_LIMIT == MessageLimit.MAX_TEXT_LENGTH
    assert model.CAPTION_LIMIT == MessageLimit.CAPTION_LENGTH


@given(texts)
def test_nothing_is_shown_longer_than_twice_its_characters(text: str) -> None:
    """So that a short text need not be measured."""
    for markup in (text, html.escape(text)):
        assert splitting.visible(markup) <= 2 * len(markup)


def test_no_name_of_a_character_is_shorter_than_half_of_it() -> None:
    assert all(splitting.visible(f"&{name}") <= len(name) for name in html.entities.html5)
