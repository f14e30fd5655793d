"""The two shapes that nearly every update has, words and presses, parsed in a third of the time; all others as ever.

`Update.de_json` asks for each of a hundred fields whether it is there, and the library's objects ask at each attribute
whether it may still be set. What comes out here is the same, to the last attribute.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeGuard, TypeVar, cast

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    TelegramObject,
    Update,
    User,
)

from bot.model import Json

T = TypeVar("T", bound=TelegramObject)

_MESSAGE = frozenset({"message_id", "from", "chat", "date", "edit_date", "text", "entities", "reply_markup"})
_NEEDED = frozenset({"message_id", "chat", "date"})
_PRESS = frozenset({"id", "from", "message", "chat_instance", "data"})


def _open(kind: type[T]) -> type[T]:
    """The same class, whose objects take their attributes unasked."""
    return cast("type[T]", type(kind.__name__, (kind,), {"__slots__": (), "__setattr__": object.__setattr__}))


_User, _Chat = _open(User), _open(Chat)
_Message, _Press, _Update = _open(Message), _open(CallbackQuery), _open(Update)


def parse(raw: Json, bot: Bot | None) -> Update:
    """What `Update.de_json` gives, and raises, for a bot without defaults; ids have to be numbers."""
    if len(raw) != 2 or "update_id" not in raw:  # noqa: PLR2004 - its number and one other thing
        return _as_ever(raw, bot)
    if _is_plain(words := raw.get("message")):
        return _closed(_Update(raw["update_id"], message=_message(words, bot)), Update, bot)
    if _is_press(press := raw.get("callback_query")):
        return _closed(_Update(raw["update_id"], callback_query=_press(press, bot)), Update, bot)
    return _as_ever(raw, bot)


def _as_ever(raw: Json, bot: Bot | None) -> Update:
    """The library takes anything for a number, and SQLite would keep it. Raises `TypeError`."""
    for data in raw.values():
        if isinstance(data, dict) and not (_numbered(data) and _numbered(data.get("message"))):
            raise TypeError("an id is not a number")
    return Update.de_json(raw, bot)


def _numbered(data: Any) -> bool:
    """Whether the ids of a message, its chat and its sender are numbers, as far as they are there."""
    if not isinstance(data, dict):
        return True
    ids = [data.get("message_id", 0)]
    ids += [one.get("id", 0) for one in (data.get("chat"), data.get("from")) if isinstance(one, dict)]
    return all(type(one) is int for one in ids)


def _is_plain(data: Any) -> TypeGuard[Json]:
    return (
        isinstance(data, dict)
        and _NEEDED <= data.keys() <= _MESSAGE
        and isinstance(data["chat"], dict)
        and isinstance(data.get("from", {}), dict)
        and all(type(data.get(name, 1)) is int for name in ("date", "edit_date"))
        and _numbered(data)
        and data["date"] != 0  # which says that the message is gone
    )


def _is_press(data: Any) -> TypeGuard[Json]:
    return (
        isinstance(data, dict)
        and data.keys() == _PRESS
        and isinstance(data["from"], dict)
        and _numbered(data)
        and _is_plain(data["message"])
    )


def _message(data: Json, bot: Bot | None) -> Message:
    keys, entities = data.get("reply_markup"), data.get("entities")
    message = _Message(
        data["message_id"],
        datetime.fromtimestamp(data["date"], UTC),
        _closed(_Chat.de_json(data["chat"], bot), Chat, bot),
        from_user=_user(data["from"], bot) if "from" in data else None,
        edit_date=datetime.fromtimestamp(data["edit_date"], UTC) if "edit_date" in data else None,
        text=data.get("text"),
        entities=None if entities is None else MessageEntity.de_list(entities, bot),
        reply_markup=None if keys is None else InlineKeyboardMarkup.de_json(keys, bot),
    )
    return _closed(message, Message, bot)


def _press(data: Json, bot: Bot | None) -> CallbackQuery:
    asker, shown = _user(data["from"], bot), _message(data["message"], bot)
    press = _Press(data["id"], asker, data["chat_instance"], message=shown, data=data["data"])
    return _closed(press, CallbackQuery, bot)


def _user(data: Json, bot: Bot | None) -> User:
    return _closed(_User.de_json(data, bot), User, bot)


def _closed(thing: Any, kind: type[T], bot: Bot | None) -> T:
    """It is what it says, belongs to that bot, and takes no more attributes."""
    thing.set_bot(bot)
    thing.__class__ = kind
    return cast("T", thing)
