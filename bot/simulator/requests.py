"""A call as it came over HTTP, in any of the forms the Bot API accepts."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.simulator.errors import Json, bad_request
from bot.simulator.files import Upload
from bot.simulator.strings import word_set
from bot.simulator.text import check_utf8

# In forms everything is text; these tell what the text stands for.
NUMBERS = word_set(
    "chat_id from_chat_id user_id message_id message_thread_id offset limit timeout duration width height"
    " max_connections cache_time latitude longitude horizontal_accuracy live_period heading"
)
FLAGS = word_set(
    "disable_notification protect_content show_alert drop_pending_updates is_big has_spoiler supports_streaming"
    " show_caption_above_media allow_paid_broadcast disable_content_type_detection"
)
STRUCTURES = word_set(
    "reply_markup entities caption_entities reply_parameters link_preview_options media message_ids reaction"
    " allowed_updates commands scope menu_button"
)
TRUE_WORDS = ("true", "yes", "1", "True")


@dataclass(slots=True)
class Ask:
    method: str
    params: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    @property
    def chat_id(self) -> int | None:
        given = self.params.get("chat_id")
        return given if isinstance(given, int) else None


async def read_ask(request: web.Request) -> Ask:
    ask = Ask(request.match_info["method"])
    try:
        ask.params.update(request.query)
        if request.content_type == "multipart/form-data":
            await _read_multipart(request, ask)
        elif request.can_read_body:
            ask.params.update(_read_body(request.content_type, await request.read()))
        ask.params = {name: _meaning(name, value) for name, value in ask.params.items() if value is not None}
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return ask


def _read_body(content_type: str, body: bytes) -> Json:
    text = body.decode()
    if content_type != "application/json":
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
    try:
        params = json.loads(text or "{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(params, dict):
        raise bad_request("can't parse JSON object")
    # Only an escape can smuggle half a character through valid UTF-8.
    if "\\u" in text:
        check_utf8(params)
    return params


async def _read_multipart(request: web.Request, ask: Ask) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            ask.uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            ask.params.setdefault(name, f"attach://{name}")
        else:
            ask.params[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    # A file may stand in a field of its own that a parameter points to; only real parameters stay.
    pointed_at = json.dumps([value for name, value in ask.params.items() if name not in ask.uploads])
    for name in ask.uploads:
        if f"attach://{name}" in pointed_at:
            del ask.params[name]


def _meaning(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in NUMBERS:
        return _number(value)
    if name in FLAGS:
        return value in TRUE_WORDS
    if name in STRUCTURES and value:
        return _structure(name, value)
    return value


def _number(value: str) -> int | float | str:
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value


def _structure(name: str, value: str) -> Any:
    try:
        structure = json.loads(value)
    except ValueError:
        what = "reply keyboard markup" if name == "reply_markup" else name.replace("_", " ")
        raise bad_request(f"can't parse {what} JSON object") from None
    check_utf8(structure)
    return structure
