"""The methods about the bot itself, its command menus, chats and files."""

import re
from typing import Any

from bot.simulator.errors import Json, bad_request
from bot.simulator.files import MAX_DOWNLOAD
from bot.simulator.requests import Ask
from bot.simulator.world import World

COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
MAX_ABOUT = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _: Ask) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.bot | abilities


def set_my_commands(world: World, ask: Ask) -> bool:
    commands = ask.params.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse list of bot commands: expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    world.commands[_menu(world, ask.params)] = commands
    return True


def get_my_commands(world: World, ask: Ask) -> list[Json]:
    return world.commands.get(_menu(world, ask.params), [])


def delete_my_commands(world: World, ask: Ask) -> bool:
    world.commands.pop(_menu(world, ask.params), None)
    return True


def set_my_name(world: World, ask: Ask) -> bool:
    return _set_about(world, ask.params, "name")


def set_my_description(world: World, ask: Ask) -> bool:
    return _set_about(world, ask.params, "description")


def set_my_short_description(world: World, ask: Ask) -> bool:
    return _set_about(world, ask.params, "short_description")


def set_chat_menu_button(world: World, ask: Ask) -> bool:
    chat_id = ask.params.get("chat_id")
    if chat_id is not None:
        world.chat(chat_id)
    world.menu_buttons[chat_id] = ask.params.get("menu_button") or {"type": "default"}
    return True


def get_chat(world: World, ask: Ask) -> Json:
    chat = world.chat(ask.params.get("chat_id"))
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, True)}
    if pinned := [chat.messages[number] for number in chat.pinned if number in chat.messages]:
        full["pinned_message"] = pinned[-1]
    return chat.info | full


def get_chat_member(world: World, ask: Ask) -> Json:
    chat = world.chat(ask.params.get("chat_id"))
    people = [person for person in (world.bot, chat.user) if person and person["id"] == ask.params.get("user_id")]
    if not people:
        raise bad_request("member not found")
    return {"status": "member", "user": people[0]}


def leave_chat(world: World, ask: Ask) -> bool:
    chat = world.open_chat(ask.params.get("chat_id"))
    if chat.info["type"] == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.blocked = True
    return True


def get_file(world: World, ask: Ask) -> Json:
    stored = world.files.get(ask.params.get("file_id"))
    media: Json = stored.media[-1] if isinstance(stored.media, list) else stored.media
    if media["file_size"] > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    names = ("file_id", "file_unique_id", "file_size")
    return {name: media[name] for name in names} | {"file_path": stored.path}


def menu_key(scope: Json, language: str) -> tuple[str, str]:
    return f"{scope['type']}:{scope.get('chat_id', '')}", language


def _menu(world: World, params: Json) -> tuple[str, str]:
    scope: Any = params.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        world.chat(scope["chat_id"])
    return menu_key(scope, params.get("language_code") or "")


def _check_command(command: Json) -> None:
    if not COMMAND_NAME.fullmatch(str(command.get("command", "")).removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", ""))) <= MAX_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _set_about(world: World, params: Json, what: str) -> bool:
    text = str(params.get(what) or "")
    if len(text) > MAX_ABOUT[what]:
        raise bad_request(f"BOT_{'TITLE' if what == 'name' else 'ABOUT'}_INVALID")
    world.about[(what, params.get("language_code") or "")] = text
    return True


SETTINGS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
