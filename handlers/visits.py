"""A therapist answers to what was said after a visit. Buttons are `visit:<way>:<digest>:<child>:<answer>`."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import digests, messages
from bot.domain.digest_facts import Family
from bot.domain.digest_reviews import Feedback
from bot.domain.digests import Digest
from bot.text.screens import messages as message_screens
from bot.text.screens import visit_replies as screens
from handlers.context import Home


async def choose(home: Home, digest: Digest, child: int, answer: int) -> bool:
    """A new message, so that the family's screen stays to look at."""
    found = await _find(home, digest, child, answer)
    if found is not None:
        home.say(screens.choose(home.voice_of(home.seat(digest.person)), digest.id, *found))
    return found is not None


async def _find(home: Home, digest: Digest, child: int, answer: int) -> tuple[Family, Feedback] | None:
    """None where the child is not theirs to treat, or it has its answer."""
    family = await digests.one(home.tx, digest, child, home.now, home.house.rules)
    said = (one for one in family.feedback if one.answer == answer) if family is not None else ()
    one = next(iter(said), None)
    return None if family is None or one is None or one.replied_at is not None else (family, one)


async def pressed(_: Update, home: Home) -> None:
    """The words as they will go; nothing goes before they are sent."""
    _visit, kind, number, child, answer = home.data
    digest = await digests.find(home.tx, home.chat, int(number), home.now)
    found = None if digest is None else await _find(home, digest, int(child), int(answer))
    if digest is None or found is None or not await _preview(home, digest, kind, *found):
        home.toast(home.voice.plain("button-gone"), alert=True)


async def _preview(home: Home, digest: Digest, kind: str, family: Family, one: Feedback) -> bool:
    seat, reader = await messages.reached(home.tx, one.by), home.seat(digest.person)
    if seat is None:
        return False
    said = screens.words(home.house.voice(seat.language, seat.address), kind, one)
    row = await messages.draft(home.tx, home.me, family.child, one.by, said, home.now, answer=one.answer)
    if row is not None:
        shown = message_screens.preview(home.voice_of(reader), row, messages.goes_at(row, home.now), home.now)
        await home.show(shown)
    return row is not None


def handlers() -> list[BaseHandler[Update, Home, None]]:
    kinds = "|".join(screens.KINDS)
    return [CallbackQueryHandler(pressed, pattern=rf"^visit:({kinds}):\d{{1,18}}:\d{{1,18}}:\d{{1,18}}$")]
