"""What holds after every fault, whatever it was."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain import exporting
from bot.model import Json
from bot.storage import schema
from bot.storage.sqlite import SqliteDatabase
from tests.support.world import TOKEN, Person, World

SHORTEST = 6  # letters: less could stand in a log by chance
_BROKEN_KEYS = sa.text("PRAGMA foreign_key_check")
_INTEGRITY = sa.text("PRAGMA integrity_check")

TOLD_FROM_CHANCE = 6  # letters: in megabytes of sealed ones, four stand together by chance


async def safe(world: World, *canaries: str) -> None:
    """References and the file are whole, each message is taken once, all is sent, no log line holds anybody's words."""
    if isinstance(world.db, SqliteDatabase):  # a server keeps both by itself
        assert await world.rows(_BROKEN_KEYS) == []
        assert [list(row.values()) for row in await world.rows(_INTEGRITY)] == [["ok"]]
    await _taken_once(world)
    unsettled = [
        row["id"] for row in await world.rows(schema.outbox.select()) if row["state"] in ("pending", "sending")
    ]
    assert unsettled == []
    _unspoken(world.logs.getvalue(), {TOKEN, TOKEN.partition(":")[2], *canaries, *_said(world)})
    for row in await world.rows(schema.dead_update.select()):
        words = {*canaries, *_said(world)}
        _unspoken(row["error"], words)
        _unspoken(row["payload"], {one for one in words if len(one) >= TOLD_FROM_CHANCE})


async def _taken_once(world: World) -> None:
    """A note has one message that it came from, and so has each answer in words."""
    came = await world.rows(schema.inbound.select())
    notes = sorted(row["id"] for row in await world.rows(schema.note.select()))
    assert sorted(row["note_id"] for row in came if row["note_id"] is not None) == notes
    answers = [row["answer_id"] for row in came if row["answer_id"] is not None]
    assert set(answers) <= {row["id"] for row in await world.rows(schema.answer.select())}


def _said(world: World) -> set[str]:
    """All that people typed, where it is long enough to be told from chance."""
    messages = [one for chat in world.sim.world.chats.values() for one in chat.messages.values()]
    return {
        text
        for one in messages
        if not one["from"]["is_bot"] and len(text := str(one.get("text") or one.get("caption") or "")) >= SHORTEST
    }


def _unspoken(text: str, canaries: set[str]) -> None:
    assert [one for one in canaries if one in text] == []


async def exported(world: World) -> list[Json]:
    """The children, as an export gives them."""
    now = world.clock.now_ms()
    found: Json = await world.db.read(lambda tx: exporting.export(tx, exporting.All(), now))
    children: list[Json] = found["children"]
    return children


async def kept(world: World) -> list[str]:
    """Every accepted text, once for each place where it stands."""
    texts: list[str] = []
    for child in await exported(world):
        answers = [answer for one in child["checkins"] for answer in one["answers"]]
        for one in [*answers, *child["notes"]]:
            texts += [text for text in (one["text"], *(old["text"] for old in one["revisions"])) if text]
    return sorted(texts)


async def noted_once(world: World, parent: Person, texts: list[str]) -> None:
    """Each of these notes stands once and was acknowledged once, and no update was given up."""
    assert await kept(world) == sorted(texts)
    assert await world.rows(schema.dead_update.select()) == []
    shown = [one for one in parent.phone.screen if not one.mine and "Kept" in one.text]
    reactions = [emoji for one in parent.phone.screen if one.mine for emoji in one.reactions]
    assert len(shown) + len(reactions) == len(texts), parent.phone.transcript()
    await safe(world)
