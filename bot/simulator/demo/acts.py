"""What somebody at the page does on a phone. Wrong words are a 400, a blocked chat or a gone message a 409."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.simulator.emoji import REACTIONS
from bot.simulator.errors import Json
from bot.simulator.files import IMAGE_STARTS
from bot.simulator.phone import Phone

LONGEST_VOICE = 3600  # seconds


def _send(phone: Phone, asked: Json) -> None:
    text = _text(asked)
    if asked.get("reply") is None:
        phone.sends(text)
    else:
        phone.replies(text, _number(phone, asked["reply"]))


def _tap(phone: Phone, asked: Json) -> Json:
    """Returns the press's id, under which its answer comes."""
    number = _number(phone, asked.get("message"))
    shown = next(one for one in phone.screen if one.message_id == number)
    try:
        button = shown.buttons[_whole(asked, "row")][_whole(asked, "column")]
    except IndexError:
        raise web.HTTPConflict(text="this button has gone") from None
    if button.data is None:
        raise web.HTTPConflict(text="this button opens a link")
    phone.presses(button.data, number)
    return {"query": next(reversed(phone.world.queries))}


def _edit(phone: Phone, asked: Json) -> None:
    number = _number(phone, asked.get("message"))
    if phone.chat.messages[number]["from"]["id"] != phone.user_id:
        raise web.HTTPConflict(text="this message is somebody else's")
    phone.edits(number, _text(asked))


def _react(phone: Phone, asked: Json) -> None:
    emoji = str(asked.get("emoji", ""))
    if emoji and emoji not in REACTIONS:
        raise web.HTTPBadRequest(text="no such reaction")
    phone.reacts(_number(phone, asked.get("message")), emoji)


def _voice(phone: Phone, asked: Json) -> None:
    phone.sends_voice(min(max(_whole(asked, "seconds"), 1), LONGEST_VOICE))


def _photo(phone: Phone, asked: Json) -> None:
    phone.sends_photo(str(asked.get("caption", "")))


def _block(phone: Phone, _: Json) -> None:
    phone.blocks()


ACTS: dict[str, Callable[[Phone, Json], Json | None]] = {
    "send": _send,
    "tap": _tap,
    "edit": _edit,
    "react": _react,
    "voice": _voice,
    "photo": _photo,
    "document": lambda phone, _: _done(phone.sends_document()),
    "sticker": lambda phone, _: _done(phone.sends_sticker()),
    "location": lambda phone, _: _done(phone.sends_location()),
    "block": _block,
}


def act(phone: Phone, name: str, asked: Json) -> Json:
    """Do one thing; returns what the page wants to know of it."""
    if name == "unblock" and phone.chat.blocked:
        phone.unblocks()
        return {}
    if name not in ACTS:
        raise web.HTTPNotFound
    if phone.chat.blocked:
        raise web.HTTPConflict(text="this person has blocked the bot")
    return ACTS[name](phone, asked) or {}


def picture(phone: Phone, data: bytes, caption: str) -> None:
    """A picture of the visitor's own."""
    if not data.startswith(IMAGE_STARTS):
        raise web.HTTPBadRequest(text="this is no picture that a phone sends")
    if phone.chat.blocked:
        raise web.HTTPConflict(text="this person has blocked the bot")
    phone.sends_photo(caption, data)


def _done(_: Any) -> None:
    return None


def _text(asked: Json) -> str:
    text = str(asked.get("text", "")).strip()
    if not text:
        raise web.HTTPBadRequest(text="there are no words")
    return text


def _number(phone: Phone, given: Any) -> int:
    if given not in phone.chat.messages:
        raise web.HTTPConflict(text="this message has gone")
    return int(given)


def _whole(asked: Json, name: str) -> int:
    value = asked.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise web.HTTPBadRequest(text=f"{name} must be a whole number")
    return value
