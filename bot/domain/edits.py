"""An edited message: the new words stand, the old ones are kept as a revision.

Telegram may hand on an edit before the message itself, and an older edit after a newer one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain import checkins, consents
from bot.domain.medium import media_of
from bot.domain.notes import Incoming
from bot.model import Account, Media
from bot.storage import checkins as stored_checkins
from bot.storage import goals, revisions, updates
from bot.storage import notes as stored
from bot.storage.database import Row, Tx
from bot.storage.revisions import Of


@dataclass(frozen=True, slots=True)
class Unseen:
    """The message itself has not come: this is all that is known of it."""


async def edited(tx: Tx, account: Account, message: Incoming, payload: str, now: int) -> checkins.View | Unseen | None:
    """Change what the message was taken as. ``payload`` is its JSON, should it still wait for a consent.

    Returns the check-in that it answered, to be drawn anew.
    """
    where = await updates.accepted(tx, account.telegram_id, message.telegram_message)
    if where is None:
        return Unseen()
    if where["held_id"] is not None:
        await stored.rehold(tx, where["held_id"], payload)
        return None
    of, row = await _present(tx, account, where, now)
    if row is None:
        return None
    await _change(tx, account, of, row, message)
    return await checkins.view(tx, account.telegram_id, row["check_in_id"], now) if of.answer else None


async def came_late(tx: Tx, account: Account, message: Incoming, now: int) -> bool:
    """Whether this message was taken already: by its own edit, which came first. Then it is a revision of that."""
    where = await updates.accepted(tx, account.telegram_id, message.telegram_message)
    if where is None:
        return False
    of, row = await _present(tx, account, where, now)
    if row is not None:
        allowed = replace(message, media=await _medium(tx, account, row, message))
        await _insert(tx, of, row, await revisions.before(tx, of), allowed)
    return True


async def _present(tx: Tx, account: Account, where: Row, now: int) -> tuple[Of, Row | None]:
    of = Of(where["note_id"], where["answer_id"], where["goal_word_id"])
    if of.note is not None:
        return of, await stored.own(tx, account.telegram_id, of.note, now)
    if of.answer is not None:
        return of, await stored_checkins.own_answer(tx, account.telegram_id, of.answer, now)
    if of.word is not None:
        return of, await goals.own_word(tx, account.telegram_id, of.word, now)
    return of, None


async def _change(tx: Tx, account: Account, of: Of, row: Row, message: Incoming) -> None:
    older, media = await revisions.before(tx, of), await _medium(tx, account, row, message)
    if older and message.said_at < older[-1]["replaced_at"]:
        await _insert(tx, of, row, older, replace(message, media=media))
        return
    if (message.text, _file(media)) != (row["text"], row["media_file_id"]):
        await revisions.keep(tx, of, message.said_at)
        await revisions.reword(tx, of, message.text, media)


async def _medium(tx: Tx, account: Account, row: Row, message: Incoming) -> Media | None:
    """Another picture in the place of the old one needs the same consent."""
    if message.media is None or message.media.file_id == row["media_file_id"]:
        return media_of(row)
    if message.purpose is None or await consents.given(tx, account, message.purpose):
        return message.media
    return media_of(row)


async def _insert(tx: Tx, of: Of, row: Row, older: list[Row], message: Incoming) -> None:
    """A version between others, or before all of them; one that is known already changes nothing."""
    version = (message.text, _file(message.media))
    if version in {(one["text"], one["media_file_id"]) for one in (row, *older)}:
        return
    at = message.said_at
    covering = next((one for one in older if one["recorded_at"] <= at < one["replaced_at"]), None)
    if covering is not None:
        await revisions.shorten(tx, covering["id"], at)
        await revisions.add(tx, of, message.text, message.media, at, covering["replaced_at"])
        return
    first = row["answered_at"] if of.answer else row["recorded_at"]
    await revisions.add(tx, of, message.text, message.media, at, first)
    if of.note:
        await revisions.begin(tx, of.note, min(at, first))


def _file(media: Media | None) -> str | None:
    return media.file_id if media else None
