"""A person with a phone: types, taps, edits, blocks. Nothing here waits; the bot gets an update."""

from collections.abc import Iterator

from bot.simulator.errors import Json
from bot.simulator.media import MediaSender
from bot.simulator.screen import Button, Shown
from bot.simulator.text import command_entities
from bot.simulator.world import Chat

MessageLike = Json | Shown | int


class Phone(MediaSender):
    def sends(self, text: str) -> Json:
        return self.sends_content(_text(text))

    def starts(self, code: str = "") -> Json:
        return self.sends(f"/start {code}".strip())

    def replies(self, text: str, to: MessageLike) -> Json:
        replied = self.chat.messages[_number(to)]
        bare = {name: value for name, value in replied.items() if name != "reply_to_message"}
        return self.sends_content(_text(text) | {"reply_to_message": bare})

    def taps(self, label: str, message: MessageLike | None = None) -> int | None:
        """Presses the button with this label, or with it in its label; the newest message wins."""
        for shown in self._candidates(message):
            exact = [button for button in shown.all_buttons if button.label == label]
            close = [button for button in shown.all_buttons if label in button.label]
            if exact or close:
                return self._press((exact or close)[0], shown)
        raise AssertionError(f"{self.name} has no button {label!r}\n{self.transcript()}")

    def taps_first(self) -> int | None:
        newest = self.newest_with_buttons
        if newest is None:
            raise AssertionError(f"{self.name} has no buttons\n{self.transcript()}")
        return self._press(newest.all_buttons[0], newest)

    def presses(self, data: str, message: MessageLike) -> int | None:
        """Sends any data as a press under any message, as a forged client can."""
        number = _number(message)
        bare: Json = {"chat": self.chat.info, "message_id": number, "date": 0}
        query = {
            "id": self.world.new_query(self.chat.id),
            "from": self.user,
            "message": self.chat.messages.get(number, bare),
            "chat_instance": str(self.chat.id * 7919),
            "data": data,
        }
        return self.world.updates.put("callback_query", query)

    def edits(self, message: MessageLike, text: str) -> int | None:
        number = _number(message)
        old = self.chat.messages[number]
        content = _text(text) if "text" in old else {"caption": text}
        names = ("text", "entities", "caption", "caption_entities")
        kept = {name: value for name, value in old.items() if name not in names}
        edited = kept | {"edit_date": self.world.now()} | content
        self.chat.messages[number] = edited
        return self.world.updates.put("edited_message", edited)

    def reacts(self, message: MessageLike, emoji: str) -> int | None:
        """Sets this person's reaction, or takes it back with an empty one."""
        number = _number(message)
        old = self.chat.own_reactions.get(number, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        self.chat.own_reactions[number] = new
        where = {"chat": self.chat.info, "message_id": number, "user": self.user, "date": self.world.now()}
        return self.world.updates.put("message_reaction", where | {"old_reaction": old, "new_reaction": new})

    def deletes(self, message: MessageLike) -> None:
        """Bots are not told when a person deletes a message."""
        del self.chat.messages[_number(message)]

    def blocks(self) -> int | None:
        self.chat.blocked = True
        return self._changes_bot_member(self.chat, "member", "kicked")

    def unblocks(self) -> int | None:
        self.chat.blocked = False
        return self._changes_bot_member(self.chat, "kicked", "member")

    def deletes_account(self) -> None:
        self.chat.deactivated = True

    def adds_bot_to_group(self, title: str = "The family") -> Chat:
        group = Chat(
            {"id": -self.user_id * 1000 - len(self.world.chats), "type": "group", "title": title}, started=True
        )
        self.world.chats[group.id] = group
        self._changes_bot_member(group, "left", "member")
        return group

    def sends_to_group(self, group: Chat, text: str) -> Json:
        message = self.world.add_message(group, self.user, _text(text))
        self.world.updates.put("message", message)
        return message

    def _candidates(self, message: MessageLike | None) -> Iterator[Shown]:
        wanted = None if message is None else _number(message)
        return (shown for shown in self.with_buttons() if wanted in (None, shown.message_id))

    def _press(self, button: Button, shown: Shown) -> int | None:
        if button.data is None:
            raise AssertionError(f"the button {button.label!r} opens {button.url}\n{self.transcript()}")
        return self.presses(button.data, shown)

    def _changes_bot_member(self, chat: Chat, old: str, new: str) -> int | None:
        change = {
            "chat": chat.info,
            "from": self.user,
            "date": self.world.now(),
            "old_chat_member": self._bot_member(old),
            "new_chat_member": self._bot_member(new),
        }
        return self.world.updates.put("my_chat_member", change)

    def _bot_member(self, status: str) -> Json:
        until: Json = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": self.world.bot} | until


def _text(text: str) -> Json:
    entities = command_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _number(message: MessageLike) -> int:
    if isinstance(message, Shown):
        return message.message_id
    return message if isinstance(message, int) else int(message["message_id"])
