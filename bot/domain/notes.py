"""Words, voices and pictures that a caregiver sends: an answer where one is asked for, else a note."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from bot.domain import checkins, consents, goal_words
from bot.domain.goal_words import Heard
from bot.model import Account, Child, May, Media, NoteKind, Purpose, Right
from bot.storage import checkins as stored_checkins
from bot.storage import notes as stored
from bot.storage import people, updates
from bot.storage.database import Row, Tx
from bot.storage.ids import new_id

DAY = 86_400_000


def clean(text: str | None) -> str | None:
    """No NUL and no half of a character: not every database stores them. Everything else is kept as it was said."""
    return None if text is None else text.replace("\x00", "").encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a caregiver, as far as it can be kept. ``album`` is Telegram's media group."""

    telegram_message: int
    text: str | None
    media: Media | None
    album: str | None
    said_at: int

    @property
    def purpose(self) -> Purpose | None:
        return consents.MEDIA.get(self.media.kind) if self.media else None


@dataclass(frozen=True, slots=True)
class Answered:
    view: checkins.View


@dataclass(frozen=True, slots=True)
class Noted:
    """``message`` is the logical message that acknowledges it; ``children`` are asked about where there are several."""

    note: int
    message: int
    person: int
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True)
class AlbumPart:
    """Another picture of an album that has its acknowledgement."""


@dataclass(frozen=True, slots=True)
class NeedsConsent:
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class ConsentRefused:
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class WordsKept:
    """What was said beside a medium that may not be kept."""

    noted: Noted
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class NoChild:
    """Every right has ended: there is nobody to keep it for."""


@dataclass(frozen=True, slots=True)
class ReadsOnly:
    """They read what is shared, and add nothing."""


Taken = Answered | Heard | Noted | AlbumPart | NeedsConsent | ConsentRefused | WordsKept | ReadsOnly | NoChild


async def take(tx: Tx, account: Account, message: Incoming, now: int, *, answers: bool = True) -> Taken:
    """Store one message under exactly one heading, once. Nothing is stored where a consent is missing.

    With ``answers`` off it is no answer, whatever is being asked.
    """
    if message.purpose is not None:
        given = await consents.given(tx, account, message.purpose)
        if given is None:
            return ReadsOnly() if await _only_reads(tx, account, now) else NeedsConsent(message.purpose)
        if not given:
            return await _refused(tx, account, message, message.purpose, now)
    if message.album and (first := await updates.album(tx, account.telegram_id, message.album)) is not None:
        return await _album_part(tx, account, message, first, now)
    if answers:
        taken = await goal_words.take(tx, account, message, now) or await _answer(tx, account, message, now)
        if taken is not None:
            return taken
    return await _note(tx, account, message, now)


async def _refused(tx: Tx, account: Account, message: Incoming, purpose: Purpose, now: int) -> Taken:
    """The medium is not kept; words that came with it are, as a note. Of an album that is said once."""
    first = await updates.album(tx, account.telegram_id, message.album) if message.album else None
    words = replace(message, media=None)
    if first is not None:
        return await _album_part(tx, account, words, first, now) if message.text else AlbumPart()
    if message.text:
        kept = await _note(tx, account, words, now)
        return WordsKept(kept, purpose) if isinstance(kept, Noted) else kept
    if message.album:
        await updates.accept(tx, account.telegram_id, message.telegram_message, now, album=message.album)
    return ConsentRefused(purpose)


async def _answer(tx: Tx, account: Account, message: Incoming, now: int) -> Answered | None:
    asked = await checkins.awaiting(tx, account.telegram_id, message.said_at, now)
    if asked is None or asked.question is None or not _fits(asked.question.accepts, message.media):
        return None
    said = await checkins.say(tx, account.telegram_id, asked, message.text, message.media, message.said_at, now)
    if said is None:
        return None
    view, answer = said
    await updates.accept(tx, account.telegram_id, message.telegram_message, now, answer=answer, album=message.album)
    return Answered(view)


def _fits(accepts: tuple[str, ...] | list[str], media: Media | None) -> bool:
    return ("words" if media is None else media.kind) in accepts


async def _note(tx: Tx, account: Account, message: Incoming, now: int) -> Noted | ReadsOnly | NoChild:
    cared_for = await people.children_of(tx, account.telegram_id, Right.CARE, now, May.GIVE)
    if not cared_for:
        return ReadsOnly() if await _only_reads(tx, account, now) else NoChild()
    child, person = cared_for[0]
    ack = new_id()
    note = await _store(tx, account, message, child.id, person, ack, now, sure=len(cared_for) == 1)
    return Noted(note, ack, person, tuple(one for one, _ in cared_for))


