"""E-mail as a second way to the staff. What it says is what a lock screen may show."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

PATIENCE = 10.0  # seconds for the whole of it: others wait behind a slow server


class NotSent(Exception):
    """The server refused, was too slow, or is not there; the message names the kind of trouble and no address."""


@dataclass(frozen=True, slots=True)
class Post:
    """``url``: smtp://user:password@host:port, or smtps://; ``sender`` is the address it comes from."""

    url: str
    sender: str

    async def send(self, to: str, subject: str, body: str) -> None:
        """Raises ``NotSent``."""
        import aiosmtplib  # noqa: PLC0415 - start-up stays light

        parts = urlsplit(self.url)
        try:
            async with asyncio.timeout(PATIENCE):
                await aiosmtplib.send(
                    self._message(to, subject, body),
                    hostname=parts.hostname,
                    port=parts.port,
                    username=unquote(parts.username) if parts.username else None,
                    password=unquote(parts.password) if parts.password else None,
                    use_tls=parts.scheme == "smtps",
                    timeout=PATIENCE,
                )
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
            raise NotSent(type(error).__name__) from None

    def _message(self, to: str, subject: str, body: str) -> EmailMessage:
        """With a date and a number, lest it is taken for spam. Raises ValueError for what no header takes."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, " ".join(subject.split())
        message["Date"], message["Message-ID"] = (
            formatdate(),
            make_msgid(domain=self.sender.rpartition("@")[2].strip("> ")),
        )
        message.set_content(body)
        return message
