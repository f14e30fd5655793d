"""On a server words of people are sealed by the application: a dump shows none, and none can be moved or changed."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from bot.storage import home_steps, opening, rekey
from bot.storage.database import Damaged, Tx
from bot.storage.opening import open_database
from bot.storage.schema import child, home_step, note, outbox, person, revision
from bot.storage.seal import Seal
from bot.storage.sealing import Cipher
from tests.support.databases import KEY, dump, postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

CANARY = "1. canary: she said two words"
NEW = b"n" * 32
_CHILD = child.insert().values(id=1, name=CANARY, created_at=1)
_PERSON = person.insert().values(
    id=1, kind="caregiver", name=CANARY + " Ana", language="en", timezone="UTC", created_at=1
)
_NOTE = note.insert().values(
    id=1, child_id=1, person_id=1, kind="note", text=CANARY, media_kind="voice", media_file_id=CANARY, recorded_at=1
)
_PAPER = outbox.insert().values(
    id=1,
    message_id=1,
    chat_id=1,
    priority=1,
    method="sendDocument",
    payload=CANARY,
    upload=CANARY.encode(),
    state="pending",
    created_at=1,
)


async def _fill(url: str, key: bytes = KEY) -> None:
    db = await open_database(url, key)

    async def work(tx: Tx) -> None:
        for one in (_CHILD, _PERSON, _NOTE, _PAPER):
            await tx.run(one)

    await db.write(work)
    await db.close()


async def _all(url: str, statement: Any) -> list[object]:
    db = await open_database(url, KEY)
    try:
        return [value for row in await db.read(lambda tx: tx.rows(statement)) for value in row.values()]
    finally:
        await db.close()


async def _read(url: str, key: bytes) -> list[object]:
    db = await open_database(url, key)
    try:
        names = await db.read(lambda tx: tx.rows(sa.select(child.c.name)))
        notes = await db.read(lambda tx: tx.rows(sa.select(note.c.text, note.c.media_file_id)))
        papers = await db.read(lambda tx: tx.rows(sa.select(outbox.c.payload, outbox.c.upload)))
    finally:
        await db.close()
    return [value for row in [*names, *notes, *papers] for value in row.values()]


WHOLE = [CANARY, CANARY, CANARY, CANARY, CANARY.encode()]


def _change(url: str, statement: str, *values: str) -> None:
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        connection.execute(statement.encode(), values)


async def test_a_dump_of_the_server_shows_no_words(postgres_url: str) -> None:
    await _fill(postgres_url)
    shown = dump(postgres_url)
    assert "canary" not in shown
    assert CANARY.encode().hex() not in shown
    assert "caregiver" in shown  # the dump is one
    assert await _read(postgres_url, KEY) == WHOLE


async def test_sealed_words_cannot_be_moved_or_changed(postgres_url: str) -> None:
    """Whoever can write to the server cannot put one's words into another place without its being seen."""
    await _fill(postgres_url)
    _change(postgres_url, "UPDATE note SET text = (SELECT name FROM child)")
    with pytest.raises(Damaged, match=r"note\.text"):
        await _read(postgres_url, KEY)
    _change(postgres_url, "UPDATE note SET text = %s", "never said")
    with pytest.raises(Damaged, match=r"note\.text"):
        await _read(postgres_url, KEY)


async def test_another_key_for_every_word(postgres_url: str) -> None:
    await _fill(postgres_url)
    db = await open_database(postgres_url, KEY)
    await db.write(lambda tx: rekey.reseal(tx, KEY, NEW))
    await db.close()
    assert await _read(postgres_url, NEW) == WHOLE
    with pytest.raises(Damaged):
        opening.migrate(postgres_url, KEY)


async def test_words_that_an_older_program_left_in_plain_are_sealed_at_the_migration(postgres_url: str) -> None:
    await _fill(postgres_url)
    _change(postgres_url, "UPDATE note SET text = %s, media_file_id = %s", CANARY, CANARY)
    _change(postgres_url, "UPDATE outbox SET upload = convert_to(%s, 'UTF8')", CANARY)
    with opening._connected(postgres_url, KEY) as connection, connection.begin():
        opening._seal(connection, KEY)
        opening._seal(connection, KEY)  # killed after it, and done again
    assert "canary" not in dump(postgres_url)
    assert await _read(postgres_url, KEY) == WHOLE


