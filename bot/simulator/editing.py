"""The methods that change or remove what stands in a chat, or react to it."""

from bot.simulator.emoji import REACTIONS
from bot.simulator.errors import Json, bad_request
from bot.simulator.keyboards import check_inline_markup, inline_keyboard
from bot.simulator.requests import Ask
from bot.simulator.sending import caption_content, media_content, text_content
from bot.simulator.world import Answer, Chat, World

DELETABLE_SECONDS = 48 * 3600
MOST_DELETED = 100
QUERY_SECONDS = 150
MAX_ANSWER = 200
MEDIA = ("photo", "voice", "audio", "video", "animation", "document")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current"
    " content and reply markup of the message"
)


def edit_message_text(world: World, ask: Ask) -> Json:
    chat, message = _own_message(world, ask.params)
    content = text_content(ask.params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _replace(world, chat, _without(message, "text", "entities") | content, ask.params)


def edit_message_caption(world: World, ask: Ask) -> Json:
    chat, message = _own_message(world, ask.params)
    content = caption_content(ask.params)
    if not any(kind in message for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    bare = _without(message, "caption", "caption_entities", "show_caption_above_media")
    return _replace(world, chat, bare | content, ask.params)


def edit_message_media(world: World, ask: Ask) -> Json:
    chat, message = _own_message(world, ask.params)
    item = ask.params.get("media")
    if not isinstance(item, dict) or item.get("type") not in MEDIA:
        raise bad_request("can't parse InputMedia: Can't find field \"type\"")
    content = media_content(world, item["type"], item.get("media"), item, ask)
    bare = _without(message, "text", "entities", "caption", "caption_entities", *MEDIA)
    return _replace(world, chat, bare | content, ask.params)


def edit_message_reply_markup(world: World, ask: Ask) -> Json:
    chat, message = _own_message(world, ask.params)
    return _replace(world, chat, dict(message), ask.params)


def delete_message(world: World, ask: Ask) -> bool:
    chat = world.chat(ask.params.get("chat_id"))
    message = chat.messages.get(ask.params.get("message_id", 0))
    if message is None:
        raise bad_request("message to delete not found")
    if world.now() - message["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    _remove(chat, message["message_id"])
    return True


def delete_messages(world: World, ask: Ask) -> bool:
    chat = world.chat(ask.params.get("chat_id"))
    numbers = ask.params.get("message_ids")
    if not isinstance(numbers, list) or not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    # Unlike deleteMessage it passes over what it cannot find; one that is too old spoils it for all.
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    if any(world.now() - message["date"] > DELETABLE_SECONDS for message in found):
        raise bad_request("message can't be deleted for everyone")
    for message in found:
        chat.messages.pop(message["message_id"], None)
    return True


def set_message_reaction(world: World, ask: Ask) -> bool:
    chat = world.open_chat(ask.params.get("chat_id"))
    number = ask.params.get("message_id", 0)
    reactions = ask.params.get("reaction") or []
    if number not in chat.messages:
        raise bad_request("message to react not found")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(reaction.get("emoji") not in REACTIONS for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    chat.bot_reactions[number] = reactions
    return True


def pin_chat_message(world: World, ask: Ask) -> bool:
    chat = world.open_chat(ask.params.get("chat_id"))
    if ask.params.get("message_id") not in chat.messages:
        raise bad_request("message to pin not found")
    chat.pinned.append(ask.params["message_id"])
    return True


def answer_callback_query(world: World, ask: Ask) -> bool:
    query_id = str(ask.params.get("callback_query_id", ""))
    query = world.queries.get(query_id)
    if query is None or world.clock().timestamp() - query.at > QUERY_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = str(ask.params.get("text") or "")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = Answer(text, bool(ask.params.get("show_alert")), query_id)
    world.chats[query.chat_id].answers.append(answer)
    return True


def _own_message(world: World, params: Json) -> tuple[Chat, Json]:
    chat = world.open_chat(params.get("chat_id"))
    message = chat.messages.get(params.get("message_id", 0))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(world: World, chat: Chat, edited: Json, params: Json) -> Json:
    """Puts the edited message in the old one's place; a keyboard that is not given again goes away."""
    markup = params.get("reply_markup")
    check_inline_markup(markup)
    edited = _without(edited, "reply_markup", "edit_date")
    if keyboard := inline_keyboard(markup):
        edited["reply_markup"] = keyboard
    number = edited["message_id"]
    if edited == _without(chat.messages[number], "edit_date"):
        raise bad_request(NOT_MODIFIED)
    chat.messages[number] = edited | {"edit_date": world.now()}
    return chat.messages[number]


def _remove(chat: Chat, number: int) -> None:
    del chat.messages[number]


def _without(message: Json, *names: str) -> Json:
    return {name: value for name, value in message.items() if name not in names}


EDITING = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
REACTING = {
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "answerCallbackQuery": answer_callback_query,
}
