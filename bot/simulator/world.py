"""Everything this Telegram knows: accounts, chats, messages, queries, files, settings of the bot."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.simulator.errors import Json, bad_request, forbidden
from bot.simulator.files import Files
from bot.simulator.limits import Pace
from bot.simulator.updates import UpdateQueue


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press was answered with."""

    text: str
    show_alert: bool
    query_id: str


@dataclass(slots=True, eq=False)
class Chat:
    info: Json
    user: Json | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Json] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    bot_reactions: dict[int, list[Json]] = field(default_factory=dict)
    own_reactions: dict[int, list[Json]] = field(default_factory=dict)
    reply_keyboard: Json | None = None
    answers: list[Answer] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.info["id"])


@dataclass(slots=True)
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_date: int = 0


@dataclass(slots=True)
class Query:
    chat_id: int
    at: float


class World:
    def __init__(self, token: str, username: str, clock: Callable[[], datetime]) -> None:
        self.token = token
        self.revoked = False
        self.clock = clock
        self.bot: Json = {
            "id": int(token.split(":", maxsplit=1)[0]),
            "is_bot": True,
            "first_name": "Homenotes",
            "username": username,
        }
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue(clock)
        self.files = Files()
        self.pace = Pace()
        self.queries: dict[str, Query] = {}
        self.webhook = Webhook()
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.about: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self.poll_turn = 0
        self._message_ids = itertools.count(1)
        self._query_ids = itertools.count(4_382_000_000_000_001)

    def now(self) -> int:
        return int(self.clock().timestamp())

    def new_message_id(self) -> int:
        return next(self._message_ids)

    def new_query(self, chat_id: int) -> str:
        query_id = str(next(self._query_ids))
        self.queries[query_id] = Query(chat_id, self.clock().timestamp())
        return query_id

    def chat(self, given: Any) -> Chat:
        """The chat of a call, which the bot may know only once the person has spoken to it."""
        if given in (None, ""):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(given) if isinstance(given, int) else None
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        return chat

    def open_chat(self, given: Any) -> Chat:
        """A chat in which the bot may do something now."""
        chat = self.chat(given)
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            private = chat.info["type"] == "private"
            raise forbidden("bot was blocked by the user" if private else "bot was kicked from the group chat")
        return chat

    def add_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        message: Json = {
            "message_id": self.new_message_id(),
            "from": sender,
            "chat": chat.info,
            "date": self.now(),
            **content,
        }
        chat.messages[message["message_id"]] = message
        return message
