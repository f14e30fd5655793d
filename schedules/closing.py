"""Every minute: windows that have ended close politely; media that nobody consented to are dropped, and said so."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import accounts, checkins, notes, sending, silence
from bot.domain.notes import Noted
from bot.house import House
from bot.model import Outgoing, Priority, Purpose, Screen
from bot.storage.database import Database, Row, Tx
from bot.storage.ids import new_id
from bot.text.catalogue import Voice
from bot.text.screens import checkin
from bot.text.screens import notes as note_screens

MOST = 500


async def tick(db: Database, house: House) -> int:
    """Returns how many check-ins were closed."""
    closed = 0
    while True:
        count = await db.write(lambda tx: _close(tx, house))
        closed += count
        if count < MOST:
            break
    await db.write(lambda tx: _drop(tx, house))
    return closed


async def _close(tx: Tx, house: House) -> int:
    now = house.clock.now_ms()
    rows = await checkins.close_ended(tx, now, MOST)
    await silence.closed(tx, rows, now)
    await sending.put(tx, [_expired(house, row) for row in rows if row["sent_at"] is not None], now)
    return len(rows)


def _expired(house: House, row: Row) -> Outgoing:
    """An edit makes no sound: the message that asked says that it has closed."""
    voice = house.voice(row["language"], row["address"], row["gender"])
    screen = checkin.expired(voice, row["id"], row["child_name"], row["local_date"], answered=bool(row["answered"]))
    return Outgoing(new_id(), row["account_id"], screen, Priority.PROMPT, edits=row["message_id"])


def _kept(voice: Voice, words: Noted) -> Screen:
    """What was said beside it is kept, and told without a sound: a day has passed."""
    if len(words.children) > 1:
        return replace(note_screens.for_whom(voice, words.note, words.children), silent=True)
    return replace(note_screens.kept(voice, words.note, "", ""), silent=True)


async def _drop(tx: Tx, house: House) -> None:
    now = house.clock.now_ms()
    said: dict[int, Outgoing] = {}
    for row in await notes.drop_overdue(tx, now):
        account = await accounts.load(tx, row["account_id"])
        if account is not None:
            voice = house.voice(account.people[0].language, account.people[0].address)
            screen = note_screens.dropped(voice, Purpose(row["purpose"]))
            said[row["message_id"]] = Outgoing(new_id(), row["account_id"], screen, edits=row["message_id"])
            words = await notes.words_of(tx, account, row, now)
            if words is not None:
                said[words.message] = Outgoing(words.message, row["account_id"], _kept(voice, words))
    await sending.put(tx, list(said.values()), now)