async def _only_reads(tx: Tx, account: Account, now: int) -> bool:
    """They care for somebody here, and may say nothing of anybody."""
    return bool(await people.children_of(tx, account.telegram_id, Right.CARE, now)) and not await people.children_of(
        tx, account.telegram_id, Right.CARE, now, May.GIVE
    )


async def _store(
    tx: Tx, account: Account, message: Incoming, child: int, person: int, ack: int, now: int, *, sure: bool
) -> int:
    media = message.media
    note = await stored.add(
        tx,
        {
            "child": child,
            "person": person,
            "kind": NoteKind.NOTE.value,
            "text": message.text,
            "media_kind": media.kind if media else None,
            "media_file_id": media.file_id if media else None,
            "media_seconds": media.seconds if media else None,
            "album": message.album,
            "sure": int(sure),
            "message": ack,
            "at": message.said_at,
        },
    )
    await updates.accept(tx, account.telegram_id, message.telegram_message, now, note=note, album=message.album)
    return note


async def _album_part(tx: Tx, account: Account, message: Incoming, first: Row, now: int) -> AlbumPart:
    """It goes where the first picture went: the same child, the same acknowledgement."""
    beside = await _beside(tx, account, first, now)
    if beside is not None:
        child, person, ack, sure = beside
        await _store(tx, account, message, child, person, ack, now, sure=sure)
    return AlbumPart()


async def _beside(tx: Tx, account: Account, first: Row, now: int) -> tuple[int, int, int, bool] | None:
    """Child, seat, acknowledgement and whether the child is sure, of what came first. None: there is no child left."""
    if first["note_id"] is not None:
        note = await stored.own(tx, account.telegram_id, first["note_id"], now)
        if note is not None:
            return note["child_id"], note["person_id"], note["message_id"], bool(note["sure"])
    if first["answer_id"] is not None:
        answer = await stored_checkins.own_answer(tx, account.telegram_id, first["answer_id"], now)
        if answer is not None:
            return answer["child_id"], answer["person_id"], new_id(), True
    cared_for = await people.children_of(tx, account.telegram_id, Right.CARE, now, May.GIVE)
    return (cared_for[0][0].id, cared_for[0][1], new_id(), len(cared_for) == 1) if cared_for else None


async def tag(tx: Tx, account: Account, note_id: int, kind: NoteKind, now: int) -> Row | None:
    """One tap says what it is. None where the note is not this account's."""
    note = await stored.own(tx, account.telegram_id, note_id, now)
    if note is not None:
        await stored.tag(tx, note_id, kind.value)
    return note


async def give(tx: Tx, account: Account, note_id: int, child_id: int, now: int) -> Row | None:
    """One tap says for whom it is; only a child that this account cares for."""
    note = await stored.own(tx, account.telegram_id, note_id, now)
    mine = await people.children_of(tx, account.telegram_id, Right.CARE, now, May.GIVE)
    seats = {child.id: person for child, person in mine}
    if note is None or child_id not in seats:
        return None
    await stored.give(tx, note_id, note["message_id"], child_id, seats[child_id])
    return note


async def hold(tx: Tx, account: Account, message: Incoming, payload: str, ask: int, now: int) -> None:
    """Keep a message aside until its consent is given, refused, or a day has passed."""
    assert message.purpose is not None  # noqa: S101 - only media wait for a consent
    held = await stored.hold(tx, account.telegram_id, message.purpose, payload, ask, now, now + DAY)
    await updates.accept(tx, account.telegram_id, message.telegram_message, now, held=held)


async def waiting(tx: Tx, account: Account, purpose: Purpose, album: str | None) -> int | None:
    """The logical message that asks for this consent because of the same album."""
    rows = await stored.held_for(tx, account.telegram_id, purpose) if album else []
    return next((row["message_id"] for row in rows if json.loads(row["payload"]).get("media_group_id") == album), None)


async def words_of(tx: Tx, account: Account, held: Row, now: int) -> Noted | None:
    """Keep what was said beside a medium that is not kept. None: nothing was, or there is no child to keep it for."""
    came = json.loads(held["payload"])
    text = clean(came.get("text") or came.get("caption"))
    if not text:
        return None
    words = Incoming(came["message_id"], text, None, clean(came.get("media_group_id")), min(held["arrived_at"], now))
    kept = await _note(tx, account, words, now)
    return kept if isinstance(kept, Noted) else None


async def release(tx: Tx, account: int, purpose: Purpose) -> list[Row]:
    """What was held for this consent, oldest first; it is held no longer."""
    rows = await stored.held_for(tx, account, purpose)
    for row in rows:
        await stored.release(tx, row["id"])
    return rows


async def drop_overdue(tx: Tx, now: int, most: int = 200) -> list[Row]:
    """What nobody consented to within a day is gone."""
    rows = await stored.overdue(tx, now, most)
    for row in rows:
        await stored.release(tx, row["id"])
    return rows
