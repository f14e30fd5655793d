"""Checks calls and answers against the published description of the Bot API."""

import json
import os
import re
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

from bot.simulator.server import Call

Json = dict[str, Any]

BESIDE = Path(__file__).parents[2] / ".." / "shared" / "telegram-bot-api.json"
DESCRIPTION = Path(os.environ.get("TELEGRAM_BOT_API_JSON") or BESIDE)
ABSENT = "the description of the Bot API is not at hand (../shared/telegram-bot-api.json, TELEGRAM_BOT_API_JSON)"
CONSTANT = re.compile(r"(?:must be|always) [\"“]?(\w+)[\"”]?")
ARRAY = "Array of "
PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "InputFile": (str,),
}


class BotApi:
    def __init__(self, description: Json) -> None:
        self.methods: dict[str, Json] = description["methods"]
        self.types: dict[str, Json] = description["types"]

    @classmethod
    def load(cls, path: Path = DESCRIPTION) -> Self | None:
        return cls(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None

    def check_call(self, method: str, params: Json) -> list[str]:
        """What is wrong with the parameters of a call, as sentences."""
        if method not in self.methods:
            return [f"{method}: no such method"]
        return self._check_fields(params, self.methods[method].get("fields", []), method)

    def check_result(self, method: str, result: Any) -> list[str]:
        """What is wrong with the `result` that a call was answered with."""
        if method not in self.methods:
            return [f"{method}: no such method"]
        return self._check_any(result, self.methods[method]["returns"], method)

    def check_update(self, update: Any) -> list[str]:
        return self._check_one(update, "Update", "Update")

    def _check_any(self, value: Any, kinds: list[str], where: str) -> list[str]:
        """Good where one of the kinds fits; else the complaints of the one that fits best."""
        found: list[list[str]] = []
        for kind in kinds:
            problems = self._check_one(value, kind, where)
            if not problems:
                return []
            found.append(problems)
        return min(found, key=len)

    def _check_one(self, value: Any, kind: str, where: str) -> list[str]:
        if kind.startswith(ARRAY):
            return self._check_array(value, kind.removeprefix(ARRAY), where)
        if kind in PLAIN:
            return _check_plain(value, kind, where)
        described = self.types[kind]
        if "subtypes" in described:
            return self._check_any(value, described["subtypes"], where)
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is not an object ({kind})"]
        return self._check_fields(value, described.get("fields", []), where)

    def _check_array(self, value: Any, kind: str, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where}: {value!r} is not an array"]
        return [line for at, item in enumerate(value) for line in self._check_one(item, kind, f"{where}[{at}]")]

    def _check_fields(self, value: Json, fields: list[Json], where: str) -> list[str]:
        known = {field["name"]: field for field in fields}
        problems = [f"{where}.{name}: unknown" for name in value if name not in known]
        for name, field in known.items():
            if name in value:
                problems += self._check_field(value[name], field, f"{where}.{name}")
            elif field["required"]:
                problems.append(f"{where}.{name}: missing")
        return problems

    def _check_field(self, value: Any, field: Json, where: str) -> list[str]:
        constant = CONSTANT.search(field["description"]) if field["name"] in ("type", "status", "source") else None
        if constant and value != constant[1]:
            return [f"{where}: {value!r} is not {constant[1]!r}"]
        return self._check_any(value, field["types"], where)


def _check_plain(value: Any, kind: str, where: str) -> list[str]:
    is_flag = isinstance(value, bool)
    if not isinstance(value, PLAIN[kind]) or (is_flag and kind != "Boolean"):
        return [f"{where}: {value!r} is not of type {kind}"]
    return []


@cache
def description() -> BotApi | None:
    return BotApi.load()


def complaints(calls: Iterable[Call], *, updates: bool = True) -> list[str]:
    """What is wrong with these calls and with what was answered; nothing where the description is not at hand.

    An answer that a fault put in the place of Telegram's is not judged, nor are updates where they are odd on purpose.
    """
    api = description()
    if api is None:
        return []
    found: dict[str, None] = {}
    for call in calls:
        if call.status != HTTPStatus.UNAUTHORIZED:  # of those the simulator reads nothing
            found |= dict.fromkeys(api.check_call(call.method, call.params))
        answer = call.response if isinstance(call.response, dict) else {}
        if answer.get("ok") is True and (updates or call.method != "getUpdates"):
            found |= dict.fromkeys(api.check_result(call.method, answer.get("result")))
    return list(found)
