"""Random updates, made from the published description of the Bot API, and then broken here and there."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from tests.support.bot_api import ARRAY, CONSTANT, BotApi, Json

DEEPEST = 4
NOW = 1_803_888_000
TEXTS = (
    "hello",
    "canary words",
    "<b>",
    "&",
    "\u202e",
    "half \ud83d",
    "nul \0",
    "/help",
    "/checkin",
    "/start guess",
    "",
)
DATA = (
    "do:help",
    "do:checkin",
    "c:1:a:day:good",
    "n:1:t:win",
    "k:voice:yes",
    "urgent:ask:0",
    "set:show",
    "\n",
    "",
    "x" * 64,
)
JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**52 - 1,
    2**63,
    2**70,
    1.5,
    "",
    "canary",
    "\ud800",
    [],
    {},
    [[]],
    {"id": 5},
    [None],
)
COMMON = ("message", "message", "message", "edited_message", "callback_query", "my_chat_member")
CONTENTS = (
    "text",
    "text",
    "photo",
    "voice",
    "video",
    "document",
    "sticker",
    "location",
    "contact",
    "poll",
    "live_photo",
)


class Fuzz:
    """The same seed gives the same updates. `people` are (user, private chat) of whom updates may come, `data` what
    buttons of theirs carry.
    """

    def __init__(self, api: BotApi, seed: int | Random, people: list[tuple[Json, Json]], data: list[str]) -> None:
        self._dice = seed if isinstance(seed, Random) else Random(seed)
        self._types, self._people = api.types, people
        self._data = [*DATA, *data]

    def update(self) -> Json:
        """One update without a number: whole or broken, of somebody known or of nobody."""
        kinds = [field for field in self._types["Update"]["fields"] if field["name"] != "update_id"]
        names = [field["name"] for field in kinds]
        name = self._dice.choice(COMMON if self._dice.random() < 0.7 else names)
        kind = next(field["types"][0] for field in kinds if field["name"] == name)
        part = self._one(kind, 0)
        self._content(name, part)
        self._sender(part)
        update = {name: part}
        for _ in range(self._dice.choice((0, 0, 0, 1, 1, 3))):
            self._break(update)
        return update

    def _content(self, name: str, part: Json) -> None:
        """What makes most of them worth handling."""
        if name in ("message", "edited_message") and self._dice.random() < 0.8:
            self._set(part, "Message", self._dice.choice(CONTENTS))
        elif name == "callback_query" and self._dice.random() < 0.8:
            part["message"] = self._one("Message", 1)
            part["data"] = self._dice.choice(self._data)

    def _set(self, part: Json, kind: str, name: str) -> None:
        field = next(one for one in self._types[kind]["fields"] if one["name"] == name)
        part[name] = self._value(field, 1)

    def _sender(self, part: Json) -> None:
        if self._dice.random() < 0.7:
            user, chat = copy.deepcopy(self._dice.choice(self._people))  # it will be broken
            part["from"] = user
            inner = part.get("message")
            place = inner if isinstance(inner, dict) else part
            if "chat" in place:
                place["chat"] = chat

    def _one(self, kind: str, depth: int) -> Any:
        if kind.startswith(ARRAY):
            return [self._one(kind.removeprefix(ARRAY), depth + 1) for _ in range(self._dice.randrange(3))]
        if kind not in self._types:
            return self._plain(kind, "")
        described = self._types[kind]
        if "subtypes" in described:
            return self._one(self._dice.choice(described["subtypes"]), depth)
        fields = described.get("fields", [])
        often = 0.1 / (depth + 1)
        wanted = [one for one in fields if one["required"] or (depth < DEEPEST and self._dice.random() < often)]
        return {one["name"]: self._value(one, depth + 1) for one in wanted}

    def _value(self, field: Json, depth: int) -> Any:
        constant = CONSTANT.search(field["description"]) if field["name"] in ("type", "status", "source") else None
        if constant:
            return constant[1]
        kind = self._dice.choice(field["types"])
        if kind not in self._types and not kind.startswith(ARRAY):
            return self._plain(kind, field["name"])
        return {} if depth > 2 * DEEPEST else self._one(kind, depth)

    def _plain(self, kind: str, name: str) -> Any:
        if kind == "String":
            return self._string(name)
        if kind == "Integer":
            return self._integer(name)
        return self._dice.random() if kind == "Float" else True

    def _integer(self, name: str) -> int:
        return NOW if name.endswith("date") else self._dice.randrange(10**6, 2 * 10**6)  # the number of no real message

    def _string(self, name: str) -> str:
        if name == "id":
            return str(self._dice.getrandbits(60))
        if name == "type":
            return self._dice.choice(("private", "group", "supergroup", "channel", "bot_command", "bold"))
        return self._dice.choice(DATA if name == "data" else TEXTS) if self._dice.random() < 0.8 else name

    def _break(self, value: Any) -> None:
        """Something somewhere in it is gone, or is something else."""
        while isinstance(value, (dict, list)) and value:
            key = self._dice.choice(list(value) if isinstance(value, dict) else range(len(value)))
            if self._dice.random() < 0.4 or not isinstance(value[key], (dict, list)):
                if self._dice.random() < 0.3:
                    del value[key]
                else:
                    value[key] = copy.deepcopy(self._dice.choice(JUNK))  # it may be broken further
                return
            value = value[key]
