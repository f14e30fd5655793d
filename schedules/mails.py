"""Sending one e-mail of an alarm: outside every transaction. Each try is kept as a step."""

from __future__ import annotations

import json

from bot.domain import escalating
from bot.domain.escalating import Letter
from bot.house import House
from bot.post import NotSent
from bot.storage import jobs
from bot.storage.database import Database, Row, Tx
from bot.text.screens import urgent as screens


async def make(db: Database, house: House, job: Row) -> None:
    """One job of the kind "mail". Raises ``NotSent``, to be tried again."""
    alert, person, now = int(json.loads(job["payload"])["alert"]), job["person_id"], house.clock.now_ms()
    letter = await db.read(lambda tx: escalating.letter(tx, alert, person))
    try:
        await _send(house, letter)
    except NotSent:
        await db.write(lambda tx: escalating.posted(tx, alert, person, now, arrived=False))
        raise

    async def settle(tx: Tx) -> None:
        if await jobs.finish(tx, job["id"]) and letter is not None and house.post is not None:
            await escalating.posted(tx, alert, person, now, arrived=True)

    await db.write(settle)


async def _send(house: House, letter: Letter | None) -> None:
    if letter is not None and house.post is not None:
        subject, body = screens.letter(house.voice(letter.language, letter.address), house.clinic, letter.case)
        await house.post.send(letter.to, subject, body)
