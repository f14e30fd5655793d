"""Whatever a caregiver sends: an answer, a note, or one tap of consent away from being kept."""

from __future__ import annotations

import json
from dataclasses import replace
from zoneinfo import ZoneInfo

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.clock import from_ms
from bot.domain import consents, edits, notes, reading_time, taking_out
from bot.domain.checkins import View
from bot.domain.edits import Unseen
from bot.domain.goal_words import Heard
from bot.domain.notes import AlbumPart, Answered, ConsentRefused, Incoming, NeedsConsent, Noted, ReadsOnly, WordsKept
from bot.model import NoteKind, Purpose, Screen
from bot.storage.database import Row
from bot.storage.ids import new_id
from bot.text import numbers
from bot.text.screens import checkin as checkin_screens
from bot.text.screens import choosing
from bot.text.screens import notes as screens
from bot.text.screens import privacy as privacy_screens
from handlers import checkin, concerns, following, goals, offers
from handlers.context import Home
from handlers.incoming import incoming

SEEN = "👍"
_TAKEN = frozenset(
    (
        "message_id",
        "date",
        "edit_date",
        "chat",
        "text",
        "caption",
        "media_group_id",
        "forward_origin",
        "photo",
        "voice",
        "audio",
        "video",
        "video_note",
        "animation",
        "document",
    )
)
_PURPOSES = "|".join(purpose.value for purpose in consents.EXTRA)


async def received(update: Update, home: Home) -> None:
    message = update.message
    assert message is not None  # noqa: S101 - the filter
    taken = incoming(message, home.said_at)
    if taken is None:
        home.say(screens.empty(home.voice) if message.text is not None else screens.cannot_keep(home.voice))
    elif await edits.came_late(home.tx, home.me, taken, home.now):
        await concerns.reworded(home, taken)
    else:
        await _take(home, taken, message)


async def behind_command(home: Home, message: Message) -> None:
    """Words behind a command are no part of it. Where a list knows them they are kept and met like any others."""
    taken = incoming(message, home.said_at)
    if taken is None or not home.me.caregivers:
        return
    words = replace(taken, text="".join((taken.text or "").split(maxsplit=1)[1:]))
    if concerns.listed(words):
        await _take(home, words, message, answers=False)


async def _take(home: Home, message: Incoming, raw: Message, *, answers: bool = True, looked_at: bool = False) -> None:
    """What somebody else wrote, handed on, answers no question of ours: it is a note.

    Red words bring the card in the place of any other acknowledgement.
    """
    own = raw.forward_origin is None
    taken = await notes.take(home.tx, home.me, message, home.now, answers=answers and own)
    if not looked_at and await concerns.caught(home, message, taken.noted if isinstance(taken, WordsKept) else taken):
        return
    match taken:
        case Answered(view):
            home.react(SEEN, message.telegram_message)
            home.edit(view.message, await checkin.shown(home, view))
            await offers.follow(home, view)
            await following.after(home, view)
        case Heard():
            await goals.heard(home, taken)
        case Noted():
            await _acknowledge(home, taken)
        case AlbumPart():
            pass
        case NeedsConsent(purpose):
            await _hold(home, message, raw, purpose)
        case ConsentRefused(purpose):
            home.say(screens.consent_refused(home.voice, purpose))
        case WordsKept(noted, purpose):
            shown = screens.words_kept(home.voice, await _kept(home, noted), purpose)
            home.say(shown, message=noted.message)
        case ReadsOnly():
            home.say(choosing.reads_only(home.voice))
        case _:
            home.say(screens.no_child(home.voice))


async def _acknowledge(home: Home, noted: Noted) -> None:
    home.say(await _kept(home, noted), message=noted.message)


async def _kept(home: Home, noted: Noted) -> Screen:
    if len(noted.children) > 1:
        return screens.for_whom(home.voice, noted.note, noted.children)
    name, day = await _reader(home, noted.children[0].id)
    return screens.kept(home.voice, noted.note, name, day)


async def _reader(home: Home, child: int) -> tuple[str, str]:
    """Who reads it, and on which day; "" where no reading is planned."""
    reader = await reading_time.next_reader(home.tx, child, home.now)
    if reader is None:
        return "", ""
    name, at = reader
    if at is None:
        return name, ""
    day = from_ms(at).astimezone(ZoneInfo(home.person.timezone))
    return name, numbers.weekday(day.weekday(), home.voice.language)


