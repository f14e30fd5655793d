"""The home is a private chat. Being blocked is noticed, and so is coming back."""

from __future__ import annotations

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop, BaseHandler, ChatMemberHandler, TypeHandler

from bot.domain import accounts
from bot.model import Outgoing, Priority, Screen
from bot.storage.ids import new_id
from handlers.context import Home

GONE = (ChatMember.LEFT, ChatMember.BANNED)
OURS = ("message", "edited_message", "callback_query", "my_chat_member")


async def only_private(update: Update, home: Home) -> None:
    """Groups and channels are left; nothing said in them is read, nor what businesses and guests say elsewhere."""
    chat = update.effective_chat
    if update.callback_query is not None and chat is None:
        raise ApplicationHandlerStop
    if chat is None or chat.type == ChatType.PRIVATE:
        if not any(getattr(update, kind) for kind in OURS):
            raise ApplicationHandlerStop
        return
    joined = update.my_chat_member
    if joined is None or joined.new_chat_member.status not in GONE:
        home.outgoing.append(
            Outgoing(new_id(), chat.id, Screen(""), Priority.STRANGER, method="leaveChat", payload={"chat_id": chat.id})
        )
    raise ApplicationHandlerStop


async def changed(update: Update, home: Home) -> None:
    """Blocked: nothing more is sent. Back again: messages come as before."""
    assert update.my_chat_member is not None  # noqa: S101 - a ChatMemberHandler
    gone = update.my_chat_member.new_chat_member.status in GONE
    await accounts.blocked(home.tx, home.chat, home.now if gone else None)


def private_only() -> list[BaseHandler[Update, Home, None]]:
    return [TypeHandler(Update, only_private)]


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER)]
