"""The methods that put a new message into a chat."""

from typing import Any

from bot.simulator.emoji import EFFECTS
from bot.simulator.errors import Json, bad_request
from bot.simulator.keyboards import check_markup, inline_keyboard
from bot.simulator.requests import Ask
from bot.simulator.strings import word_set
from bot.simulator.text import read_caption, read_text
from bot.simulator.world import Chat, World

MAX_ALBUM = 10
CHAT_ACTIONS = word_set(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker"
    " find_location record_video_note upload_video_note"
)
DETAILS = {
    "voice": ("duration",),
    "audio": ("duration", "performer", "title"),
    "video": ("duration", "width", "height"),
    "video_note": ("duration", "length"),
    "animation": ("duration", "width", "height"),
}
PLAYED = ("voice", "audio", "video", "video_note", "animation")
SENT_ONCE = ("text", "entities", "caption", "caption_entities", "show_caption_above_media")
CONTENT = (*SENT_ONCE, "photo", *PLAYED, "document", "sticker", "location", "contact", "poll", "dice")


def send_message(world: World, ask: Ask) -> Json:
    chat = world.open_chat(ask.params.get("chat_id"))
    return post(world, chat, ask.params, text_content(ask.params))


def send_photo(world: World, ask: Ask) -> Json:
    return _send_media(world, ask, "photo")


def send_voice(world: World, ask: Ask) -> Json:
    return _send_media(world, ask, "voice")


def send_audio(world: World, ask: Ask) -> Json:
    return _send_media(world, ask, "audio")


def send_video(world: World, ask: Ask) -> Json:
    return _send_media(world, ask, "video")


def send_animation(world: World, ask: Ask) -> Json:
    return _send_media(world, ask, "animation")


def send_video_note(world: World, ask: Ask) -> Json:
    """A round video, which takes no words."""
    chat = world.open_chat(ask.params.get("chat_id"))
    details = {name: ask.params[name] for name in DETAILS["video_note"] if name in ask.params}
    media = world.files.receive("video_note", ask.params.get("video_note"), ask.uploads, **details)
    return post(world, chat, ask.params, {"video_note": media})


def send_document(world: World, ask: Ask) -> Json:
    return _send_media(world, ask, "document")


def send_sticker(world: World, ask: Ask) -> Json:
    chat = world.open_chat(ask.params.get("chat_id"))
    sticker = world.files.receive("sticker", ask.params.get("sticker"), ask.uploads)
    return post(world, chat, ask.params, {"sticker": sticker})


def send_location(world: World, ask: Ask) -> Json:
    chat = world.open_chat(ask.params.get("chat_id"))
    place = {name: ask.params.get(name) for name in ("latitude", "longitude")}
    if not all(isinstance(value, int | float) for value in place.values()):
        raise bad_request("there is no location in the request")
    return post(world, chat, ask.params, {"location": place})


def send_media_group(world: World, ask: Ask) -> list[Json]:
    chat = world.open_chat(ask.params.get("chat_id"))
    items = ask.params.get("media") or []
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    # Everything is read before anything is sent: an album goes out whole or not at all.
    contents = [media_content(world, item["type"], item.get("media"), item, ask) for item in items]
    album = {"media_group_id": str(13_700_000_000_000_000 + world.new_message_id())}
    return [post(world, chat, ask.params, content | album) for content in contents]


def copy_message(world: World, ask: Ask) -> Json:
    chat = world.open_chat(ask.params.get("chat_id"))
    source = _source(world, ask.params, "copy")
    content = {name: source[name] for name in CONTENT if name in source}
    if "caption" in ask.params:
        content.pop("caption_entities", None)
        content |= caption_content(ask.params)
    return {"message_id": post(world, chat, ask.params, content)["message_id"]}


