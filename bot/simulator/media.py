"""What a phone can send beside text."""

from typing import Any

from bot.simulator.errors import Json
from bot.simulator.screen import Screen
from bot.simulator.sending import shown_as

ORIGIN = {"type": "hidden_user", "sender_user_name": "Somebody Else"}


class MediaSender(Screen):
    def sends_content(self, content: Json) -> Json:
        """Puts a message of this person into the chat and hands it to the bot."""
        self.chat.started = True
        message = self.world.add_message(self.chat, self.user, content)
        self.world.updates.put("message", message)
        return message

    def sends_voice(self, seconds: int = 14, file_size: int | None = None) -> Json:
        return self._sends_file("voice", "", file_size, duration=seconds)

    def sends_photo(self, caption: str = "", data: bytes = b"") -> Json:
        return self._sends_file("photo", caption, None, data=data)

    def sends_video(self, file_size: int | None = None, caption: str = "") -> Json:
        return self._sends_file("video", caption, file_size, duration=20)

    def sends_audio(self, seconds: int = 30, caption: str = "") -> Json:
        return self._sends_file("audio", caption, None, duration=seconds)

    def sends_video_note(self, seconds: int = 8) -> Json:
        return self._sends_file("video_note", "", None, duration=seconds)

    def sends_animation(self, caption: str = "") -> Json:
        return self._sends_file("animation", caption, None)

    def sends_document(
        self, file_size: int | None = None, caption: str = "", name: str = "paper.pdf", mime: str = "application/pdf"
    ) -> Json:
        return self._sends_file("document", caption, file_size, file_name=name, mime_type=mime)

    def sends_sticker(self) -> Json:
        return self._sends_file("sticker", "", None, emoji="👍")

    def sends_album(self, n: int = 3, caption: str = "") -> list[Json]:
        """Photos that belong together; the caption stands under the first."""
        group = {"media_group_id": str(13_800_000_000_000_000 + self.world.new_message_id())}
        return [self._sends_file("photo", "" if place else caption, None, extras=group) for place in range(n)]

    def sends_location(self, latitude: float = 51.5, longitude: float = -0.1) -> Json:
        return self.sends_content({"location": {"latitude": latitude, "longitude": longitude}})

    def sends_contact(self, phone_number: str = "+440000000", first_name: str = "Doctor") -> Json:
        return self.sends_content({"contact": {"phone_number": phone_number, "first_name": first_name}})

    def sends_dice(self, value: int = 4) -> Json:
        return self.sends_content({"dice": {"emoji": "🎲", "value": value}})

    def sends_poll(self, question: str = "Tea?") -> Json:
        flags = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
        flags |= {"allows_revoting": True, "members_only": False}
        options = [{"persistent_id": word, "text": word, "voter_count": 0} for word in ("Yes", "No")]
        poll = {"id": "5180", "question": question, "options": options, "total_voter_count": 0, "type": "regular"}
        return self.sends_content({"poll": poll | flags})

    def forwards(self, text: str) -> Json:
        return self.sends_content({"forward_origin": ORIGIN | {"date": self.world.now()}, "text": text})

    def _sends_file(
        self,
        kind: str,
        caption: str,
        file_size: int | None,
        extras: Json | None = None,
        data: bytes = b"",
        **details: Any,
    ) -> Json:
        data = data or f"{kind} from {self.name}".encode()
        content = shown_as(kind, self.world.files.add(kind, data, file_size, **details))
        if caption:
            content["caption"] = caption
        return self.sends_content(content | (extras or {}))
