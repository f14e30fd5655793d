"""What a person sees on the phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.simulator.emoji import EFFECTS
from bot.simulator.errors import Json
from bot.simulator.settings import menu_key
from bot.simulator.world import Answer, Chat, World

PLAYED = ("voice", "audio", "video", "video_note", "animation")
KINDS = ("photo", *PLAYED, "document", "sticker", "location", "contact", "poll", "dice")


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it stands on the screen now."""

    message_id: int
    mine: bool
    text: str
    entities: list[Json]
    buttons: list[list[Button]]
    kind: str
    file_id: str | None
    date: int
    edit_date: int | None
    silent: bool
    protected: bool
    effect_id: str | None
    reply_to: int | None
    reactions: list[str]

    @property
    def all_buttons(self) -> list[Button]:
        return [button for row in self.buttons for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.all_buttons]

    def has(self, text: str) -> bool:
        return text in self.text or any(text in label for label in self.labels)


class Screen:
    def __init__(self, world: World, user: Json) -> None:
        self.world = world
        self.user = user
        names = ("first_name", "last_name", "username")
        info = {"id": user["id"], "type": "private"} | {name: user[name] for name in names if name in user}
        self.chat = Chat(info, user)
        world.chats[self.chat.id] = self.chat

    @property
    def user_id(self) -> int:
        return int(self.user["id"])

    @property
    def name(self) -> str:
        return str(self.user["first_name"])

    @property
    def screen(self) -> list[Shown]:
        return [self._shown(self.chat.messages[number]) for number in sorted(self.chat.messages)]

    def with_buttons(self) -> Iterator[Shown]:
        """Messages that can be pressed, newest first."""
        for number in sorted(self.chat.messages, reverse=True):
            if "reply_markup" in self.chat.messages[number]:
                yield self._shown(self.chat.messages[number])

    @property
    def newest(self) -> Shown | None:
        number = max(self.chat.messages, default=None)
        return None if number is None else self._shown(self.chat.messages[number])

    @property
    def newest_with_buttons(self) -> Shown | None:
        return next(self.with_buttons(), None)

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message that has any."""
        newest = self.newest_with_buttons
        return newest.labels if newest else []

    @property
    def answers(self) -> list[Answer]:
        return self.chat.answers

    @property
    def reply_keyboard(self) -> Json | None:
        return self.chat.reply_keyboard

    @property
    def commands(self) -> dict[str, str]:
        """The command menu: the closest scope wins, then the person's language."""
        language = self.user.get("language_code", "")
        scopes: list[Json] = [{"type": "chat", "chat_id": self.chat.id}]
        scopes += [{"type": "all_private_chats"}, {"type": "default"}]
        for scope in scopes:
            for code in (language, ""):
                if menu := self.world.commands.get(menu_key(scope, code)):
                    return {command["command"]: command["description"] for command in menu}
        return {}

    def shows(self, text: str) -> bool:
        return any(shown.has(text) for shown in self.screen)

    def sees(self, text: str) -> Shown:
        """The newest message with this text in it or on one of its buttons."""
        for shown in reversed(self.screen):
            if shown.has(text):
                return shown
        raise AssertionError(f"{self.name} does not see {text!r}\n{self.transcript()}")

    def sees_nothing_of(self, text: str) -> None:
        if self.shows(text):
            raise AssertionError(f"{self.name} sees {text!r}\n{self.transcript()}")

    def transcript(self) -> str:
        lines = [line for shown in self.screen for line in self._lines(shown)]
        return "\n".join([f"--- {self.name}'s phone", *lines, "---"])

    def _lines(self, shown: Shown) -> list[str]:
        who = self.name if shown.mine else self.world.bot["first_name"]
        kind = "" if shown.kind == "text" else f"[{shown.kind}] "
        edited = " (edited)" if shown.edit_date else ""
        reactions = f"  {' '.join(shown.reactions)}" if shown.reactions else ""
        rows = ["    " + " ".join(f"[{button.label}]" for button in row) for row in shown.buttons]
        marks = f" {EFFECTS[shown.effect_id]}✨" if shown.effect_id else ""
        marks += " 🔒" if shown.protected else ""
        return [f"{shown.message_id:>4} {who}: {kind}{shown.text}{edited}{marks}{reactions}", *rows]

    def _shown(self, message: Json) -> Shown:
        number = message["message_id"]
        kind = next((kind for kind in KINDS if kind in message), "text")
        reactions = self.chat.bot_reactions.get(number, []) + self.chat.own_reactions.get(number, [])
        return Shown(
            message_id=number,
            mine=message["from"]["id"] == self.user_id,
            text=message.get("text") or message.get("caption") or "",
            entities=message.get("entities") or message.get("caption_entities") or [],
            buttons=_buttons(message),
            kind=kind,
            file_id=_file_id(message.get(kind)),
            date=message["date"],
            edit_date=message.get("edit_date"),
            silent=number in self.chat.silent,
            protected=message.get("has_protected_content", False),
            effect_id=message.get("effect_id"),
            reply_to=message.get("reply_to_message", {}).get("message_id"),
            reactions=[reaction.get("emoji", "") for reaction in reactions],
        )


def _buttons(message: Json) -> list[list[Button]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[Button(each["text"], each.get("callback_data"), each.get("url")) for each in row] for row in rows]


def _file_id(media: Any) -> str | None:
    if isinstance(media, list):
        return str(media[-1]["file_id"])
    return media.get("file_id") if isinstance(media, dict) else None
