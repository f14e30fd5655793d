"""A phone as the page draws it: plain JSON, made anew from what stands in the chat."""

from typing import Any

from bot.simulator.demo.theatre import Seat
from bot.simulator.emoji import EFFECTS
from bot.simulator.errors import Json
from bot.simulator.phone import Phone
from bot.simulator.screen import Shown


def head(seat: Seat) -> Json:
    """Everything about a phone but its messages."""
    phone, chat = seat.phone, seat.phone.chat
    return {
        "id": phone.user_id,
        "name": phone.name,
        "about": seat.about,
        "zone": seat.zone,
        "bot": phone.world.bot["first_name"],
        "username": phone.world.bot["username"],
        "link": "" if chat.started else seat.link,
        "started": chat.started,
        "blocked": chat.blocked,
        "commands": [[name, words] for name, words in phone.commands.items()],
        "keyboard": _keyboard(chat.reply_keyboard),
        "typing": len(chat.actions),
    }


def messages(seat: Seat) -> dict[int, Json]:
    """By message id, in their order."""
    waiting = _waiting(seat.phone)
    return {shown.message_id: _message(seat.phone, shown, waiting) for shown in seat.phone.screen}


def answers(seat: Seat) -> list[Json]:
    """What presses were answered with, oldest first."""
    return [{"query": one.query_id, "text": one.text, "alert": one.show_alert} for one in list(seat.phone.chat.answers)]


def _message(phone: Phone, shown: Shown, waiting: set[int]) -> Json:
    raw = phone.chat.messages[shown.message_id]
    own = {one.get("emoji") for one in phone.chat.own_reactions.get(shown.message_id, [])}
    return {
        "id": shown.message_id,
        "mine": shown.mine,
        "kind": shown.kind,
        "text": shown.text,
        "entities": shown.entities,
        "media": _media(shown, raw.get(shown.kind)),
        "buttons": [[{"label": one.label, "url": one.url} for one in row] for row in shown.buttons],
        "date": shown.date,
        "edited": shown.edit_date is not None,
        "reply": _reply(raw.get("reply_to_message")),
        "forwarded": _origin(raw.get("forward_origin")),
        "reactions": [{"emoji": emoji, "mine": emoji in own} for emoji in shown.reactions],
        "waiting": shown.message_id in waiting,
        "protected": shown.protected,
        "effect": EFFECTS.get(shown.effect_id or "", ""),
    }


def _media(shown: Shown, media: Any) -> Json | None:
    if shown.file_id is None:
        return media if isinstance(media, dict) else None
    first = media[-1] if isinstance(media, list) else media
    names = ("file_name", "file_size", "duration", "emoji")
    return {"url": f"files/{shown.file_id}"} | {name: first[name] for name in names if name in first}


def _reply(replied: Json | None) -> Json | None:
    if replied is None:
        return None
    return {
        "name": replied["from"]["first_name"],
        "text": replied.get("text") or replied.get("caption") or "…",
        "id": replied["message_id"],
    }


def _origin(origin: Json | None) -> str:
    if origin is None:
        return ""
    return str(origin.get("sender_user_name") or origin.get("sender_user", {}).get("first_name") or "somebody")


def _keyboard(markup: Json | None) -> Json | None:
    if markup is None:
        return None
    rows = [[one if isinstance(one, str) else one["text"] for one in row] for row in markup["keyboard"]]
    return {
        "rows": rows,
        "once": bool(markup.get("one_time_keyboard")),
        "hint": markup.get("input_field_placeholder", ""),
    }


def _waiting(phone: Phone) -> set[int]:
    """The messages of this chat that the bot has not taken from Telegram yet."""
    found = set()
    for update in phone.world.updates.waiting():
        message = update.get("message") or update.get("edited_message") or {}
        if message.get("chat", {}).get("id") == phone.chat.id:
            found.add(int(message["message_id"]))
    return found
