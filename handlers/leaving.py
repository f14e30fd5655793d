"""/export and /delete_my_data: what a caregiver gave is theirs to take along, and to delete."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, holds, leaving
from bot.domain.erasing import Moment
from bot.model import Json, Outgoing, Priority, Screen
from bot.storage.database import Row
from bot.storage.ids import new_id
from bot.text.catalogue import Voice
from bot.text.screens import families as family_screens
from bot.text.screens import leaving as screens
from handlers.context import Home


async def export(_: Update, home: Home) -> None:
    """Two files, made in the background."""
    if not await accounts.seats(home.tx, home.me):
        home.say(screens.families_only(home.voice))
        return
    wished_by = home.say(screens.coming(home.voice))
    await leaving.wish(home.tx, home.me, wished_by, home.now)


async def ask(_: Update, home: Home) -> None:
    if not await accounts.seats(home.tx, home.me):
        home.say(screens.families_only(home.voice))
        return
    home.say(await _sure(home))


async def _sure(home: Home) -> Screen:
    return screens.sure(home.voice, asked_for_help=await leaving.asked_for_help(home.tx, home.me))


async def pressed(update: Update, home: Home) -> None:
    """`leave:ask`, `leave:stay`, `leave:copy`, `leave:delete`."""
    if not await accounts.seats(home.tx, home.me):
        home.toast(home.voice.plain("button-gone"), alert=True)
    elif home.data == ["leave", "ask"]:
        await home.show(await _sure(home))
    elif home.data == ["leave", "stay"]:
        await home.show(screens.kept(home.voice))
    elif home.data == ["leave", "copy"]:
        await export(update, home)
    else:
        await _delete(home)


async def _delete(home: Home) -> None:
    if await holds.of_account(home.tx, home.chat):
        await held(home)
        return
    at = Moment(home.house.clock.machine_ms(), home.now)
    for row in await leaving.delete(home.tx, home.me, home.house.erased, at):
        await tell_therapists(home, row, screens.told)
    if await accounts.load(home.tx, home.chat) is not None:
        await home.show(screens.deleted(home.voice))
        return
    # Nobody we know any more: said as to a stranger, so that no trace is left of the saying.
    home.say(screens.deleted(home.voice), priority=Priority.STRANGER)
    if home.press is not None and home.press.message is not None:
        _call(home, "deleteMessage", {"chat_id": home.chat, "message_id": home.press.message.message_id})


async def held(home: Home) -> None:
    """The law has it kept: a human is told, and decides."""
    for row in await holds.wished(home.tx, home.chat, home.now):
        await tell_therapists(home, row, screens.held_told)
    await home.show(screens.held(home.voice))


def _call(home: Home, method: str, payload: Json) -> None:
    home.outgoing.append(Outgoing(new_id(), home.chat, Screen(""), Priority.STRANGER, method=method, payload=payload))


async def tell_therapists(home: Home, row: Row, told: Callable[[Voice, str, str], Screen]) -> None:
    """Somebody has left: `row` is the seat as it was, with child_id and child_name."""
    for therapist in await accounts.therapists(home.tx, row["child_id"], home.now):
        voice = home.voice_of(therapist)
        shown = told(voice, family_screens.who(voice, row), row["child_name"])
        await home.tell(therapist, shown, row["child_id"], None)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("export", export, filters.UpdateType.MESSAGE),
        CommandHandler("delete_my_data", ask, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(pressed, pattern=r"^leave:(ask|stay|copy|delete)$"),
    ]
