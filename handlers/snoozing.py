"""A flag of a digest waits for some days. Buttons are `snooze:<verb>:<digest>:<child>:<kind>:<person>[:<more>]`."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.domain import accounts, digest_period, digests, families, snoozing
from bot.domain.digests import Digest
from bot.domain.flags import Kind
from bot.model import Screen
from bot.text.screens import snooze as screens
from handlers.context import Home

ASKING = "snooze:"
_KINDS = "|".join(one.value for one in Kind)


async def choose(home: Home, digest: Digest, child: int, _which: int) -> bool:
    """What may wait: one flag is asked about at once."""
    family = await digests.one(home.tx, digest, child, home.now, home.house.rules)
    if family is None:
        return False
    flags, voice = snoozing.can_wait(family), home.voice_of(home.seat(digest.person))
    one = len(flags) == 1
    await home.show(
        screens.why(voice, digest.id, family, flags[0]) if one else screens.which(voice, digest.id, family, flags)
    )
    return True


async def pressed(_: Update, home: Home) -> None:
    _snooze, verb, digest, child, kind, by, *more = home.data
    screen = await _screen(home, verb, int(digest), int(child), kind, int(by), *more)
    await home.show_or_say_gone(screen)


async def _screen(
    home: Home, verb: str, digest_id: int, child: int, kind: str, by: int, more: str = "", words: str = ""
) -> Screen | None:
    digest = await digests.find(home.tx, home.chat, digest_id, home.now)
    found = digest and await snoozing.find(home.tx, digest, child, kind, by, home.now, home.house.rules)
    if digest is None or not found:
        return None
    family, flags = found
    voice = home.voice_of(home.seat(digest.person))
    await accounts.ask(home.tx, home.chat, "")
    if verb == "which":
        return screens.why(voice, digest.id, family, flags[0])
    if verb == "words":
        await accounts.ask(home.tx, home.chat, f"{ASKING}{digest_id}:{child}:{kind}:{by}")
        return screens.write(voice)
    days = int(more) if verb == "days" else home.house.rules.snooze_days
    reason = more if verb == "why" else ""
    until = await snoozing.put_off(home.tx, digest.person, family, flags, days, reason, words, home.now)
    on = None if until is None else digest_period.local_date(until, digest.timezone)
    return screens.done(voice, digest.id, family, flags[0], on)


async def typed(home: Home, words: str) -> None:
    """The reason in the therapist's own words."""
    _snooze, digest, child, kind, by = home.me.asking.split(":")
    line = families.cleaned(words)
    screen = await _screen(home, "typed", int(digest), int(child), kind, int(by), words=line) if line else None
    home.say(screens.write(home.voice) if screen is None else screen)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    data = rf"^snooze:(which|words):\d{{1,18}}:\d{{1,18}}:({_KINDS}):\d{{1,18}}$"
    why = rf"^snooze:why:\d{{1,18}}:\d{{1,18}}:({_KINDS}):\d{{1,18}}:({'|'.join(screens.WHY)})$"
    days = rf"^snooze:days:\d{{1,18}}:\d{{1,18}}:({_KINDS}):\d{{1,18}}:(0|{'|'.join(map(str, screens.DAYS))})$"
    return [CallbackQueryHandler(pressed, pattern=one) for one in (data, why, days)]
