"""Updates posted by Telegram: the same dispatch as polling, and 200 only once they are stored.

Posts that wait while a transaction is under way share the next one. Without the secret nobody's body is read.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot import log
from bot.clock import Clock
from bot.delivering.transport import call
from bot.model import Json
from bot.receiving.dispatch import Batch, Dispatch
from bot.receiving.meaning import update_id
from bot.receiving.polling import ALLOWED, LIMIT, TokenRefused, back_off, seconds_of
from bot.receiving.stopping import until_stop
from bot.storage.database import DatabaseError

_log = log.get(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024  # bytes; Telegram's updates stay far below
LOOK = 30.0  # seconds between two questions whether Telegram still gets through
SOON = 0.25


class WebhookRefused(Exception):
    """The webhook cannot be set up; says which setting is wrong."""


@dataclass(frozen=True, slots=True)
class Address:
    """`url` is what Telegram calls, `listen` the host:port that is served here."""

    url: str
    listen: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Post:
    raw: Json
    stored: asyncio.Future[bool]


@dataclass(slots=True)
class Webhook:
    """`after` gets each committed batch. `caught_up` is set once Telegram had nothing more waiting."""

    address: Address
    request: BaseRequest
    base_url: str
    dispatch: Dispatch
    clock: Clock
    after: Callable[[Batch], Awaitable[None]]
    last_poll_ms: int = 0  # when Telegram was last heard: a post, or an answer that says nothing is stuck
    caught_up: asyncio.Event = field(default_factory=asyncio.Event)
    failures: int = 0
    _ours: bool = False  # Telegram has been told of this address and this secret
    _posts: list[_Post] = field(default_factory=list)
    _posted: asyncio.Event = field(default_factory=asyncio.Event)
    _stored: int = 0
    _seen: int = 0
    _looks: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set. Raises `TokenRefused`, `WebhookRefused`."""
        runner = await self._listen()
        parts = [asyncio.create_task(self._watch(stop)), asyncio.create_task(self._store_all())]
        try:
            ended, _going = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await runner.cleanup()  # the posts under way are stored and answered first
            for part in parts:
                part.cancel()
            await asyncio.gather(*parts, return_exceptions=True)
        for part in ended:
            part.result()

    async def _listen(self) -> web.AppRunner:
        host, _, port = self.address.listen.rpartition(":")
        runner = web.AppRunner(self.application(), access_log=None, handle_signals=False, shutdown_timeout=5.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as error:
            await runner.cleanup()
            why = error.strerror or type(error).__name__
            raise WebhookRefused(f"WEBHOOK_LISTEN: cannot listen on {self.address.listen}: {why}") from error
        return runner

    def application(self) -> web.Application:
        """Any path will do: a proxy may have changed it, and it is the secret that decides."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_route("*", "/{path:.*}", self._answer)
        return app

    async def _answer(self, request: web.Request) -> web.Response:
        if request.method != "POST":
            raise web.HTTPMethodNotAllowed(request.method, ["POST"])
        if not self._knows(request.headers.get(HEADER, "")):
            return web.Response(status=403)
        size = request.content_length or 0
        if size > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, size)
        raw = _parsed(await request.read())
        if raw is None:
            return web.Response(status=400)
        return web.Response(status=200 if await self._store_with_others(raw) else 503)

    def _knows(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(errors="surrogateescape"), self.address.secret.encode())

    async def _store_with_others(self, raw: Json) -> bool:
        post = _Post(raw, asyncio.get_running_loop().create_future())
        self._posts.append(post)
        self._posted.set()
        return await self.dispatch.at_once.unless_stored([raw], post.stored)

    async def _store_all(self) -> None:
        while True:
            await self._posted.wait()
            self._posted.clear()
            while self._posts:
                group = self._posts[:LIMIT]
                del self._posts[: len(group)]
                await self._store(group)

    async def _store(self, group: list[_Post]) -> None:
        """One transaction for all that arrived together; a chat's updates in their order."""
        group.sort(key=lambda post: update_id(post.raw))
        stored = False
        try:
            batch = await self.dispatch.handle([post.raw for post in group])
            stored = True
            self._stored += len(group)
            self.last_poll_ms = self.clock.machine_ms()
            await self.after(batch)
        except DatabaseError as error:
            _log.warning("webhook_not_stored", error=type(error).__name__, updates=len(group))
        finally:
            for post in group:
                if not post.stored.done():
                    post.stored.set_result(stored)

    async def _watch(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await until_stop(stop, await self.look())

    async def look(self) -> float:
        """Tell Telegram where we are, and ask whether it gets through. Returns how many seconds to wait."""
        try:
            if not self._ours:
                await self._announce()
            info = await call(self.request, f"{self.base_url}/getWebhookInfo")
        except InvalidToken as error:
            raise TokenRefused from error
        except RetryAfter as error:
            return seconds_of(error)
        except TelegramError as error:
            self.failures += 1
            if self._stored == self._seen:
                self.caught_up.clear()  # who knows what waits by now
            return back_off("webhook_not_asked", error, self.failures)
        self.failures = 0
        return self._judge(info)

    async def _announce(self) -> None:
        wanted = {"url": self.address.url, "secret_token": self.address.secret}
        try:
            await call(
                self.request,
                f"{self.base_url}/setWebhook",
                {**wanted, "allowed_updates": ALLOWED, "max_connections": LIMIT},
            )
        except BadRequest as error:
            raise WebhookRefused(f"WEBHOOK_URL: Telegram refuses it: {error.message}") from error
        self._ours = True

    def _judge(self, info: Json) -> float:
        """Telegram is heard from while what waits there moves."""
        if info.get("url") != self.address.url:
            _log.error("another_process_changed_the_webhook")
            self._ours = False
            return SOON
        waiting, moved = info.get("pending_update_count", 0), self._stored != self._seen
        self._seen = self._stored
        wait = LOOK if self.caught_up.is_set() else min(LOOK, SOON * 2**self._looks)
        self._looks = min(self._looks + 1, 10)
        if not waiting:
            self.caught_up.set()
        if moved or not waiting:
            self.last_poll_ms = self.clock.machine_ms()
        elif wait == LOOK:  # earlier, the first posts may still be on their way
            self.caught_up.clear()
            _log.warning("webhook_not_reached", waiting=waiting)
        return wait


def _parsed(body: bytes) -> Json | None:
    """The update; None where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