def forward_message(world: World, ask: Ask) -> Json:
    chat = world.open_chat(ask.params.get("chat_id"))
    source = _source(world, ask.params, "forward")
    content = {name: source[name] for name in CONTENT if name in source}
    origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
    return post(world, chat, ask.params, content | {"forward_origin": source.get("forward_origin", origin)})


def send_chat_action(world: World, ask: Ask) -> bool:
    chat = world.open_chat(ask.params.get("chat_id"))
    if ask.params.get("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(ask.params["action"])
    return True


def text_content(params: Json) -> Json:
    text, entities = read_text(params)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(params: Json) -> Json:
    text, entities = read_caption(params)
    content: Json = {"caption": text} if text else {}
    if text and entities:
        content["caption_entities"] = entities
    if params.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def media_content(world: World, kind: str, given: Any, params: Json, ask: Ask) -> Json:
    details = {name: params[name] for name in DETAILS.get(kind, ()) if name in params}
    media = world.files.receive(kind, given, ask.uploads, **details)
    return {**shown_as(kind, media), **caption_content(params)}


def shown_as(kind: str, media: Any) -> Json:
    """An animation stands under two names, for programs from before there were any."""
    if kind != "animation":
        return {kind: media}
    names = ("file_id", "file_unique_id", "file_size", "file_name", "mime_type")
    return {kind: media, "document": {name: media[name] for name in names if name in media}}


def post(world: World, chat: Chat, params: Json, content: Json) -> Json:
    """The message itself, with all that can be asked for of any of them."""
    markup = params.get("reply_markup")
    check_markup(markup)
    content = {**_extras(chat, params), **content}
    if keyboard := inline_keyboard(markup):
        content["reply_markup"] = keyboard
    message = world.add_message(chat, world.bot, content)
    if _flag(params, "disable_notification"):
        chat.silent.add(message["message_id"])
    _change_reply_keyboard(chat, markup)
    return message


def _send_media(world: World, ask: Ask, kind: str) -> Json:
    chat = world.open_chat(ask.params.get("chat_id"))
    return post(world, chat, ask.params, media_content(world, kind, ask.params.get(kind), ask.params, ask))


def _extras(chat: Chat, params: Json) -> Json:
    extras = _effect(chat, params)
    if _flag(params, "protect_content"):
        extras["has_protected_content"] = True
    if reply := params.get("reply_parameters"):
        extras |= _reply(chat, reply)
    return extras


def _effect(chat: Chat, params: Json) -> Json:
    effect = params.get("message_effect_id")
    if effect is None:
        return {}
    if effect not in EFFECTS or chat.info["type"] != "private":
        raise bad_request("EFFECT_ID_INVALID")
    return {"effect_id": effect}


def _flag(params: Json, name: str) -> bool:
    """Stricter than Telegram, which reads many things as true or false: what is meant is said in its type."""
    given = params.get(name, False)
    if not isinstance(given, bool):
        raise bad_request(f"{name} must be a Boolean")
    return given


def _reply(chat: Chat, reply: Json) -> Json:
    replied = chat.messages.get(reply.get("message_id", 0))
    if replied is None:
        if reply.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    # A quoted message never quotes a further one.
    return {"reply_to_message": {name: value for name, value in replied.items() if name != "reply_to_message"}}


def _change_reply_keyboard(chat: Chat, markup: Json | None) -> None:
    if markup and "keyboard" in markup:
        chat.reply_keyboard = markup
    elif markup and markup.get("remove_keyboard"):
        chat.reply_keyboard = None


def _source(world: World, params: Json, verb: str) -> Json:
    source = world.chat(params.get("from_chat_id")).messages.get(params.get("message_id", 0))
    if source is None:
        raise bad_request(f"message to {verb} not found")
    return source


SENDING = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendAudio": send_audio,
    "sendVideo": send_video,
    "sendVideoNote": send_video_note,
    "sendAnimation": send_animation,
    "sendDocument": send_document,
    "sendSticker": send_sticker,
    "sendLocation": send_location,
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
