"""Everything that goes out becomes a row of the outbox: the very JSON that Telegram will get."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.domain import splitting
from bot.domain.consents import FILES
from bot.model import CAPTION_LIMIT, EFFECT, PROTECTION, TEXT_LIMIT, Button, Json, Media, Outgoing, Screen
from bot.storage import outbox
from bot.storage.database import Tx
from bot.storage.ids import PARTS

_SEND = {
    "photo": ("sendPhoto", "photo"),
    "voice": ("sendVoice", "voice"),
    "audio": ("sendAudio", "audio"),
    "video": ("sendVideo", "video"),
    "video_note": ("sendVideoNote", "video_note"),
    "animation": ("sendAnimation", "animation"),
    **dict.fromkeys(("document", *FILES.values()), ("sendDocument", "document")),
}
_MORE = "\n…"
_AS_IT_IS = json.JSONEncoder(ensure_ascii=False)
ATTACHED = "attach://"  # the file stands beside the payload, under the name that follows


@dataclass(frozen=True, slots=True)
class Prepared:
    """The rows of one message. Of all with the same `key` only the newest is kept; `edits` is what it changes."""

    key: tuple[str, int]
    edits: int | None
    rows: tuple[dict[str, Any], ...]


def prepare(outgoings: Iterable[Outgoing], now: int) -> list[Prepared]:
    """Everything that can go wrong with a message goes wrong here, where it costs only the one who wanted it sent."""
    return [
        Prepared(("new", one.id) if one.edits is None else ("edit", one.edits), one.edits, tuple(_rows(one, now)))
        for one in outgoings
    ]


async def put(tx: Tx, outgoings: Iterable[Outgoing], now: int) -> None:
    """Queue them in two grouped statements."""
    await put_prepared(tx, prepare(outgoings, now))


async def put_prepared(tx: Tx, prepared: Iterable[Prepared]) -> None:
    """Of several edits to one message only the newest is kept."""
    newest: dict[tuple[str, int], Prepared] = {}
    for one in prepared:
        newest.pop(one.key, None)
        newest[one.key] = one
    rows = [row for one in newest.values() for row in one.rows]
    await outbox.put(tx, rows, [one.edits for one in newest.values() if one.edits is not None])


def _rows(one: Outgoing, now: int) -> list[dict[str, Any]]:
    calls = _calls(one)[-PARTS:]
    last = len(calls) - 1
    logical = one.id if one.edits is None else one.edits
    return [
        {
            "id": one.id + number,
            # The last part is the message that edits change and buttons stand under; no other goes by its id.
            "message_id": logical if number == last else one.id + number + 1,
            "chat_id": _chat(one.chat_id),
            "priority": int(one.priority),
            "method": method,
            "payload": _json(payload if one.method else {"chat_id": one.chat_id, **payload}),
            "upload": _upload(one.screen, payload),
            "expires_at": one.expires_at,
            "created_at": now,
        }
        for number, (method, payload) in enumerate(calls)
    ]


def _chat(number: object) -> int:
    """A chat that comes from an update is judged by nobody before. Telegram's have at most 52 bits."""
    if not isinstance(number, int) or abs(number) >> 52:
        raise ValueError("no chat has such an id")
    return number


def _calls(one: Outgoing) -> list[tuple[str, Json]]:
    """The calls that show it, in order; the keyboard is on the last."""
    if one.method:
        return [(one.method, one.payload or {})]
    if one.reaction_to is not None:
        reaction = [{"type": "emoji", "emoji": one.screen.text}]
        return [("setMessageReaction", {"message_id": one.reaction_to, "reaction": reaction})]
    if one.edits is not None:
        return [("editMessageText", _text(_cut(one.screen.text)) | _keyboard(one.screen) | _protection(one.screen))]
    return _sends(one.screen)


def _cut(text: str) -> str:
    """An edit has one message to fill, and says so where that is not enough."""
    parts = splitting.split(text, TEXT_LIMIT)
    return text if len(parts) == 1 else f"{splitting.split(text, TEXT_LIMIT - len(_MORE))[0]}{_MORE}"


def _sends(screen: Screen) -> list[tuple[str, Json]]:
    calls: list[tuple[str, Json]] = []
    texts = splitting.split(screen.text, TEXT_LIMIT) if screen.text else []
    if screen.photo is not None or screen.media is not None or screen.document is not None:
        first = splitting.split(screen.text, CAPTION_LIMIT)[0] if screen.text else ""
        whole = first == screen.text
        calls.append(_medium(screen, screen.text if whole else ""))
        texts = [] if whole else texts
    calls += [("sendMessage", _text(text)) for text in texts]
    if not calls:
        raise ValueError("a message with nothing to see")
    method, payload = calls[-1]
    effect = {EFFECT: screen.effect.value} if screen.effect else {}
    calls[-1] = (method, payload | effect | _keyboard(screen))
    return [(method, payload | _manner(screen)) for method, payload in calls]


def _medium(screen: Screen, caption: str) -> tuple[str, Json]:
    words = {"caption": caption, "parse_mode": "HTML"} if caption else {}
    if screen.photo is not None:
        return "sendPhoto", {"photo": f"{ATTACHED}picture.png", **words}
    if screen.document is not None:
        return "sendDocument", {"document": f"{ATTACHED}{screen.document.name}", **words}
    medium: Media | None = screen.media
    assert medium is not None  # noqa: S101 - the caller looked
    method, field = _SEND[medium.kind]
    return method, {field: medium.file_id, **words}


def _upload(screen: Screen, payload: Json) -> bytes | None:
    """What goes with the call that names a file of our own."""
    document = screen.document.content if screen.document else None
    for field, content in (("photo", screen.photo), ("document", document)):
        if content is not None and str(payload.get(field, "")).startswith(ATTACHED):
            return content
    return None


def _text(text: str) -> Json:
    return {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _manner(screen: Screen) -> Json:
    return _protection(screen) | ({"disable_notification": True} if screen.silent else {})


def _protection(screen: Screen) -> Json:
    """An edit cannot change it and goes without; it is there for the message that is sent where the old one is gone."""
    return {PROTECTION: True} if screen.protected else {}


def _keyboard(screen: Screen) -> Json:
    if not screen.rows:
        return {}
    return {"reply_markup": {"inline_keyboard": [[_button(button) for button in row] for row in screen.rows]}}


def _button(button: Button) -> Json:
    return {"text": button.label} | ({"url": button.url} if button.url else {"callback_data": button.data})


def _json(payload: Json) -> str:
    """No half characters and no NUL: neither is valid in what Telegram reads. Hardly ever is there one to take out."""
    text = _AS_IT_IS.encode(payload)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _AS_IT_IS.encode(_clean(payload))
    return _AS_IT_IS.encode(_clean(payload)) if "\\u0000" in text else text


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return value
