"""Where somebody who is erased is shown to those who stay: on its way, and in their chats of the last two days."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable

from bot.domain import digests
from bot.model import texts
from bot.storage import jobs, traces
from bot.storage.database import Row, Tx
from bot.storage.ids import logical

_TAGS = re.compile(r"<[^>]+>|[\u2066-\u2069]")


async def of_child(tx: Tx, child_id: int, since: int) -> list[Row]:
    """In chats, since then by the machine's time: rows of chat_id, telegram_message_id."""
    return [*await traces.seen_of_child(tx, child_id, since), *await digests_of(tx, [child_id], since)]


async def digests_of(tx: Tx, children: Iterable[int], since: int) -> list[Row]:
    """Digests in therapists' chats that may tell of one of those children; /digest makes another without it."""
    found = {
        row["message_id"]: None
        for child_id in children
        for row in await traces.digests(tx, child_id)
        if child_id in _children(row) and row["message_id"] is not None
    }
    return [row for message in found for row in await traces.seen_of(tx, message, since)]


async def unsend(tx: Tx, child_id: int, media: set[str], now: int, name: str = "") -> None:
    """What is on its way to the child's other people: digests, media handed on, pictures and papers, and whatever names
    the child where a `name` is given; a long message goes with all of its parts. A digest is made again without them.
    """
    telling = [row for row in await traces.digests(tx, child_id) if child_id in _children(row)]
    lists = {row["message_id"]: row for row in telling}
    rows = await _on_its_way(tx, child_id, name)
    gone = {logical(row["id"]) for row in rows if logical(row["message_id"]) in lists or _shows(row, media, name)}
    await traces.unsend(tx, [row["id"] for row in rows if logical(row["id"]) in gone])
    for message in lists.keys() & gone:
        await _digest_again(tx, lists[message], child_id, now)
    if name:
        kept = [(row["id"], [one for one in _children(row) if one != child_id]) for row in telling]
        await traces.relist(tx, [(digest, json.dumps(children)) for digest, children in kept])
        said = await traces.notices_of_none(tx, child_id)
        await traces.drop_notices(tx, [row["id"] for row in said if _names(row["screen"], name)])


async def _on_its_way(tx: Tx, child_id: int, name: str) -> list[Row]:
    """To the child's people; where the child goes as a whole, to those on call who were told of it, too."""
    told = await traces.waiting_for_told(tx, child_id) if name else []
    return list({row["id"]: row for row in (*told, *await traces.waiting(tx, child_id))}.values())


def _children(digest: Row) -> list[int]:
    children: list[int] = json.loads(digest["children"])
    return children


async def _digest_again(tx: Tx, digest: Row, without: int, now: int) -> None:
    wanted = {"local_date": digest["local_date"], "due_at": digest["made_at"]}
    await jobs.add(tx, digests.KIND, digest["person_id"], f"digest-again:{digest['id']}:{without}", wanted, now)


def _shows(row: Row, media: set[str], name: str) -> bool:
    return row["made"] or traces.holds(row["payload"], media) or bool(name and _names(row["payload"], name))


def _names(payload: str, name: str) -> bool:
    """Whether the message says that name, as a word of its own."""
    plain = " ".join(html.unescape(_TAGS.sub("", text)) for text in texts(json.loads(payload or "{}")))
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain) is not None
