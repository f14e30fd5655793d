"""A caregiver's copy with numbers of its own: ours count what others gave, too, and would tell how much that was.

Numbers stand in keys as well: an answer names a behaviour, a home step or a goal by one, and a template made in the
chat has one. What a number leads to stands in the copy, else there is none; of a list the words stand beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bot.model import Json

_LISTED = {"behaviours": ("t", "behaviour"), "goals": ("g", "goal"), "strategies": ("s", "practice")}
_MADE = re.compile(r"own_\d+")  # the key of a template that was made in the chat
_Keys = Mapping[str, str]


def numbered(document: Json) -> Json:
    """The same, each kind counted from one in the order in which it stands there."""
    numbers = _Numbers()
    numbers.count(document, "")
    copy: Json = numbers.told(document, "", "")
    for child in copy["children"]:
        _keys_of(child, numbers)
    return copy


class _Numbers:
    def __init__(self) -> None:
        self._given: dict[str, dict[int | str, int]] = defaultdict(dict)  # by kind: a note of `notes`, and of `note_id`

    def of(self, kind: str, ours: int | str) -> int:
        given = self._given[kind]
        return given.setdefault(ours, len(given) + 1)

    def count(self, value: Any, kind: str) -> None:
        """Each row that stands there gets its number."""
        if isinstance(value, list):
            for one in value:
                self.count(one, kind)
        elif isinstance(value, dict):
            if isinstance(value.get("id"), int):
                self.of(kind, value["id"])
            for name, one in value.items():
                self.count(one, name.removesuffix("s"))

    def told(self, value: Any, key: str, kind: str) -> Any:
        """With those numbers; a reference that leads nowhere is none."""
        if isinstance(value, dict):
            return {name: self.told(one, name, kind) for name, one in value.items()}
        if isinstance(value, list):
            return [self.told(one, key, key.removesuffix("s")) for one in value]
        if not isinstance(value, int) or not (key == "id" or key.endswith("_id")):
            return value
        return self._given[kind if key == "id" else key.removesuffix("_id")].get(value)

    def listed(self, asked: Json | None) -> _Keys:
        """The keys of what could be chosen, or was asked about one by one: ours, and those of the copy."""
        lists = asked["lists"] if asked else {}
        return {
            one["key"]: f"{letter}{self.of(kind, int(one['key'][1:]))}"
            for name, (letter, kind) in _LISTED.items()
            for one in lists.get(name, ())
            if re.fullmatch(rf"{letter}\d+", one["key"])
        }

    def template(self, key: str | None) -> str | None:
        return f"own_{self.of('template', key)}" if key and _MADE.fullmatch(key) else key


def _keys_of(child: Json, numbers: _Numbers) -> None:
    by_check_in: dict[int, _Keys] = {}
    for one in child["checkins"]:
        keys = by_check_in[one["id"]] = numbers.listed(one.get("asked"))
        _asked(one, keys, numbers)
    for message in child["messages"]:
        message["question"] = _question(message["question"], by_check_in.get(message["checkin_id"], {}))
    for plan in (one for seat in child["caregivers"] for one in seat.get("plans", ())):
        plan.update(template=numbers.template(plan["template"]), follows=numbers.template(plan["follows"]))


def _asked(check_in: Json, keys: _Keys, numbers: _Numbers) -> None:
    check_in["template"] = numbers.template(check_in["template"])
    for answer in check_in["answers"]:
        answer["question"] = _question(answer["question"], keys)
        for said in (answer, *answer["revisions"]):
            said["value"] = _value(said["value"], keys)
    asked = check_in.get("asked") or {"lists": {}, "template": None}
    for one in (one for name in _LISTED for one in asked["lists"].get(name, ())):
        one["key"] = keys.get(one["key"], one["key"])
    if asked["template"]:
        asked["template"]["key"] = numbers.template(asked["template"]["key"])


def _question(key: str | None, keys: _Keys) -> str | None:
    """close.g12 asks about one of a list."""
    stem, dot, item = (key or "").partition(".")
    return f"{stem}.{keys.get(item, item)}" if dot else key


def _value(value: Any, keys: _Keys) -> Any:
    if isinstance(value, list):
        return [keys.get(one, one) for one in value]
    return keys.get(value, value) if isinstance(value, str) else value