async def _hold(home: Home, message: Incoming, raw: Message, purpose: Purpose) -> None:
    """The first one asks; the rest of an album waits with it in silence, for one answer to all."""
    waiting = await notes.waiting(home.tx, home.me, purpose, message.album)
    ask = new_id() if waiting is None else waiting
    await notes.hold(home.tx, home.me, message, _as_it_came(raw), ask, home.now)
    if ask != waiting:
        home.say(screens.ask_consent(home.voice, purpose), message=ask)


def _as_it_came(raw: Message) -> str:
    """What is needed to take it later; the rest might not be read again. Raises `TypeError` where this could not.

    No names: of a chat its number, and of what was handed on only that it was.
    """
    taken = {name: value for name, value in raw.to_dict().items() if name in _TAKEN}
    taken["chat"] = {name: taken["chat"][name] for name in ("id", "type")}
    if raw.forward_origin is not None:
        taken["forward_origin"] = {"type": "hidden_user", "date": taken["date"], "sender_user_name": ""}
    Message.de_json(taken, None)
    return json.dumps(taken)


async def consented(_: Update, home: Home) -> None:
    """`k:<purpose>:<yes|no>`."""
    _k, purpose_key, word = home.data
    purpose, yes = Purpose(purpose_key), word == "yes"
    await consents.record(home.tx, home.me, purpose, given=yes, now=home.now, listed=home.house.erased)
    said = (screens.consent_given if yes else screens.consent_refused)(home.voice, purpose)
    await settle_held(home, purpose, said, await home.show(said), yes=yes)
    if not yes and await taking_out.offered(home.tx, home.me, purpose, home.now):
        home.say(privacy_screens.earlier(home.voice, purpose))


async def settle_held(home: Home, purpose: Purpose, said: Screen, pressed: int, *, yes: bool) -> None:
    """What waited for that yes is taken now; after a no, what was said beside it is."""
    held = await notes.release(home.tx, home.chat, purpose)
    for ask in {row["message_id"] for row in held} - {pressed}:
        home.edit(ask, said)  # each of them was asked about
    for row in held:
        if not yes:
            await _words_of(home, row)
            continue
        raw = Message.de_json(json.loads(row["payload"]), home.bot)
        message = incoming(raw, min(row["arrived_at"], home.now))
        if message is not None:
            await _take(home, message, raw, looked_at=True)  # it was, when it came


async def _words_of(home: Home, row: Row) -> None:
    words = await notes.words_of(home.tx, home.me, row, home.now)
    if words is not None:
        await _acknowledge(home, words)


async def tagged(_: Update, home: Home) -> None:
    """`n:<note>:t:<kind>`: one tap says what it is."""
    _n, note, _t, kind = home.data
    row = await notes.tag(home.tx, home.me, int(note), NoteKind(kind), home.now)
    if row is None:
        home.toast(home.voice("button-gone"))
        return
    name, day = await _reader(home, row["child_id"])
    await home.show(screens.tagged(home.voice, NoteKind(kind), name, day))


async def given(_: Update, home: Home) -> None:
    """`n:<note>:c:<child>`: for whom it is."""
    _n, note, _c, child = home.data
    row = await notes.give(home.tx, home.me, int(note), int(child), home.now)
    if row is None:
        home.toast(home.voice("button-gone"))
        return
    name, day = await _reader(home, int(child))
    await home.show(screens.kept(home.voice, int(note), name, day))


async def edited(update: Update, home: Home) -> None:
    """An edited message becomes a revision; the check-in that shows it is drawn anew.

    One that comes before its message is a note of its own: what it would have answered is not known.
    """
    message = update.edited_message
    assert message is not None  # noqa: S101 - the filter
    taken = incoming(message, home.said_at)
    if taken is None:
        return
    match await edits.edited(home.tx, home.me, taken, _as_it_came(message), home.now):
        case View() as view:
            home.edit(view.message, checkin_screens.any_state(home.catalogue_voice(view), view))
            await concerns.reworded(home, taken)
        case None:
            await concerns.reworded(home, taken)
        case Unseen() if (taken.text or "").startswith("/"):
            await behind_command(home, message)
        case Unseen() if home.me.caregivers:
            await _take(home, taken, message, answers=False)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    """The last ones to be asked: whatever no other conversation wanted is a note."""
    return [
        CallbackQueryHandler(consented, pattern=rf"^k:({_PURPOSES}):(yes|no)$"),
        CallbackQueryHandler(tagged, pattern=r"^n:\d{1,19}:t:(win|hard|question)$"),
        CallbackQueryHandler(given, pattern=r"^n:\d{1,19}:c:\d{1,19}$"),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited),
        MessageHandler(filters.UpdateType.MESSAGE & ~filters.COMMAND, received),
    ]
