"""A mail server on this machine that keeps what it gets, refuses, or lets its callers wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from aiosmtpd.smtp import SMTP

from bot.post import Post


@dataclass(slots=True)
class Letters:
    port: int = 0
    refuses: bool = False
    slow: bool = False
    hangs_for: str = ""  # an address
    got: list[Message] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)  # since the last look
    hangs: asyncio.Event = field(default_factory=asyncio.Event)  # over one

    @property
    def post(self) -> Post:
        return Post(f"smtp://127.0.0.1:{self.port}", "clinic@example.org")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.slow or self.hangs_for in envelope.rcpt_tos:
            self.hangs.set()
            await asyncio.sleep(30)
        if self.refuses:
            return "554 no"
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        self.came.set()
        return "250 OK"


@asynccontextmanager
async def letters() -> AsyncIterator[Letters]:
    found, loop = Letters(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(found, hostname="mail", loop=loop), "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
