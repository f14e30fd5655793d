"""/start: by a link, back after /stop, or just to see where one is."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, consents, families, joining, schedule, settings
from bot.domain.inviting import PREFIX
from bot.domain.joining import Invitation, Joined
from bot.model import Kind, Screen
from bot.text.screens import help as help_screens
from bot.text.screens import joining as screens
from bot.text.screens import plans
from bot.text.screens import settings as settings_screens
from handlers import settings as settings_handlers
from handlers import whom
from handlers.context import Home
from handlers.menus import set_menu
from handlers.strangers import turned_away


async def start(update: Update, home: Home) -> None:
    assert update.message is not None  # noqa: S101 - a command
    code = (update.message.text or "").partition(" ")[2].strip()
    if code:
        await _by_code(home, code)
    elif home.account is None:
        await turned_away(home, screens.stranger(home.voice))
    else:
        await _back(home)


async def _back(home: Home) -> None:
    """Someone we know: messages come again, should they have stopped them."""
    stopped = home.me.stopped
    if stopped:
        await settings.resume(home.tx, home.me, home.now)
    await set_menu(home)
    home.say(help_screens.welcome_back(home.voice, home.me, stopped=stopped, gives=await whom.gives(home)))


async def _by_code(home: Home, code: str) -> None:
    invitation = await joining.by_code(home.tx, code, home.now)
    if invitation is not None and invitation.open:
        voice = home.voice_of(invitation.person)
        home.say(screens.welcome(voice, invitation, home.house.clinic))
    elif home.account is None:
        await turned_away(home, screens.no_such_link(home.voice))
    elif invitation is not None and invitation.used_by == home.chat:
        home.say(screens.already_in(home.voice))
    else:
        home.say(screens.no_such_link(home.voice))


async def forward(_: Update, home: Home) -> None:
    """`join:next:<key>`: read on."""
    invitation = await joining.by_key(home.tx, _key(home), home.now)
    if invitation is None or not invitation.open:
        _too_late(home)
        return
    await home.show(_agreement(home, invitation))


def _agreement(home: Home, invitation: Invitation) -> Screen:
    voice = home.voice_of(invitation.person)
    return screens.agreement(voice, invitation, home.house.clinic, consents.TEXT_VERSION)


async def more(_: Update, home: Home) -> None:
    """`join:more:<key>`: the rest of what is agreed to."""
    invitation = await joining.by_key(home.tx, _key(home), home.now)
    if invitation is None or not invitation.open:
        _too_late(home)
        return
    voice, clinic = home.voice_of(invitation.person), home.house.clinic
    await home.show(screens.details(voice, invitation, clinic, consents.TEXT_VERSION))


async def refuse(_: Update, home: Home) -> None:
    """`join:no:<key>`: nothing changes, and the link stays good."""
    invitation = await joining.refuse(home.tx, _key(home), home.now)
    if invitation is None:
        _too_late(home)
        return
    await home.show(screens.refused(home.voice_of(invitation.person), invitation))


async def agree(_: Update, home: Home) -> None:
    """`join:agree:<key>[:<version>]`: in, with the consent kept and the therapists told."""
    assert home.press is not None  # noqa: S101 - a CallbackQueryHandler
    if await joining.cares_already(home.tx, _key(home), home.chat, home.now):
        await home.show(screens.already_in(home.voice))
        return
    reads = await joining.reads_another(home.tx, _key(home), home.chat, home.now)
    if reads is not None:
        await home.show(screens.not_both(home.voice, reads, _key(home)))
        return
    if (other := await _read_another(home)) is not None:
        await home.show(_agreement(home, other))
        return
    called = families.cleaned(home.press.from_user.first_name)
    joined = await joining.join(home.tx, _key(home), home.chat, called, home.now)
    if joined is None:
        _too_late(home)
        return
    home.account = await accounts.load(home.tx, home.chat)
    await set_menu(home)
    if joined.person.kind is Kind.THERAPIST:
        await home.show(screens.therapist_joined(home.voice_of(joined.person), home.house.clinic))
        return
    await _tell_hosts(home, joined)
    await _ask_hour(home, joined)


async def _read_another(home: Home) -> Invitation | None:
    """The invitation of a caregiver who has read another text than would be put on record; None where that is it."""
    invitation = await joining.by_key(home.tx, _key(home), home.now)
    if invitation is None or invitation.person.kind is Kind.THERAPIST or home.data[3:] == [consents.TEXT_VERSION]:
        return None
    return invitation if invitation.open else None


def _too_late(home: Home) -> None:
    """The link has ended, or was never one. Only a line over the chat: a stranger leaves no trace."""
    home.toast(home.voice.plain("join-no-link"), alert=True)


async def _tell_hosts(home: Home, joined: Joined) -> None:
    for host in joined.hosts:
        await home.tell(host, screens.notice(home.voice_of(host), joined), joined.child_id, joined.person.id)


async def _ask_hour(home: Home, joined: Joined) -> None:
    voice = home.voice_of(joined.person)
    for plan in await schedule.of_person(home.tx, joined.person.id):
        await home.show(screens.hour(voice, joined, plan["id"], plan["time"], home.now))
        return
    await home.show(screens.all_set(voice))


async def hour(_: Update, home: Home) -> None:
    """`setup:hour:<schedule>:<HHMM>`: chosen, or kept. Then the language, where there are several."""
    _setup, _hour, plan, clock = home.data
    if await settings.set_hour(home.tx, home.me, int(plan), f"{clock[:2]}:{clock[2:]}", home.now) is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    languages = home.house.catalogue.languages
    if len(languages) == 1:
        await _offer_try_out(home, int(plan))
        return
    mine = home.voice.language
    codes = [mine, *(one for one in languages if one != mine)]
    await home.show(settings_screens.languages(home.voice, codes, f"setup:language:{plan}"))


async def language(_: Update, home: Home) -> None:
    """`setup:language:<schedule>:<language>`."""
    _setup, _language, plan, code = home.data
    if not await settings_handlers.speak(home, code):
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    await _offer_try_out(home, int(plan))


async def _offer_try_out(home: Home, plan: int) -> None:
    row = await settings.own_plan(home.tx, home.me, plan)
    at = None if row is None else await schedule.next_moment(home.tx, plan)
    await home.show(screens.try_out(home.voice, plans.moment(home.voice, at, home.person.timezone)))


async def try_out(_: Update, home: Home) -> None:
    """A pretend question: nothing of it is stored, exported or counted."""
    screen = {"try": screens.trying, "tried": screens.tried, "later": screens.all_set}[home.data[1]]
    await home.show(screen(home.voice))


async def put_out(_: Update, home: Home) -> None:
    """`seat:out:<person>`: not them. Their access ends with this transaction."""
    therapist = home.me.therapist
    if therapist is None or not await families.put_out(home.tx, therapist.id, int(home.data[2]), home.now):
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    await home.show(screens.put_out(home.voice))


def _key(home: Home) -> str:
    return home.data[2]


def handlers() -> list[BaseHandler[Update, Home, None]]:
    key = rf"[0-9a-f]{{{PREFIX}}}"
    return [
        CommandHandler("start", start, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(forward, pattern=rf"^join:next:{key}$"),
        CallbackQueryHandler(more, pattern=rf"^join:more:{key}$"),
        CallbackQueryHandler(agree, pattern=rf"^join:agree:{key}(:[0-9-]{{4,10}})?$"),
        CallbackQueryHandler(refuse, pattern=rf"^join:no:{key}$"),
        CallbackQueryHandler(hour, pattern=r"^setup:hour:\d{1,18}:([01]\d|2[0-3])[0-5]\d$"),
        CallbackQueryHandler(language, pattern=r"^setup:language:\d{1,18}:[A-Za-z-]{2,8}$"),
        CallbackQueryHandler(try_out, pattern=r"^setup:(try|tried|later)$"),
        CallbackQueryHandler(put_out, pattern=r"^seat:out:\d{1,18}$"),
    ]
