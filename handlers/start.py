"""/start: by a link, back after /stop, or just to see where one is."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.domain import accounts, joining, people_of, schedule, settings
from bot.domain.inviting import PREFIX
from bot.domain.joining import Joined
from bot.model import Kind
from bot.text.screens import help as help_screens
from bot.text.screens import joining as screens
from bot.text.screens import settings as settings_screens
from handlers.context import Home
from handlers.menus import set_menu
from handlers.strangers import may_speak


async def start(update: Update, home: Home) -> None:
    assert update.message is not None  # noqa: S101 - a command
    code = (update.message.text or "").partition(" ")[2].strip()
    if code:
        await _by_code(home, code)
    elif home.account is not None and home.account.people:
        await _back(home)
    elif may_speak(home):
        home.say(screens.stranger(home.voice))


async def _back(home: Home) -> None:
    """Someone we know: messages come again, should they have stopped them."""
    await settings.resume(home.tx, home.me, home.now)
    home.say(help_screens.welcome_back(home.voice, home.me))


async def _by_code(home: Home, code: str) -> None:
    invitation = await joining.by_code(home.tx, code, home.now)
    if invitation is not None and invitation.open:
        voice = home.voice_of(invitation.person)
        home.say(screens.welcome(voice, invitation, home.house.clinic))
    elif invitation is not None and home.account is not None and invitation.used_by == home.chat:
        home.say(screens.already_in(home.voice))
    elif (home.account is not None and home.account.people) or may_speak(home):
        home.say(screens.no_such_link(home.voice))


async def forward(_: Update, home: Home) -> None:
    """`join:next:<key>`: read on."""
    invitation = await joining.by_key(home.tx, _key(home), home.now)
    if invitation is None or not invitation.open:
        await home.show(screens.no_such_link(home.voice))
        return
    await home.show(screens.agreement(home.voice_of(invitation.person), invitation, home.house.clinic))


async def refuse(_: Update, home: Home) -> None:
    key = _key(home)
    if await joining.refuse(home.tx, key, home.now):
        await home.show(screens.refused(home.voice, key))
    else:
        await home.show(screens.no_such_link(home.voice))


async def agree(_: Update, home: Home) -> None:
    """`join:agree:<key>`: in, with the consent kept and the therapists told."""
    joined = await joining.join(home.tx, _key(home), home.chat, home.now)
    if joined is None:
        await home.show(screens.no_such_link(home.voice))
        return
    home.account = await accounts.load(home.tx, home.chat)
    await set_menu(home)
    if joined.person.kind is Kind.THERAPIST:
        await home.show(screens.therapist_joined(home.voice_of(joined.person), home.house.clinic))
        return
    _tell_hosts(home, joined)
    await _ask_hour(home, joined)


def _tell_hosts(home: Home, joined: Joined) -> None:
    for host in joined.hosts:
        if host.telegram_id is not None:
            home.say(screens.notice(home.voice_of(host), joined), to=host.telegram_id)


async def _ask_hour(home: Home, joined: Joined) -> None:
    voice = home.voice_of(joined.person)
    for plan in await schedule.of_person(home.tx, joined.person.id):
        await home.show(screens.hour(voice, joined, plan["id"], plan["time"], home.now))
        return
    await home.show(screens.all_set(voice))


async def hour(_: Update, home: Home) -> None:
    """`setup:hour:<schedule>:<HHMM>`: chosen, or kept."""
    _setup, _hour, schedule_id, clock = _parts(home)
    changed = await settings.set_hour(home.tx, home.me, int(schedule_id), f"{clock[:2]}:{clock[2:]}", home.now)
    if changed is None:
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    first = settings_screens.moment(home.voice, changed.at, changed.timezone)
    await home.show(screens.try_out(home.voice, first))


async def try_out(_: Update, home: Home) -> None:
    """A pretend question: nothing of it is stored, exported or counted."""
    screen = {"try": screens.trying, "tried": screens.tried, "later": screens.all_set}[_parts(home)[1]]
    await home.show(screen(home.voice))


async def put_out(_: Update, home: Home) -> None:
    """`seat:out:<person>`: not them. Their access ends with this transaction."""
    therapist = home.me.therapist
    if therapist is None or not await people_of.put_out(home.tx, therapist.id, int(_parts(home)[2]), home.now):
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    await home.show(screens.put_out(home.voice))


def _parts(home: Home) -> list[str]:
    assert home.press is not None and home.press.data is not None  # noqa: S101, PT018 - a CallbackQueryHandler
    return home.press.data.split(":")


def _key(home: Home) -> str:
    return _parts(home)[2]


def handlers() -> list[BaseHandler[Update, Home, None]]:
    key = rf"[0-9a-f]{{{PREFIX}}}"
    return [
        CommandHandler("start", start),
        CallbackQueryHandler(forward, pattern=rf"^join:next:{key}$"),
        CallbackQueryHandler(agree, pattern=rf"^join:agree:{key}$"),
        CallbackQueryHandler(refuse, pattern=rf"^join:no:{key}$"),
        CallbackQueryHandler(hour, pattern=r"^setup:hour:\d{1,19}:([01]\d|2[0-3])[0-5]\d$"),
        CallbackQueryHandler(try_out, pattern=r"^setup:(try|tried|later)$"),
        CallbackQueryHandler(put_out, pattern=r"^seat:out:\d{1,19}$"),
    ]
