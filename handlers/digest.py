"""Reading the digest: /digest at any time, and the buttons that lead from family to family."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.domain import auditing, consents, digest_period, digest_sources, digests, messages, silence
from bot.domain.digests import Digest, Why
from bot.model import Person, Screen
from bot.storage.ids import new_id
from bot.text.catalogue import Voice
from bot.text.screens import digest as screens
from bot.text.screens import digest_answers, digest_family
from bot.text.screens import messages as message_screens
from bot.text.screens import tasks as task_screens
from handlers import messages as message_handlers
from handlers import planning, snoozing, visits
from handlers.context import Home

Verb = Callable[[Home, Digest, int, int], Awaitable[bool]]

_MOST_WORDS = 8
_MOST_MEDIA = 20  # handed on at one press; Telegram takes one a second for a chat


async def digest_now(_: Update, home: Home) -> None:
    """/digest: a small caseload is read at once, a large one in the background."""
    therapist = home.me.therapist
    if therapist is None:
        home.say(screens.therapists_only(home.voice))
    elif await digests.is_small(home.tx, therapist.id, home.now):
        await _read(home, therapist)
    else:
        wished_by = home.say(screens.coming(home.voice_of(therapist)))
        await digests.wish(home.tx, therapist.id, therapist.timezone, wished_by, home.now)


async def _read(home: Home, therapist: Person) -> None:
    message, today = new_id(), digest_period.local_date(home.now, therapist.timezone)
    asked = (today, therapist.timezone, home.now, home.house.rules, Why.ASKED)
    families = await digests.caseload(home.tx, therapist.id, *asked)
    await auditing.seen(home.tx, therapist.id, None, home.now)
    made = await digests.keep(home.tx, therapist.id, today, families, message, home.now, Why.ASKED)
    period = digest_period.before(today, therapist.timezone, home.now)
    shown = screens.caseload(home.voice_of(therapist), made, families, period, again=True)
    stale_at = home.now + digests.STALE_AFTER
    home.say(await with_tasks(home, therapist, shown), message=message, expires_at=stale_at)


async def with_tasks(home: Home, therapist: Person, shown: Screen) -> Screen:
    """With the families below it that are to be contacted in person."""
    tasks = await silence.tasks(home.tx, therapist.id, therapist.timezone, home.now)
    return task_screens.beside(home.voice_of(therapist), shown, tasks)


async def pressed(_: Update, home: Home) -> None:
    """`digest:<verb>:<digest>[:<child>[:<page or question>]]`."""
    _area, verb, number, *rest = home.data
    digest = await digests.find(home.tx, home.chat, int(number), home.now)
    child, which = (*(int(one) for one in rest), 0, 0)[:2]
    if digest is None or not await _VERBS[verb](home, digest, child, which):
        home.toast(home.voice.plain("button-gone"), alert=True)
    else:
        await auditing.seen(home.tx, digest.person, child or None, home.now)


async def _list(home: Home, digest: Digest, _child: int, _which: int) -> bool:
    families = await digests.families(home.tx, digest, home.now, home.house.rules)
    period = digests.period(digest, home.now)
    shown = screens.caseload(_voice(home, digest), digest.id, families, period, again=digest.again)
    await home.show(await with_tasks(home, home.seat(digest.person), shown))
    return True


async def _end(home: Home, digest: Digest, _child: int, _which: int) -> bool:
    await home.show(screens.end(_voice(home, digest), digests.period(digest, home.now)))
    return True


async def _family(home: Home, digest: Digest, child: int, _which: int) -> bool:
    """False where the therapist may not treat that child, or no longer."""
    page = await digests.page(home.tx, digest, child, home.now, home.house.rules)
    if page is not None:
        await digests.opened(home.tx, digest, child, home.now)
        await home.show(digest_family.family(_voice(home, digest), digest.id, page))
    return page is not None


async def _answers(home: Home, digest: Digest, child: int, which: int) -> bool:
    """Every figure opens its source."""
    page = await digests.page(home.tx, digest, child, home.now, home.house.rules)
    if page is None:
        return False
    entries = await digest_sources.of_child(home.tx, digest.person, child, page.family.period)
    reader, voice = home.seat(digest.person), _voice(home, digest)
    await home.show(digest_answers.answers(voice, digest.id, page.family, entries, which, reader.name))
    return True


async def _mark(home: Home, digest: Digest, child: int, which: int) -> bool:
    if not await digests.mark_answered(home.tx, digest, which, home.now):
        return False
    home.toast(_voice(home, digest).plain("digest-marked"))
    return await _family(home, digest, child, 0)


async def _hand_on(home: Home, digest: Digest, child: int, _which: int) -> bool:
    """Voice and pictures as new messages, oldest first."""
    page = await digests.page(home.tx, digest, child, home.now, home.house.rules)
    if page is None:
        return False
    voice, refused = _voice(home, digest), await consents.withheld(home.tx, child)
    kept = [one for one in page.family.media if consents.covers(refused, one.by, one.media)]
    for one in reversed([one for one in page.family.media if one not in kept][:_MOST_MEDIA]):
        for screen in screens.medium(voice, page.family, one):
            home.say(screen)
    if kept:
        home.say(screens.withheld(voice, len(kept)))
    return bool(page.family.media)


async def _use(home: Home, digest: Digest, child: int, _which: int) -> bool:
    """What of it was used in the visit today?"""
    family = await digests.one(home.tx, digest, child, home.now, home.house.rules)
    if family is None:
        return False
    used = await messages.used(home.tx, child)
    said = [one for one in digests.words(family) if (one.note, one.answer) not in used][:_MOST_WORDS]
    shown = [(one.text or "", "n" if one.note else "w", one.note or one.answer or 0) for one in said]
    await home.show(message_screens.use_which(_voice(home, digest), digest.id, child, shown))
    return True


async def _used_note(home: Home, digest: Digest, child: int, which: int) -> bool:
    return await _used(home, digest, child, note=which)


async def _used_answer(home: Home, digest: Digest, child: int, which: int) -> bool:
    return await _used(home, digest, child, answer=which)


async def _used(home: Home, digest: Digest, child: int, **said: int) -> bool:
    """The family's right was looked up before anything is marked."""
    if await digests.one(home.tx, digest, child, home.now, home.house.rules) is None:
        return False
    if not await messages.mark_used(home.tx, digest.person, child, home.now, **said):
        return False
    home.toast(_voice(home, digest).plain("used-marked"))
    return await _family(home, digest, child, 0)


async def _reply(home: Home, digest: Digest, child: int, _which: int) -> bool:
    """A new message, so that the family's screen stays to look at."""
    screen = await message_handlers.to(home, home.seat(digest.person), child, 0)
    if screen is not None:
        home.say(screen)
    return screen is not None


async def _plan(home: Home, digest: Digest, child: int, _which: int) -> bool:
    """The family's plans, as a new message too."""
    screen = await planning.of_child(home, home.seat(digest.person), child)
    if screen is not None:
        home.say(screen)
    return screen is not None


_VERBS: dict[str, Verb] = {
    "l": _list,
    "d": _end,
    "f": _family,
    "a": _answers,
    "q": _mark,
    "m": _hand_on,
    "u": _use,
    "n": _used_note,
    "w": _used_answer,
    "r": _reply,
    "p": _plan,
    "z": snoozing.choose,
    "v": visits.choose,
}


def _voice(home: Home, digest: Digest) -> Voice:
    return home.voice_of(home.seat(digest.person))


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("digest", digest_now),
        CallbackQueryHandler(pressed, pattern=r"^digest:[lfamqdunwrpzv]:\d{1,18}(:\d{1,18}){0,2}$"),
    ]
