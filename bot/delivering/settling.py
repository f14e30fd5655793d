"""What follows from each outcome, as rows to write: one place, grouped statements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.delivering.outcomes import Outcome, Verdict, repeat_after
from bot.model import EFFECT, OutboxState, Priority
from bot.storage import outbox
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

STALE = 86_400_000  # ms of the machine: what has been tried for a day is no news any more
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Settled:
    """A row that was claimed, and what came of it."""

    row: Row
    outcome: Outcome


async def settle(tx: Tx, settled: Sequence[Settled], machine: int, now: int) -> None:
    """Write what came of the rows. `machine` and `now` (the calendar) in milliseconds."""
    finals, agains, shown, chats, strangers = [], [], [], [], []
    for one in settled:
        row, verdict = one.row, one.outcome.verdict
        unknown = row["priority"] == Priority.STRANGER
        if verdict is Verdict.BLOCKED:
            chats.append(row["chat_id"])
        if one.outcome.telegram is not None and not unknown:
            shown.append(_copy(one, machine, now))
        again = _again(one, machine)
        if again is not None:
            agains.append(again)
        elif unknown:
            strangers.append({"row": row["id"]})
        else:
            state = _FINAL[verdict]
            finals.append({"row": row["id"], "to_state": state.value, "why": one.outcome.detail, "at": machine})
    await outbox.settle(tx, finals)
    await outbox.drop(tx, strangers)
    await outbox.again(tx, agains)
    halved = [one.row for one in settled if _splits(one) and await outbox.waits(tx, one.row["id"])]
    await outbox.put(tx, [_older_half(row) for row in halved], [])
    await outbox.shown(tx, shown)
    for chat in dict.fromkeys(chats):
        await outbox.blocked(tx, chat, machine)
    for one in settled:
        if one.outcome.wait > 0:
            await outbox.hold(tx, one.row["chat_id"], machine + round(one.outcome.wait * 1000))


_FINAL = {
    Verdict.SENT: OutboxState.SENT,
    Verdict.DONE: OutboxState.SENT,
    Verdict.LOST: OutboxState.UNKNOWN,
    Verdict.SERVER: OutboxState.UNKNOWN,
    Verdict.NOT_SENT: OutboxState.FAILED,
    Verdict.GONE: OutboxState.FAILED,
    Verdict.MARKUP: OutboxState.FAILED,
    Verdict.EFFECT: OutboxState.FAILED,
    Verdict.BLOCKED: OutboxState.FAILED,
    Verdict.REFUSED: OutboxState.FAILED,
    Verdict.STALE: OutboxState.EXPIRED,
}


def _copy(one: Settled, machine: int, now: int) -> dict[str, int | None]:
    return {
        "row": one.row["id"],
        "chat": one.row["chat_id"],
        "telegram": one.outcome.telegram,
        "message": one.row["message_id"],
        "at": machine,
        "asked_at": now,
    }


def _again(one: Settled, machine: int) -> dict[str, object] | None:
    """The row as it goes back into the queue; None: it is settled for good."""
    row, outcome = one.row, one.outcome
    method, payload, wait, repeated = row["method"], row["payload"], outcome.wait, 0
    match outcome.verdict:
        case Verdict.HELD | Verdict.TOO_MANY | Verdict.UNAUTHORIZED:
            pass
        case Verdict.MARKUP if "parse_mode" in json.loads(payload):
            payload, wait = _plain(payload), 0
        case Verdict.EFFECT if EFFECT in json.loads(payload):
            payload = _without_effect(payload)
        case Verdict.REFUSED if method == "setMessageReaction":
            method, payload = _reaction_as_message(payload)
        case Verdict.REFUSED if _splits(one):
            payload, wait = _deleting(row, newer=True), 0
        case Verdict.GONE if _asks_still(row):
            method, payload = "sendMessage", _anew(row)
        case Verdict.NOT_SENT | Verdict.LOST | Verdict.SERVER:
            after = repeat_after(outcome.verdict, row["tries"], row["repeats"])
            if after is None or machine - row["tried_at"] > STALE:
                return None
            wait, repeated = after, int(outcome.verdict is Verdict.LOST)
        case _:
            return None
    until = machine + round(wait * 1000)
    changed = {"to_method": method, "to_payload": payload}
    return {"row": row["id"], "until": until, "repeated": repeated, "why": outcome.detail, **changed}


def _asks_still(row: Row) -> bool:
    """What somebody is answering just now must stay answerable. What time changes by itself brings no message back that
    was deleted, or taken out with /hide.
    """
    edits = row["method"] == "editMessageText" and "reply_markup" in json.loads(row["payload"])
    return edits and row["priority"] <= Priority.REPLY


def _anew(row: Row) -> str:
    """An edit makes no sound, and so it stays; what is urgent rings."""
    quiet = {} if row["priority"] == Priority.SAFETY else {"disable_notification": True}
    return json.dumps(json.loads(row["payload"]) | quiet)


def _splits(one: Settled) -> bool:
    """Telegram deletes all or none: where one is too old, each half is asked for alone, until that one is left."""
    refused = one.outcome.verdict is Verdict.REFUSED and one.row["method"] == "deleteMessages"
    return refused and len(json.loads(one.row["payload"])["message_ids"]) > 1


def _deleting(row: Row, *, newer: bool) -> str:
    content = json.loads(row["payload"])
    middle = len(content["message_ids"]) // 2
    content["message_ids"] = content["message_ids"][middle:] if newer else content["message_ids"][:middle]
    return json.dumps(content)


def _older_half(row: Row) -> dict[str, object]:
    kept = {field: row[field] for field in ("chat_id", "priority", "method", "upload", "expires_at", "created_at")}
    number = new_id()
    return {**kept, "id": number, "message_id": number, "payload": _deleting(row, newer=False)}


def _plain(payload: str) -> str:
    """The same words without markup, once, where Telegram could not read ours."""
    content = json.loads(payload)
    del content["parse_mode"]
    for key in ("text", "caption"):
        if key in content:
            content[key] = html.unescape(_TAG.sub("", content[key]))
    return json.dumps(content)


def _without_effect(payload: str) -> str:
    content = json.loads(payload)
    del content[EFFECT]
    return json.dumps(content)


def _reaction_as_message(payload: str) -> tuple[str, str]:
    """A reaction that this chat does not take becomes a short message: the acknowledgement must arrive."""
    content = json.loads(payload)
    emoji = content["reaction"][0]["emoji"]
    return "sendMessage", json.dumps({"chat_id": content["chat_id"], "text": emoji})
