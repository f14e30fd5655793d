"""A Bot API that costs as little as it can: hands out prepared updates, answers sends at once, counts.

It runs in a process of its own, so that the bot under test has a core to itself. It understands the three ways in which
libraries write a request (JSON, a form, multipart) by looking for the few fields it needs. Beside the Bot API:
`/control/load` prepares updates, `/control/wait` answers when every one of them has been answered, `/control/report`
tells what was counted.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bench import updates

BATCH = 100
_OFFSET, _TIMEOUT, _CHAT, _QUERY = (
    re.compile(name + rb"\W+(\d+)") for name in (rb"offset", rb"timeout", rb"chat_id", rb"callback_query_id")
)
_ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Homenotes","username":"homenotes_bot"}}'
_TRUE = b'{"ok":true,"result":true}'
_NOTHING = b'{"ok":true,"result":[]}'
_PLAIN = {"answerCallbackQuery", "setMyCommands", "deleteWebhook", "setMessageReaction", "setMyDescription"}
_TOO_MANY = b'{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1}}'


def _number(pattern: re.Pattern[bytes], body: bytes) -> int:
    found = pattern.search(body)
    return int(found[1]) if found else 0


@dataclass(slots=True)
class Desk:
    """One bot. `limit`: messages in any second; `delay`: seconds that Telegram takes for a message."""

    waiting: deque[tuple[int, str]] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    expected: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    chats: Counter[int] = field(default_factory=Counter)
    queries: Counter[int] = field(default_factory=Counter)
    first_poll: float = 0.0
    limit: int = 0
    delay: float = 0.0
    window: deque[float] = field(default_factory=deque)
    sent: list[tuple[float, int]] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)
    replied: list[float] = field(default_factory=list)
    message_id: int = 1_000_000

    async def updates(self, body: bytes) -> bytes:
        self.first_poll = self.first_poll or time.time()
        offset = _number(_OFFSET, body)
        while self.waiting and self.waiting[0][0] < offset:
            self.waiting.popleft()
        if not self.waiting:
            try:
                await asyncio.wait_for(self.arrived.wait(), _number(_TIMEOUT, body) or 0.001)
            except TimeoutError:
                return _NOTHING
        self.arrived.clear()
        if self.delay:
            await asyncio.sleep(self.delay)
        batch = [self.waiting[place][1] for place in range(min(BATCH, len(self.waiting)))]
        return f'{{"ok":true,"result":[{",".join(batch)}]}}'.encode()

    def load(self, kind: str, first: int, count: int, families: int) -> None:
        made = updates.KINDS[kind](first, count, families)
        self.expect(count * (2 if kind == "taps" else 1))
        self.waiting.extend(zip(range(first, first + count), made, strict=True))
        self.arrived.set()

    def expect(self, calls: int) -> None:
        self.calls.clear()
        self.chats.clear()
        self.queries.clear()
        self.expected = calls
        self.answered.clear()

    async def drip(self, first: int, count: int, every: float) -> None:
        """One note after the other, each of the family of its number, for how long its answer takes."""
        for number in range(first, first + count):
            self.asked[updates.ACCOUNT + number] = time.monotonic()
            self.waiting.append((number, updates.note(number, number)))
            self.arrived.set()
            await asyncio.sleep(every)

    async def call(self, method: str, body: bytes) -> bytes:
        self.calls[method] += 1
        if method == "answerCallbackQuery":
            self.queries[_number(_QUERY, body)] += 1
            self._count()
        if method in _PLAIN:
            return _TRUE
        chat, now = _number(_CHAT, body), time.monotonic()
        if self.limit and not self._within(now):
            self.calls["429"] += 1
            return _TOO_MANY
        if self.limit:
            self._log(now, chat)
        if self.delay:
            await asyncio.sleep(self.delay)
        self.chats[chat] += 1
        self._count()
        self.message_id += 1
        return (
            b'{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private","first_name":"Alex"},'
            b'"text":"Kept."}}' % (self.message_id, updates.DATE, chat)
        )

    def _within(self, now: float) -> bool:
        while self.window and self.window[0] <= now - 1:
            self.window.popleft()
        return len(self.window) < self.limit

    def _log(self, now: float, chat: int) -> None:
        self.window.append(now)
        self.sent.append((now, chat))
        if chat in self.asked:
            self.replied.append(now - self.asked.pop(chat))

    def _count(self) -> None:
        self.expected -= 1
        if self.expected == 0:
            self.answered.set()

    def report(self) -> dict[str, Any]:
        return {
            "calls": dict(self.calls),
            "chats": len(self.chats),
            "most_to_one": max(self.chats.values(), default=0),
            "queries": len(self.queries),
            "most_of_one": max(self.queries.values(), default=0),
            "first_poll": self.first_poll,
            "sent": self.sent,
            "replied": self.replied,
        }


class Server:
    def __init__(self) -> None:
        self.desks: dict[str, Desk] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def desk(self, token: str) -> Desk:
        if token not in self.desks:
            self.desks[token] = Desk()
        return self.desks[token]

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        head, _, method = request.path[1:].partition("/")
        body = await request.read()
        if head == "control":
            return web.Response(body=await self.control(method, json.loads(body)), content_type="application/json")
        desk = self.desk(head.removeprefix("bot"))
        answer = await self.answer(desk, method, body)
        return web.Response(body=answer, content_type="application/json", status=429 if answer is _TOO_MANY else 200)

    async def answer(self, desk: Desk, method: str, body: bytes) -> bytes:
        if method == "getUpdates":
            return await desk.updates(body)
        return _ME if method == "getMe" else await desk.call(method, body)

    async def control(self, what: str, values: dict[str, Any]) -> bytes:
        desk = self.desk(values.pop("token"))
        match what:
            case "load":
                desk.load(**values)
            case "wait":
                await desk.answered.wait()
            case "expect":
                desk.expect(values["calls"])
            case "limits":
                desk.limit, desk.delay = values["limit"], values["delay"]
            case "drip":
                task = asyncio.create_task(desk.drip(**values))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)
        return json.dumps(desk.report()).encode()


async def serve() -> None:
    """Print the port, then serve until killed."""
    runner = web.ServerRunner(web.Server(Server()))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    del host
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
