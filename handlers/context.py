"""What a handler holds: the transaction, the time, who is speaking, and a list of what goes out after the commit."""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.clock import to_ms
from bot.domain import accounts, auditing, notices, silence
from bot.domain.auditing import What
from bot.domain.checkins import View
from bot.house import House
from bot.model import Account, Outgoing, Person, Priority, Screen
from bot.storage import copies
from bot.storage.database import Tx
from bot.storage.ids import new_id
from bot.text.catalogue import Voice


class Home(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """One update being handled. Nothing it does is seen by anyone before the commit."""

    tx: Tx
    house: House
    now: int  # calendar milliseconds
    said_at: int  # when the person said it
    chat: int
    account: Account | None
    press: CallbackQuery | None

    async def begin(self, tx: Tx, house: House, update: Update) -> None:
        self.tx, self.house, self.now = tx, house, house.clock.now_ms()
        self.outgoing: list[Outgoing] = []
        self.press = update.callback_query
        self.press_text: tuple[str, bool] = ("", False)
        user = update.effective_user
        self.chat = user.id if user else 0
        self._language = (user.language_code or "") if user else ""
        self.said_at = self._when(update.effective_message)
        self.account = await accounts.load(tx, self.chat) if user else None
        if self.account is not None and (self.press is not None or update.message is not None):
            await silence.spoken(tx, self.account)

    def _when(self, message: Message | None) -> int:
        """Telegram dates a message when it was sent; a press has no date. A simulated calendar dates all by arrival."""
        if message is None or self.press is not None or self.house.clock.simulated:
            return self.now
        return min(to_ms(message.edit_date or message.date), self.now)

    @property
    def data(self) -> list[str]:
        """The fields of the button that was pressed. Only where a press is handled."""
        assert self.press is not None and self.press.data is not None  # noqa: S101, PT018 - a CallbackQueryHandler
        return self.press.data.split(":")

    @property
    def me(self) -> Account:
        """The account of someone we know. Strangers never get as far as a handler that asks."""
        assert self.account is not None  # noqa: S101 - held by strangers.guard
        return self.account

    @property
    def person(self) -> Person:
        return self.me.people[0]

    def seat(self, number: int) -> Person:
        """One of this account's own, that the caller found through the account."""
        return next(one for one in self.me.people if one.id == number)

    @property
    def voice(self) -> Voice:
        if self.account and self.account.people:
            return self.voice_of(self.account.people[0])
        return self.house.catalogue.voice(self.house.catalogue.nearest(self._language, self.house.language))

    def voice_of(self, person: Person, gender: str = "unsaid") -> Voice:
        return self.house.catalogue.voice(person.language, address=person.address, gender=gender)

    def catalogue_voice(self, view: View) -> Voice:
        """How to speak about that check-in: the caregiver's language, the child's words."""
        return self.house.catalogue.voice(view.language, address=view.address, gender=view.gender)

    def say(
        self,
        screen: Screen,
        *,
        to: int | None = None,
        priority: Priority = Priority.REPLY,
        expires_at: int | None = None,
        message: int | None = None,
    ) -> int:
        """A new message; returns its logical id. `to` is a chat, by default the one that speaks."""
        message = message or new_id()
        self.outgoing.append(Outgoing(message, to or self.chat, screen, priority, expires_at=expires_at))
        return message

    async def tell(self, therapist: Person, screen: Screen, child: int | None, about: int | None) -> bool:
        """News, of a child and a caregiver or of none, in that therapist's working hours. False: to who has stopped or
        blocked us there is none.
        """
        if therapist.telegram_id is None or not await accounts.is_reached(self.tx, therapist.telegram_id):
            return False
        due = await notices.say(self.tx, therapist, child, about, screen, self.now)
        if due is not None:
            self.say(screen, to=due.chat, priority=Priority.DIGEST, expires_at=due.stale_at, message=due.message)
        return True

    def edit(self, message: int, screen: Screen, *, to: int | None = None) -> None:
        """Change a logical message wherever it is shown."""
        self.outgoing.append(Outgoing(new_id(), to or self.chat, screen, edits=message))

    async def show(self, screen: Screen) -> int:
        """Answer where the person is looking: the pressed message changes, typed words get a new one."""
        if self.press is None or self.press.message is None:
            return self.say(screen)
        message = await self.pressed_message()
        self.edit(message, screen)
        return message

    async def show_or_say_gone(self, screen: Screen | None) -> None:
        """What a press leads to; where that is nothing any more, a line over the chat says so."""
        if screen is None:
            self.toast(self.voice.plain("button-gone"), alert=True)
        else:
            await self.show(screen)

    async def pressed_message(self) -> int:
        """The logical message whose button was pressed."""
        if self.press is None or self.press.message is None:
            return new_id()
        shown = self.press.message.message_id
        message = await copies.logical(self.tx, self.chat, shown)
        if message is None:
            message = new_id()
            await copies.adopt(self.tx, self.chat, shown, message, self._shown_at)
        return message

    async def adopt(self, message: int) -> None:
        """The pressed Telegram message is a copy of `message`, even if its sending was never confirmed."""
        if self.press is not None and self.press.message is not None:
            await copies.adopt(self.tx, self.chat, self.press.message.message_id, message, self._shown_at)

    @property
    def _shown_at(self) -> int:
        """When the pressed message was sent, by the machine's time; 1970 where Telegram has it no more."""
        assert self.press is not None and self.press.message is not None  # noqa: S101, PT018 - the callers looked
        return min(to_ms(self.press.message.date), self.house.clock.machine_ms())

    def react(self, emoji: str, telegram_message: int) -> None:
        self.outgoing.append(Outgoing(new_id(), self.chat, Screen(emoji), reaction_to=telegram_message))

    async def finish(self) -> None:
        """After the handlers: a press on what is not theirs, or not any more, is on record."""
        if self.account is not None and self.account.people and self.press_text[0] in self._refusals:
            await auditing.denied(self.tx, self.account, self.now)

    @property
    def _refusals(self) -> tuple[str, ...]:
        return (self.voice("button-gone"), self.voice.plain("button-gone"))

    async def changed(self, what: What, child: int | None = None, person: int | None = None) -> None:
        """What the therapist who speaks has changed of a child's care is on record."""
        me = self.me.therapist
        assert me is not None  # noqa: S101 - nobody else gets as far as a change
        await auditing.changed(self.tx, me.id, what, self.now, child=child, person=person)

    def toast(self, text: str, *, alert: bool = False) -> None:
        """A line over the chat for the one who pressed; best effort."""
        self.press_text = (text, alert)


HomeApplication = Application[ExtBot[None], Home, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


def date_of(text: str) -> date:
    """The date in a button's field. One that no calendar has is one that is over."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min