def test_what_an_older_program_sealed_without_its_row_is_bound_to_it_at_the_migration(postgres_url: str) -> None:
    """A revision could be sealed for what it was a version of: the database itself had copied it."""
    asyncio.run(_fill(postgres_url))
    seal = Seal(KEY)
    older = {column: seal.seal(CANARY, bound_to=f"note.{column}") for column in ("text", "media_file_id")}
    _change(postgres_url, "UPDATE note SET text = %s, media_file_id = %s", *older.values())
    _change(
        postgres_url,
        "INSERT INTO revision (note_id, text, media_file_id, recorded_at, replaced_at) VALUES (1, %s, %s, 1, 2)",
        *older.values(),
    )
    with pytest.raises(Damaged):
        asyncio.run(_read(postgres_url, KEY))
    with opening._connected(postgres_url, KEY) as connection, connection.begin():
        opening._seal(connection, KEY)
    assert asyncio.run(_read(postgres_url, KEY)) == WHOLE
    assert asyncio.run(_all(postgres_url, sa.select(revision.c.text, revision.c.media_file_id))) == [CANARY, CANARY]


async def test_one_note_cannot_be_put_in_the_place_of_another(postgres_url: str) -> None:
    """Nor a part of a row into another part, or what was never bound to a row, as it lies in the server's log."""
    await _fill(postgres_url)
    db = await open_database(postgres_url, KEY)
    await db.write(lambda tx: tx.run(_NOTE.values(id=2, text="another", media_file_id=None)))
    await db.close()
    assert await _all(postgres_url, sa.select(note.c.text).order_by(note.c.id)) == [CANARY, "another"]
    for forged in (
        "UPDATE note SET text = (SELECT text FROM note WHERE id = 2) WHERE id = 1",
        "UPDATE note SET text = media_file_id WHERE id = 1",
        "UPDATE note SET text = %s WHERE id = 1",
    ):
        _change(postgres_url, forged, *[Cipher(KEY).send(CANARY)] * forged.count("%s"))
        with pytest.raises(Damaged, match=r"note\.text 1 "):
            await _all(postgres_url, sa.select(note.c.text).where(note.c.id == 1))


async def test_every_way_to_write_binds_to_the_row(postgres_url: str) -> None:
    """Many at once, a change of several rows, and what a statement answers; what is empty stays empty."""
    await _fill(postgres_url)
    db = await open_database(postgres_url, KEY)
    add = note.insert().values(
        id=sa.bindparam("number"), child_id=1, person_id=1, kind="note", text=sa.bindparam("said"), recorded_at=1
    )

    async def work(tx: Tx) -> None:
        await tx.run_many(add, [{"number": 2 + at, "said": said} for at, said in enumerate(("one", "two", "", None))])
        assert await tx.run(note.update().values(media_file_id="a file").where(note.c.id > 1)) == 4
        assert await tx.run(note.update().values(media_file_id=None).where(note.c.text == "")) == 1
        [row] = await tx.rows(add.returning(note.c.kind), {"number": 6, "said": "three"})
        assert dict(row) == {"kind": "note"}

    await db.write(work)
    await db.close()
    read = sa.select(note.c.text, note.c.media_file_id).where(note.c.id > 1).order_by(note.c.id)
    said = ["one", "a file", "two", "a file", "", None, None, "a file", "three", None]
    assert await _all(postgres_url, read) == said


async def test_a_key_of_two_parts_binds_too(postgres_url: str) -> None:
    await _fill(postgres_url)
    db = await open_database(postgres_url, KEY)
    step = home_step.insert().values(id=1, child_id=1, text=CANARY, from_date="2026-01-01", created_at=1)

    async def work(tx: Tx) -> None:
        await tx.run(step)
        for barrier in ("forgot", "no_time"):
            for words in (f"{CANARY} {barrier}", f"{CANARY} {barrier} again"):
                await home_steps.tip(tx, 1, barrier, words)
        assert await home_steps.tips(tx, 1) == {one: f"{CANARY} {one} again" for one in ("forgot", "no_time")}

    await db.write(work)
    assert "canary" not in dump(postgres_url)
    _change(postgres_url, "UPDATE home_step_tip SET text = (SELECT text FROM home_step_tip WHERE barrier = 'forgot')")
    with pytest.raises(Damaged, match="home_step_tip"):
        await db.read(lambda tx: home_steps.tips(tx, 1))
    await db.close()
