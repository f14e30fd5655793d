"""Words and presses come out as the library itself would have made them; every other shape is left to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.receiving import parsing
from bot.receiving.parsing import parse

_NUMBERS = st.integers(0, 2**52)
_WORDS = st.text(max_size=20)


def _some(needed: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=optional)


_USER = _some(
    {"id": _NUMBERS, "first_name": _WORDS, "is_bot": st.booleans()},
    {"last_name": _WORDS, "username": _WORDS, "language_code": _WORDS, "is_premium": st.just(True), "newer": _NUMBERS},
)
_CHAT = _some({"id": _NUMBERS, "type": st.sampled_from(["private", "group"])}, {"first_name": _WORDS, "newer": _WORDS})
_ENTITY = _some({"type": st.sampled_from(["bot_command", "bold"]), "offset": _NUMBERS, "length": _NUMBERS}, {})
_BUTTON = _some({"text": _WORDS}, {"callback_data": _WORDS, "url": _WORDS})
_DATE = st.integers(0, 2**33) | st.just(0)
_MESSAGE = _some(
    {"message_id": _NUMBERS, "chat": _CHAT, "date": _DATE},
    {
        "from": _USER,
        "edit_date": _DATE,
        "text": _WORDS,
        "entities": st.lists(_ENTITY, max_size=2),
        "reply_markup": _some({"inline_keyboard": st.lists(st.lists(_BUTTON, max_size=2), max_size=2)}, {}),
        "voice": _some({"file_id": _WORDS, "file_unique_id": _WORDS, "duration": _NUMBERS.map(lambda n: n % 900)}, {}),
        "newer": _WORDS,
    },
)
_PRESS = _some(
    {"id": _WORDS, "from": _USER, "chat_instance": _WORDS}, {"message": _MESSAGE, "data": _WORDS, "newer": _WORDS}
)
_UPDATE = st.one_of(
    _some({"update_id": _NUMBERS, "message": _MESSAGE}, {"newer": _WORDS}),
    _some({"update_id": _NUMBERS, "callback_query": _PRESS}, {}),
    _some({"update_id": _NUMBERS}, {"edited_message": _MESSAGE}),
)


def _whole(thing: object) -> Any:
    """Every attribute of it and of what hangs on it, with the classes."""
    if isinstance(thing, tuple):
        return [_whole(one) for one in thing]
    if not hasattr(type(thing), "de_json"):
        return repr(thing)
    names = [name for one in type(thing).__mro__[:-1] for name in getattr(one, "__slots__", ())]
    return type(thing), {name: _whole(getattr(thing, name)) for name in names}


@given(_UPDATE)
def test_an_update_is_what_the_library_makes_of_it(raw: dict[str, Any]) -> None:
    expected, found = Update.de_json(raw, None), parse(raw, None)
    assert found.to_dict() == expected.to_dict()
    assert _whole(found) == _whole(expected)


_PLAIN = {"message_id": 5, "date": 1_900_000_000, "chat": {"id": 7, "type": "private"}, "text": "She smiled."}
_BY = {"id": 7, "is_bot": False, "first_name": "Ana"}


def test_words_and_presses_are_not_left_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> Update:
        raise AssertionError("the long way round")

    monkeypatch.setattr(parsing.Update, "de_json", never)
    words = parse({"update_id": 1, "message": {**_PLAIN, "from": _BY}}, None)
    assert words.message is not None
    assert words.message.text == "She smiled."
    asked = {"id": "9", "from": _BY, "chat_instance": "1", "data": "c:1:k", "message": _PLAIN}
    press = parse({"update_id": 2, "callback_query": asked}, None)
    assert press.callback_query is not None
    assert press.callback_query.data == "c:1:k"
    assert press.effective_user == User(7, "Ana", is_bot=False)
    kinds = [type(one) for one in (words, words.message, words.message.chat, press.callback_query)]
    assert kinds == [Update, Message, Chat, CallbackQuery]
    with pytest.raises(AttributeError):
        words.message.text = "something else"


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": 5},
        {"date": "soon"},
        {"date": 2**80},
        {"entities": 3},
        {"chat": {}},
        {"reply_markup": 1},
    ],
)
def test_what_the_library_refuses_is_refused(wrong: dict[str, Any]) -> None:
    raw = {"update_id": 1, "message": {**_PLAIN, **wrong}}
    with pytest.raises(Exception) as expected:
        Update.de_json(raw, None)
    with pytest.raises(expected.type):
        parse(raw, None)


@pytest.mark.parametrize("number", ["canary", None, True, 1.5])
@pytest.mark.parametrize("whose", ["message", "chat", "from"])
@pytest.mark.parametrize("kind", ["message", "edited_message", "callback_query", "my_chat_member"])
def test_an_id_that_is_no_number_is_refused(kind: str, whose: str, number: object) -> None:
    """The library would take it, SQLite would keep it, and whatever names it later would fail."""
    ids = {"message": 5, "chat": 7, "from": 7, whose: number}
    person = {"id": ids["from"], "first_name": "Ana", "is_bot": False}
    message = {"message_id": ids["message"], "date": 1, "chat": {"id": ids["chat"], "type": "private"}, "text": "hello"}
    press = {"id": "1", "from": person, "message": message, "chat_instance": "1", "data": "x"}
    with pytest.raises(TypeError, match="id"):
        parse({"update_id": 1, kind: press if kind == "callback_query" else {**message, "from": person}}, None)
